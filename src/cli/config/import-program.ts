import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as v from "valibot";
import { CliError } from "../cli-error.js";
import { exitCodes } from "../exit-codes.js";

const module = v.object({ default: v.unknown() });
const compiler = v.looseObject({ transpileModule: v.function() });

/** Whether Node reads TypeScript by itself, as it does since 22.18. */
const readsTypescript: boolean = "typescript" in process.features && process.features.typescript !== false;

/** What a program exports as its default. TypeScript is read by Node itself or, where it is too old, by the project's compiler. */
export async function importProgram(file: string, shown: string): Promise<unknown> {
  try {
    const loaded = /\.m?ts$/.test(file) && !readsTypescript ? await importCompiled(file) : await load(file);
    return v.parse(module, loaded).default;
  } catch (error) {
    if (error instanceof CliError) throw error;
    const reason = error instanceof v.ValiError ? "it has no default export" : String(error);
    throw new CliError(
      exitCodes.usage,
      `${shown}${lineIn(file, error)}: ${reason}`,
      "Correct the configuration: export default defineConfig({ ... }).",
    );
  }
}

/** Where in the file it was thrown, where that is told: `:3`. */
function lineIn(file: string, error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const after = [pathToFileURL(file).href, file].map((name) => stack.split(name)[1] ?? "");
  return after.map((text) => /^(?:\?[\d.]+)?(:\d+)/.exec(text)?.[1]).find((line) => line !== undefined) ?? "";
}

/** Under another address once it was changed: what was loaded is kept by its address. */
async function load(file: string): Promise<unknown> {
  const { mtimeMs } = await stat(file);
  return import(/* @vite-ignore */ `${pathToFileURL(file).href}?${mtimeMs}`);
}

/** The compiled text lies beside the file while it is loaded, so that its imports are found. */
async function importCompiled(file: string): Promise<unknown> {
  const output = transpiled(file, await readFile(file, "utf8"));
  const beside = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.mjs`);
  try {
    await writeFile(beside, output, { flag: "wx" });
    return await load(beside);
  } finally {
    await rm(beside, { force: true });
  }
}

function transpiled(file: string, text: string): string {
  try {
    const { transpileModule } = v.parse(compiler, createRequire(file)("typescript"));
    const { outputText } = v.parse(
      v.object({ outputText: v.string() }),
      transpileModule(text, { compilerOptions: { module: 99, target: 9 } }),
    );
    return outputText;
  } catch {
    throw new CliError(
      exitCodes.usage,
      `Node ${process.versions.node} cannot read ${path.basename(file)}`,
      "Use Node 22.18 or newer, install typescript in the project, or write pygen.config.mjs.",
    );
  }
}
