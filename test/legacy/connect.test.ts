import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { clientCredentials } from "pygen/auth/node";
import { azureProject, fromToml, type SignIn } from "pygen/legacy";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { windFarm } from "../../examples/windfarm/sdk/index.js";
import { createEmulator, type Emulator, type LoadModel } from "../../src/emulator/index.js";
import type { PygenClient } from "../../src/index.js";
import { asEntra, provider } from "../auth/node/provider.js";

const model = JSON.parse(
  readFileSync(new URL("../../examples/windfarm/model.json", import.meta.url), "utf8"),
) as LoadModel;

const tenant = "11111111-2222-3333-4444-555555555555";
const project = {
  tenantId: tenant,
  clientId: "service",
  clientSecret: "secret",
  cdfCluster: "westeurope-1",
  project: "acme",
};
let emulator: Emulator;
let addresses: string[];
let said: string[];
beforeEach(() => {
  emulator = createEmulator();
  emulator.load(model, { global: false });
  emulator.load({ spaces: [{ space: "data" }] }, { global: false });
  addresses = [];
  said = [];
});

const bindSdk = (client: PygenClient) => windFarm(client, { space: "data" } as const);

/** Signs in at a provider that answers as Entra ID, and sends what is for the service to the emulator. */
async function connecting() {
  const entra = asEntra(await provider(), tenant);
  return {
    clientCredentials: (options: Parameters<SignIn>[0]) => clientCredentials({ ...options, fetch: entra }),
    fetch: (request: Request) => {
      addresses.push(request.url);
      return emulator.fetch(request);
    },
    logger: { warn: (message: string) => said.push(message) },
  };
}

async function fileWith(text: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "pygen-legacy-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, "config.toml");
  await writeFile(file, text);
  return file;
}

const keys = `tenant_id = "${tenant}"
client_id = "service"
client_secret = "secret"
cdf_cluster = "westeurope-1"
project = "acme"
`;

describe("constructors of v1", () => {
  it("K6: azureProject signs in by Entra ID and reaches the project of the cluster", async () => {
    const v1 = azureProject(bindSdk, project, await connecting());
    await v1.upsert({ farm: [{ externalId: "F", name: "North", country: "DK" }] });
    expect((await v1.farm.list()).asExternalIds()).toEqual(["F"]);
    expect(addresses[0]).toMatch(/^https:\/\/westeurope-1\.cognitedata\.com\/api\/v1\/projects\/acme\//);
  });

  it("K6: fromToml does so with what a table of a file says", async () => {
    const options = await connecting();
    const dataModel = { space: "wind", externalId: "WindFarm", version: "v1" };
    const v1 = await fromToml(bindSdk, await fileWith(`[cognite]\n${keys}`), { ...options, dataModel });
    expect(await v1.graphqlQuery("{ listFarm { items { name } } }")).toHaveLength(0);
    const other = await fromToml(bindSdk, await fileWith(`[other]\n${keys}`), { ...options, section: "other" });
    const top = await fromToml(bindSdk, await fileWith(keys), { ...options, section: null });
    expect([await other.farm.list(), await top.farm.list()]).toEqual([[], []]);
    expect(said.filter((message) => message.includes("fromToml()"))).toEqual([
      "pygen/legacy: fromToml() is deprecated, call fromEnvironment() of pygen/auth/node",
    ]);
  });

  it.each([
    ["has no table", "[other]\na = 1", "CONFIG.MISSING", "has no table [cognite]."],
    [
      "lacks keys",
      `[cognite]\n${keys.replace(/^(tenant_id|project).*$/gm, "")}`,
      "CONFIG.MISSING",
      "lacks tenant_id, project.",
    ],
    ["is not TOML", '[cognite]\nclient_secret = "hush', "CONFIG.TOML", "config.toml:2 is not TOML"],
  ])("K6: fromToml refuses a file that %s, and never shows a secret", async (_what, text, code, message) => {
    const error: unknown = await fromToml(bindSdk, await fileWith(text), await connecting()).catch((reason) => reason);
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toMatch(/hush|"secret"/);
  });
});
