import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Generated, generate, type ModelDocument, readModelDocument } from "../../src/codegen/index.js";
import { compile } from "../codegen/compile.js";
import { dependenciesOf, hasModels, MODELS, modelNames } from "./shared-models.js";

const read = (name: string, file: string): ModelDocument =>
  readModelDocument(JSON.parse(readFileSync(join(MODELS, name, file), "utf8")));

/** The model files of a folder; one that holds containers alone has nothing to generate. */
const filesOf = (name: string): readonly string[] =>
  readdirSync(join(MODELS, name)).filter((file) => file.endsWith(".json") && !file.startsWith("containers."));

function generated(name: string, file: string): Generated {
  const dependencies = file === "model.json" ? dependenciesOf(name).map((needed) => read(needed, "model.json")) : [];
  return generate({ document: read(name, file), dependencies });
}

const cases = modelNames.flatMap((name) => filesOf(name).map((file): readonly [string, string] => [name, file]));

describe.skipIf(!hasModels)("the generator on real models", () => {
  it.each(cases)("B14: %s/%s generates without errors", (name, file) => {
    const { files, diagnostics } = generated(name, file);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(files.size).toBeGreaterThan(1);
  });

  it.each(["nodenext", "bundler"] as const)(
    "B1, B2, B7 to B12, B14: all of them together compile with %s",
    (resolution) => {
      const all = new Map<string, string>();
      for (const [name, file] of cases) {
        for (const [path, text] of generated(name, file).files)
          all.set(`${name}-${file.replaceAll(".", "-")}/${path}`, text);
      }
      expect(compile(all, resolution)).toEqual([]);
    },
  );

  it.each(cases)("E131: %s/%s gives the same bytes for any order of views and properties", (name, file) => {
    const dependencies = dependenciesOf(name).map((needed) => read(needed, "model.json"));
    const json: unknown = JSON.parse(readFileSync(join(MODELS, name, file), "utf8"));
    const backwards = generate({ document: readModelDocument(reversed(json)), dependencies });
    const forwards = generate({ document: readModelDocument(json), dependencies });
    expect([...backwards.files]).toEqual([...forwards.files]);
    expect(backwards.diagnostics).toEqual(forwards.diagnostics);
  });
});

/** The same content with the keys of all objects, and the views and models of all lists, in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [
        key,
        ["views", "dataModels", "containers"].includes(key) ? [...inner].reverse().map(reversed) : reversed(inner),
      ]),
  );
}
