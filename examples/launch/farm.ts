import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PygenClient } from "pygen";
import { clientCredentials } from "pygen/auth/node";
import { type Capabilities, createEmulator } from "pygen/emulator";
import { listen } from "pygen/emulator/node";
import { connectionPool } from "pygen/node";
import { startOidcServer } from "../../test/tools/oidc-server.js";
import { DATA_SPACE, farmData } from "../windfarm/data.js";
import { windFarm } from "../windfarm/sdk/index.js";
import { ROOT } from "./built.js";

const PROJECT = "wind";
const AUDIENCE = "https://api.example";

/** A data service with the wind farm in it, and an identity provider that it trusts. */
export interface Farm {
  /** Address of the data service. */
  readonly api: string;
  readonly project: string;
  /** Address of the identity provider. */
  readonly issuer: string;
  /** The certificate of the authority that the identity provider's own certificate is from. */
  readonly caFile: string;
  /** Who services are. */
  readonly service: { readonly clientId: string; readonly clientSecret: string; readonly tokenUrl: string };
  stop(): Promise<void>;
}

const everywhere = { all: {} };

/** Who may do what, by the groups that the identity provider names. */
const capabilities: Capabilities = {
  groups: {
    editors: [
      { dataModelsAcl: { actions: ["READ", "WRITE"], scope: everywhere } },
      { dataModelInstancesAcl: { actions: ["READ", "WRITE"], scope: everywhere } },
    ],
    viewers: [
      { dataModelsAcl: { actions: ["READ"], scope: everywhere } },
      { dataModelInstancesAcl: { actions: ["READ"], scope: everywhere } },
    ],
  },
};

const users = {
  alice: { password: "wonderland", groups: ["editors"] },
  bob: { password: "builder", groups: ["viewers"] },
};

/** @param page - the address that browsers come back to from signing in */
export async function startFarm(page?: string): Promise<Farm> {
  const provider = await startOidcServer({
    users: { ...users, service: { groups: ["editors"] } },
    audience: AUDIENCE,
    ...(page === undefined ? {} : { redirectUris: [`${page}/redirect.html`] }),
  });
  const pool = connectionPool({ ca: provider.ca });
  const emulator = createEmulator({
    project: PROJECT,
    oidc: { issuer: provider.issuer, audience: AUDIENCE, fetch: pool.fetch },
    capabilities,
  });
  emulator.load(JSON.parse(readFileSync(join(ROOT, "examples/windfarm/model.json"), "utf8")), { global: false });
  const server = await listen(emulator);
  const service = { clientId: "service", clientSecret: "secret", tokenUrl: `${provider.issuer}/token` };
  const client = new PygenClient({
    baseUrl: server.url,
    project: PROJECT,
    application: "examples",
    credentials: clientCredentials({ ...service, fetch: pool.fetch }),
  });
  await windFarm(client, { space: DATA_SPACE }).upsert(farmData());
  await client.close();
  return {
    api: server.url,
    project: PROJECT,
    issuer: provider.issuer,
    caFile: provider.caFile,
    service,
    stop: async () => {
      await Promise.all([server.close(), provider.stop(), pool.close()]);
    },
  };
}

/** What a page has to know. */
export function pageConfig({ api, project, issuer }: Farm): unknown {
  return { baseUrl: api, project, authority: issuer, clientId: "spa", space: DATA_SPACE };
}

/** How to sign in, for people. */
export function signInNotes({ issuer }: Farm): readonly string[] {
  return [
    `Sign in   as alice, with password ${users.alice.password}`,
    `          as bob, with password ${users.bob.password}: may look, and change nothing`,
    `          The browser does not know the certificate of ${issuer}:`,
    "          go to that address once, and let it pass.",
  ];
}
