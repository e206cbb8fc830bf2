import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generate, type ModelDocument, parseJson, readModelDocument, typescript } from "../../../src/codegen/index.js";
import { dependenciesOf, hasModels, modelNames, modelPath } from "../../models/shared-models.js";
import { installRuntimes, runtimeFile } from "../../tools/runtimes.mjs";

const root = path.resolve(import.meta.dirname, "../../..");
const compilers = {
  "5.9": runtimeFile("typescript-5.9/bin/tsc"),
  "6.0": path.join(root, "node_modules/typescript/bin/tsc"),
  "7.0": runtimeFile("typescript-7/bin/tsc"),
};
const resolutions = {
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
  bundler: { module: "esnext", moduleResolution: "bundler" },
};
const matrix = Object.entries(compilers).flatMap(([compiler, program]) =>
  Object.entries(resolutions).map(([resolution, options]) => ({ compiler, program, resolution, options })),
);

const folder = mkdtempSync(path.join(tmpdir(), "pygen-compilers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (file: string): ModelDocument => readModelDocument(parseJson(readFileSync(file, "utf8")));

/** Writes an SDK of each reference model and, where these are absent, of the wind farm alone. */
beforeAll(async () => {
  await installRuntimes();
  const write = (name: string, files: ReadonlyMap<string, string>): void => {
    for (const [file, text] of files) {
      const target = path.join(folder, name, file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
  };
  write("wind-farm", generate({ document: read(path.join(root, "examples/windfarm/model.json")) }).files);
  for (const name of modelNames) {
    const dependencies = dependenciesOf(name).map((needed) => read(modelPath(needed)));
    const document = read(modelPath(name));
    if (document.views.length === 0 && document.dataModels.length === 0) continue;
    write(name, generate({ document, dependencies }).files);
    const other = typescript({ int64: "bigint", timestamps: "string", typesOnly: true });
    write(`${name}-types`, generate({ document, dependencies, target: other }).files);
  }
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
});

/** What a compiler says of a folder: nothing, where it compiles. */
function compiled(compiler: string, resolution: object, include: string): Promise<string> {
  const compilerOptions = {
    ...resolution,
    ...{ target: "es2022", lib: ["es2022", "dom", "dom.iterable"], types: [], noEmit: true, skipLibCheck: true },
    ...{ strict: true, exactOptionalPropertyTypes: true, isolatedModules: true, noUncheckedIndexedAccess: true },
    ...{ verbatimModuleSyntax: true, noUnusedLocals: true },
    paths: { pygen: [path.join(root, "dist/index.d.ts")] },
  };
  const project = path.join(folder, "tsconfig.json");
  writeFileSync(project, JSON.stringify({ compilerOptions, include: [include] }));
  return new Promise((resolve) => {
    execFile(process.execPath, [compiler, "-p", project], { maxBuffer: 1e8 }, (_error, stdout, stderr) => {
      resolve(stdout + stderr);
    });
  });
}

describe(`generated SDKs${hasModels ? " of every reference model" : ""}`, () => {
  it.each(matrix)("compile strictly by TypeScript $compiler under $resolution", async ({ program, options }) => {
    expect(await compiled(program, options, "*/**/*.ts")).toBe("");
  });

  it.each(Object.entries(compilers))("would be found faulty by TypeScript %s", async (_version, program) => {
    writeFileSync(
      path.join(folder, "wrong.ts"),
      'import type { Turbine } from "./wind-farm/index.js";\nexport const a: Turbine = 1;\n',
    );
    expect(await compiled(program, resolutions.nodenext, "wrong.ts")).toContain("error TS2322");
  });
});
