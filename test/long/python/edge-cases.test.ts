import { PygenClient, token } from "pygen";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readModelDocument } from "../../../src/codegen/index.js";
import { createEmulator, type LoadModel } from "../../../src/emulator/index.js";
import { type Listening, listen } from "../../../src/emulator/node.js";
import { caseScript } from "./cases.js";
import { edgeModel, twoModels } from "./edge-model.js";
import { packagesIn, programs, temporaryFolder } from "./package.js";

const script = caseScript("edge_cases.py");

describe.skipIf(programs === undefined)("in Python", () => {
  const folder = temporaryFolder();
  let server: Listening;
  let results: Readonly<Record<string, string | null>> = {};

  beforeAll(async () => {
    const emulator = createEmulator();
    const models = { edge: edgeModel(), two: twoModels() };
    for (const json of Object.values(models)) {
      emulator.load(json as LoadModel, { project: "acme", global: false });
    }
    server = await listen(emulator);
    const options = { project: "acme", application: "tests", credentials: token("token") };
    await new PygenClient({ ...options, baseUrl: server.url }).spaces.create([{ space: "data" }, { space: "other" }]);
    packagesIn(
      folder.path,
      Object.fromEntries(Object.entries(models).map(([name, json]) => [name, { document: readModelDocument(json) }])),
    );
    results = await script.results(folder.path, { CDF_URL: server.url, CDF_PROJECT: "acme" });
  });

  afterAll(async () => {
    await server?.close();
    folder.remove();
  });

  it.each(script.names)("%s", (name) => {
    expect(results[name]).toBeNull();
  });
});
