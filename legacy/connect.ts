import { type ClientAccess, PygenClient } from "../src/client/index.js";
import { ConfigError } from "../src/errors/index.js";
import { defined } from "./arguments.js";
import { warnOnce } from "./deprecation.js";
import { type LegacyClient, type LegacyClientOptions, legacyClient } from "./legacy-client.js";

type Access = Extract<ClientAccess, { readonly credentials: unknown }>;

/** Makes what signs in with a secret: `clientCredentials` of `pygen/auth/node`. */
export type SignIn = (options: {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}) => Access["credentials"];

/** How an SDK is bound to the client that is made: `(client) => windFarm(client, { space })`. */
export type BindSdk<Sdk> = (client: PygenClient) => Sdk;

/** What v1's constructors of clients were not told. */
export interface ConnectOptions extends LegacyClientOptions {
  /** `clientCredentials` of `pygen/auth/node`, which is given so that this door runs in browsers too. */
  readonly clientCredentials: SignIn;
  /** Name of your application; the service's logs show it. @defaultValue "pygen-legacy" */
  readonly application?: string;
  /** Sends the requests. @defaultValue the global `fetch` */
  readonly fetch?: Access["fetch"];
}

/** What v1's `azure_project` took. */
export interface AzureProject {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** As in `https://{cdfCluster}.cognitedata.com`. */
  readonly cdfCluster: string;
  readonly project: string;
}

/**
 * v1's `azure_project`: v1's client over an SDK, signed in by Entra ID with a secret (K6).
 *
 * @deprecated `new PygenClient({ credentials: clientCredentials({ ... }) })`, or `fromEnvironment()` of `pygen/auth/node`
 *
 * @example
 * ```ts
 * import { clientCredentials } from "pygen/auth/node";
 * import { azureProject } from "pygen/legacy";
 * import { windFarm } from "./windfarm/index.js";
 *
 * const clientSecret = process.env["IDP_CLIENT_SECRET"] ?? "";
 * const signIn = { tenantId: "acme.onmicrosoft.com", clientId: "3f2b...", clientSecret };
 * const project = { ...signIn, cdfCluster: "westeurope-1", project: "acme" };
 * const v1 = azureProject((client) => windFarm(client, { space: "wind_data" }), project, { clientCredentials });
 * ```
 */
export function azureProject<Sdk extends object>(
  bindSdk: BindSdk<Sdk>,
  project: AzureProject,
  options: ConnectOptions,
): LegacyClient<Sdk> {
  const { logger = console } = options;
  warnOnce(logger, "azureProject()", "new PygenClient({ credentials: clientCredentials({ ... }) })");
  return connect(bindSdk, project, options);
}

/**
 * v1's `from_toml`: the same with what a table of a TOML file says: `tenant_id`, `client_id`, `client_secret`, `cdf_cluster` and
 * `project` (K6). It needs Node.
 *
 * @param section - the table; `null` where the file has none
 * @throws ConfigError `CONFIG.TOML` for what is not TOML, `CONFIG.MISSING` naming the table or the keys that the file lacks
 * @deprecated `fromEnvironment()` of `pygen/auth/node`: secrets do not belong in files of a program
 *
 * @example
 * ```ts
 * import { clientCredentials } from "pygen/auth/node";
 * import { fromToml } from "pygen/legacy";
 * import { windFarm } from "./windfarm/index.js";
 *
 * const v1 = await fromToml((client) => windFarm(client, { space: "wind_data" }), "config.toml", { clientCredentials });
 * ```
 */
export async function fromToml<Sdk extends object>(
  bindSdk: BindSdk<Sdk>,
  file: string,
  options: ConnectOptions & { readonly section?: string | null },
): Promise<LegacyClient<Sdk>> {
  const { section = "cognite", logger = console } = options;
  warnOnce(logger, "fromToml()", "fromEnvironment() of pygen/auth/node");
  const [{ builtin }, { tableIn }] = await Promise.all([
    import("../src/output/index.js"),
    import("../src/toml/index.js"),
  ]);
  const text = await builtin("node:fs/promises").readFile(file, "utf8");
  const table = tableIn(file, text, section === null ? [] : [section]);
  if (table === undefined) throw missing(`${file} has no table [${section}].`);
  const keys = ["tenant_id", "client_id", "client_secret", "cdf_cluster", "project"] as const;
  const [tenantId = "", clientId = "", clientSecret = "", cdfCluster = "", project = ""] = keys.map((key) => {
    const value = Object.hasOwn(table, key) ? table[key] : undefined;
    return typeof value === "string" ? value : undefined;
  });
  const lacking = [tenantId, clientId, clientSecret, cdfCluster, project].flatMap((value, at) =>
    value === "" ? (keys[at] ?? []) : [],
  );
  if (lacking.length > 0) throw missing(`${file} lacks ${lacking.join(", ")}.`);
  return connect(bindSdk, { tenantId, clientId, clientSecret, cdfCluster, project }, options);
}

function connect<Sdk extends object>(
  bindSdk: BindSdk<Sdk>,
  { tenantId, clientId, clientSecret, cdfCluster, project }: AzureProject,
  options: ConnectOptions,
): LegacyClient<Sdk> {
  const { clientCredentials, application = "pygen-legacy", fetch, dataModel, logger } = options;
  const client = new PygenClient({
    cluster: cdfCluster,
    project,
    application,
    credentials: clientCredentials({ tenantId, clientId, clientSecret }),
    ...defined({ fetch }),
  });
  return legacyClient(bindSdk(client), defined({ dataModel, logger }));
}

function missing(message: string): ConfigError {
  return new ConfigError("CONFIG.MISSING", message, {
    hint: "v1's files have tenant_id, client_id, client_secret, cdf_cluster and project in a table.",
  });
}
