import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { createEmulator, type LoadModel } from "../../src/emulator/index.js";

interface IndexEntry {
  readonly name: string;
  readonly dependsOn: readonly string[];
}

const folder = resolve(import.meta.dirname, "../../../shared/models");
const present = existsSync(folder);
if (!present) console.warn(`Skipped: no models at ${folder}`);

function read<T>(path: string): T {
  return JSON.parse(readFileSync(resolve(folder, path), "utf8"));
}

describe.skipIf(!present)("schemas of others", () => {
  const entries = present ? read<{ readonly models: readonly IndexEntry[] }>("index.json").models : [];

  it.each(entries.map(({ name, dependsOn }) => [name, dependsOn] as const))(
    "loads %s after what it depends on, and answers with all of it",
    async (name, dependsOn) => {
      const emulator = createEmulator({ project: "demo" });
      for (const other of dependsOn) emulator.load(read<LoadModel>(`${other}/model.json`), { project: "demo" });
      const { instances: _instances, ...model } = read<LoadModel>(`${name}/model.json`);
      emulator.load(model, { project: "demo", global: name === "cdf_core" });
      for (const resource of ["containers", "views", "dataModels"] as const) {
        for (const { space, externalId } of model[resource] ?? []) {
          const request = new Request(`http://emulator/api/v1/projects/demo/models/${resource.toLowerCase()}/byids`, {
            method: "POST",
            headers: { authorization: "Bearer any" },
            body: JSON.stringify({ items: [{ space, externalId }] }),
          });
          const { items } = (await (await emulator.fetch(request)).json()) as { readonly items: readonly object[] };
          expect(items.length, `${resource} ${space}:${externalId}`).toBeGreaterThan(0);
        }
      }
    },
  );
});
