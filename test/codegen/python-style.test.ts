import { readFileSync } from "node:fs";
import { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type GenerateOptions, generate, parseJson, python, readModelDocument } from "../../src/codegen/index.js";
import { edgeModel } from "../long/python/edge-model.js";
import { hostileModel } from "./hostile-model.js";

const ruff = new Workspace({ "target-version": "py310" }, PositionEncoding.Utf16);

/** What ruff would change or has against a package; the runtime, which is the same in all, only where it is asked for. */
function findings(document: GenerateOptions["document"], withRuntime = false): readonly string[] {
  const files = [...generate({ document, target: python() }).files].filter(
    ([path]) => path.endsWith(".py") && (withRuntime || !path.includes("runtime")),
  );
  expect(files.length).toBeGreaterThan(2);
  return files.flatMap(([path, text]) => findingsIn(text).map((finding) => `${path}: ${finding}`));
}

function findingsIn(text: string): readonly string[] {
  const found = ruff.check(text) as readonly { readonly code: string | null; readonly message: string }[];
  return [...(ruff.format(text) === text ? [] : ["format"]), ...found.map(({ code }) => String(code))];
}

it("generated Python is formatted as ruff does, and ruff finds nothing: the wind farm and all of the runtime", () => {
  const model = readFileSync(new URL("../../examples/windfarm/model.json", import.meta.url), "utf8");
  expect(findings(readModelDocument(parseJson(model)), true)).toEqual([]);
});

it("nor in what breaks generators", () => {
  expect(findings(readModelDocument(edgeModel()))).toEqual([]);
});

it("nor are there names that nothing gives, whatever a model is called", () => {
  for (const json of fc.sample(hostileModel, { numRuns: 10, seed: 7 })) {
    const found = findings(readModelDocument(json)).filter((finding) => /: F\d/.test(finding));
    expect(found).toEqual([]);
  }
});

it("ruff would tell what is not so", () => {
  expect(findingsIn("import os\nx = {'a':  missing}\n")).toEqual(["format", "F821", "F401", "I001"]);
});
