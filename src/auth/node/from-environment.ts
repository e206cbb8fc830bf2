import process from "node:process";
import { ConfigError } from "../../errors/index.js";
import type { Credentials } from "../../http/index.js";
import { token } from "../token.js";
import { addressRule, isAddress } from "./check-options.js";
import { clientCredentials } from "./client-credentials.js";
import { deviceCode } from "./device-code.js";
import { interactive } from "./interactive.js";
import type {
  DeviceCodeOptions,
  EntraAddress,
  InteractiveOptions,
  IssuerAddress,
  SignInOptions,
  TokenAddress,
} from "./options.js";

/** What a client needs to know, except its own name. */
export interface EnvironmentOptions {
  readonly baseUrl: string;
  readonly project: string;
  readonly credentials: Credentials;
}

/** How requests reach the provider, where tokens stay, and whether a person may sign in. */
export interface EnvironmentSignIn extends Pick<SignInOptions, "fetch" | "timeout" | "cache"> {
  /** Without `IDP_CLIENT_SECRET`, a user signs in with this code, as `deviceCode` does. @defaultValue the secret is needed */
  readonly onCode?: DeviceCodeOptions["onCode"];
  /** Signs the user in with the browser of this machine instead of a code, as `interactive` does. */
  readonly browser?: Pick<InteractiveOptions, "openBrowser" | "port">;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** An address of Entra ID, with the tenant in it. */
const entraAddress = /^https:\/\/login\.microsoftonline\.com\/([\w.-]+)(\/|$)/;

/**
 * Options of a client from the variables that CDF tools use: where the service is (`CDF_URL`, or `CDF_CLUSTER`), the project
 * (`CDF_PROJECT`), and who asks: a token (`CDF_TOKEN`), or an application (`IDP_CLIENT_ID`, `IDP_CLIENT_SECRET`) that signs in
 * with a provider (`IDP_TOKEN_URL`, `IDP_AUTHORITY_URL` or `IDP_TENANT_ID`, the first of them), with `IDP_SCOPES` and
 * `IDP_AUDIENCE` where they are set. Entra ID is not sent the audience: it takes scopes.
 *
 * @param environment - @defaultValue `process.env`
 * @param more - how requests reach the provider, where tokens stay, and how a user without a secret is asked to sign in
 * @throws ConfigError `CONFIG.ENVIRONMENT` that names every variable that is missing, or the one that is wrong
 *
 * @example
 * ```ts
 * import { PygenClient } from "pygen";
 * import { fromEnvironment } from "pygen/auth/node";
 *
 * const client = new PygenClient({ ...fromEnvironment(), application: "turbine-report" });
 * ```
 */
export function fromEnvironment(
  environment: Variables = process.env,
  more: EnvironmentSignIn = {},
): EnvironmentOptions {
  const read = (name: string): string => environment[name]?.trim() ?? "";
  refuseMissing(read, more.onCode === undefined);
  return {
    baseUrl: serviceOf(read),
    project: read("CDF_PROJECT"),
    credentials: read("CDF_TOKEN") === "" ? signIn(read, more) : token(read("CDF_TOKEN")),
  };
}

type Read = (name: string) => string;

function refuseMissing(read: Read, needsSecret: boolean): void {
  const lacks = (...names: readonly string[]): boolean => names.every((name) => read(name) === "");
  const missing = [
    ...(lacks("CDF_CLUSTER", "CDF_URL") ? ["CDF_CLUSTER (or CDF_URL)"] : []),
    ...(lacks("CDF_PROJECT") ? ["CDF_PROJECT"] : []),
    ...(lacks("CDF_TOKEN") ? missingOfSignIn(lacks, needsSecret) : []),
  ];
  if (missing.length === 0) return;
  throw new ConfigError("CONFIG.ENVIRONMENT", `The environment lacks ${missing.join(", ")}.`, {
    hint: "Set them, for example in a file for node --env-file. CDF_TOKEN stands in for all that begin with IDP_.",
  });
}

function missingOfSignIn(lacks: (...names: readonly string[]) => boolean, needsSecret: boolean): string[] {
  const providers = ["IDP_TENANT_ID", "IDP_TOKEN_URL", "IDP_AUTHORITY_URL"];
  return [
    ...["IDP_CLIENT_ID", ...(needsSecret ? ["IDP_CLIENT_SECRET"] : [])].filter((name) => lacks(name)),
    ...(lacks(...providers) ? ["IDP_TENANT_ID (or IDP_TOKEN_URL, or IDP_AUTHORITY_URL)"] : []),
  ];
}

function serviceOf(read: Read): string {
  const url = read("CDF_URL");
  if (url === "") {
    if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(read("CDF_CLUSTER")))
      throw wrong("CDF_CLUSTER", "a name such as westeurope-1");
    return `https://${read("CDF_CLUSTER")}.cognitedata.com`;
  }
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw wrong("CDF_URL", "an http or https address");
  return url.replace(/\/+$/, "");
}

function signIn(read: Read, { onCode, browser, ...more }: EnvironmentSignIn): Credentials {
  const scopes = read("IDP_SCOPES")
    .split(/[\s,]+/)
    .filter((scope) => scope !== "");
  const common = { clientId: read("IDP_CLIENT_ID"), ...(scopes.length === 0 ? {} : { scopes }), ...more };
  const address = addressOf(read);
  const clientSecret = read("IDP_CLIENT_SECRET");
  if (clientSecret !== "" || onCode === undefined) return clientCredentials({ ...common, ...address, clientSecret });
  if ("tokenUrl" in address) throw wrong("IDP_TOKEN_URL", "IDP_AUTHORITY_URL in its place, where there is no secret");
  if (browser) return interactive({ ...common, ...address, ...browser });
  return deviceCode({ ...common, ...address, onCode });
}

/** Where tokens come from. */
function addressOf(read: Read): EntraAddress | IssuerAddress | TokenAddress {
  const url = read("IDP_TOKEN_URL") || read("IDP_AUTHORITY_URL");
  const tenantId = url === "" ? read("IDP_TENANT_ID") : entraAddress.exec(url)?.[1];
  if (tenantId !== undefined) {
    if (!/^[\w.-]+$/.test(tenantId)) throw wrong("IDP_TENANT_ID", "the id or domain name of a tenant");
    return { tenantId };
  }
  const name = read("IDP_TOKEN_URL") === "" ? "IDP_AUTHORITY_URL" : "IDP_TOKEN_URL";
  if (!isAddress(url)) throw wrong(name, addressRule);
  const audience = read("IDP_AUDIENCE") === "" ? {} : { audience: read("IDP_AUDIENCE") };
  return name === "IDP_TOKEN_URL" ? { tokenUrl: url, ...audience } : { authority: url, ...audience };
}

function wrong(name: string, expected: string): ConfigError {
  return new ConfigError("CONFIG.ENVIRONMENT", `The variable ${name} is wrong: expected ${expected}.`);
}
