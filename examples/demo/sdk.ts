import { mkdir, readdir, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { formatVersionedId } from "pygen";
import ts from "typescript";
import { PROJECT } from "./model-source.js";
import { ROOT, runPygen } from "./process.js";

/** Where the service is. */
export interface Service {
  readonly url: string;
  readonly token: string;
}

/** Generates the SDK of a data model into a folder, by the command line with `more` arguments; answers with the names of its files. */
export async function generateSdk(
  service: Service,
  dataModel: { readonly space: string; readonly externalId: string; readonly version: string },
  folder: string,
  more: readonly string[] = [],
): Promise<readonly string[]> {
  const model = formatVersionedId(dataModel);
  await runPygen(["generate", "--model", model, "--url", service.url, "--project", PROJECT, "--out", folder, ...more], {
    CDF_TOKEN: service.token,
  });
  return (await readdir(folder)).filter((file) => file.endsWith(".ts"));
}

/** What compiling gave. */
export interface Compiled {
  readonly files: number;
  readonly folder: string;
}

/**
 * Compiles everything in `source` under strict TypeScript, as a project of its own would, and emits JavaScript.
 * Generated code needs no types of its surroundings; a program of Node names them in `types`.
 * Throws with the compiler's words when there is any error.
 */
export async function compile(source: string, output: string, types: readonly string[] = []): Promise<Compiled> {
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  const files = (await readdir(source, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));
  const program = ts.createProgram(files, {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    isolatedModules: true,
    verbatimModuleSyntax: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    rootDir: source,
    outDir: output,
    types: [...types],
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.asynciterable.d.ts"],
  });
  const { diagnostics } = program.emit();
  const errors = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (errors.length > 0) {
    const text = ts.formatDiagnostics(errors, {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: () => ROOT,
      getNewLine: () => "\n",
    });
    throw new Error(`The generated code does not compile (${errors.length} errors):\n${text}`);
  }
  return { files: files.length, folder: relative(ROOT, output) };
}
