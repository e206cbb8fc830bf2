import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type Generated,
  generate,
  type ModelDocument,
  readModelDocument,
  readModelFiles,
} from "../../src/codegen/index.js";
import { compile } from "../codegen/compile.js";
import { dependenciesOf, hasModels, MODELS, modelNames } from "./shared-models.js";

const read = (name: string): ModelDocument =>
  readModelDocument(JSON.parse(readFileSync(join(MODELS, name, "model.json"), "utf8")));
const told = ({ diagnostics }: Generated): readonly string[] =>
  diagnostics.map(({ code, place }) => `${code} ${place}`);
const withViews = modelNames.filter((name) => read(name).views.length > 0);

describe.skipIf(!hasModels)("diagnostics of real models", () => {
  it.each(withViews)("%s: codes and places are as expected", async (name) => {
    const generated = generate({ document: read(name), dependencies: dependenciesOf(name).map(read) });
    await expect(`${told(generated).join("\n")}\n`).toMatchFileSnapshot(`expected/${name}.txt`);
  });

  it("all models in one SDK: codes and places are as expected, and it compiles", async () => {
    const document = await readModelFiles(
      modelNames.map((name) => ({
        path: `${name}/model.json`,
        text: readFileSync(join(MODELS, name, "model.json"), "utf8"),
      })),
    );
    const generated = generate({ document });
    await expect(`${told(generated).join("\n")}\n`).toMatchFileSnapshot("expected/all.txt");
    expect(compile(generated.files)).toEqual([]);
    expect(compile(generated.files, "bundler")).toEqual([]);
  });
});
