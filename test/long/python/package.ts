import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import {
  type GenerateOptions,
  generate,
  type JsonTypes,
  parseJson,
  python,
  readModelDocument,
} from "../../../src/codegen/index.js";
import { type PythonWith, pythonWith } from "./venv.js";

/** Where the programs of the tests' Python are. */
export const programs: string | undefined = programsOf(pythonWith("packages-requirements.txt"));

function programsOf(found: PythonWith): string | undefined {
  if (found.missing === undefined) return found.programs;
  console.warn(`skipped: ${found.missing}`);
  return undefined;
}

/** The model of the wind farm, which is in this repository. */
export const WINDFARM: string = path.join(import.meta.dirname, "../../../examples/windfarm/model.json");

/** A module with a type of an application's own, and the property that it is for. */
export const OWN_TYPES: string = path.join(import.meta.dirname, "own_types.py");
export const ownTypes: JsonTypes = { "Turbine.settings": { name: "Settings", from: "own_types" } };

/** A model file. */
export function read(file: string): GenerateOptions["document"] {
  return readModelDocument(parseJson(readFileSync(file, "utf8")));
}

type Models = Readonly<
  Record<string, Pick<GenerateOptions, "document" | "dependencies" | "jsonTypes" | "rename" | "naming">>
>;

/** A folder with a generated package for each of the models; it goes when the test ends. */
export function packages(models: Models): string {
  const folder = temporaryFolder();
  onTestFinished(folder.remove);
  packagesIn(folder.path, models);
  return folder.path;
}

/** A new folder, and what takes it away. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), "pygen-python-"));
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Writes a generated package for each of the models into a folder. */
export function packagesIn(folder: string, models: Models): void {
  for (const [name, model] of Object.entries(models)) {
    for (const [file, text] of generate({ ...model, target: python() }).files) {
      const target = path.join(folder, name, file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
  }
}

/** Runs a program of the tests' Python; answers with its exit code and what it printed. */
export function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number; readonly output: string }> {
  const options = { cwd, env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1", ...env }, maxBuffer: 1e8 };
  return new Promise((resolve) => {
    execFile(path.join(programs ?? "", program), args, options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr });
    });
  });
}
