import { ConfigError } from "../../src/errors/index.js";

type BuiltinModules = typeof process.getBuiltinModule;

/**
 * Gives modules of Node, asked of the process itself: an `import` of one would keep the calls of v1 out of browsers.
 *
 * @throws ConfigError `CONFIG.RUNTIME` where there are none
 */
export function nodeModules(): BuiltinModules {
  const { process } = globalThis as { readonly process?: { readonly getBuiltinModule?: BuiltinModules } };
  if (process?.getBuiltinModule) return process.getBuiltinModule;
  throw new ConfigError("CONFIG.RUNTIME", "Files can be written in Node alone.", {
    hint: "Take what generateSdk gives with { returnSdkFiles: true }.",
  });
}

/**
 * Writes the files of an SDK as the command line does: files of others are never touched, stale ones of pygen's go.
 *
 * @throws ConfigError `CONFIG.OUTPUT` where it cannot, or where files are there that may not be replaced
 */
export async function writeFolder(
  files: ReadonlyMap<string, string>,
  folder: string,
  overwrite: boolean,
): Promise<void> {
  const node = nodeModules();
  const { resolve } = node("node:path");
  const { existsSync } = node("node:fs");
  const { writeFiles } = await import("../../src/cli/write-files.js");
  const out = resolve(folder);
  const there = [...files.keys()].find((file) => existsSync(resolve(out, file)));
  if (!overwrite && there !== undefined) {
    throw new ConfigError("CONFIG.OUTPUT", `${resolve(out, there)} is there already.`, {
      hint: "Give { overwrite: true }.",
    });
  }
  try {
    writeFiles(out, files);
  } catch (cause) {
    const hint = cause instanceof Error && "hint" in cause ? String(cause.hint) : "";
    throw new ConfigError("CONFIG.OUTPUT", cause instanceof Error ? cause.message : String(cause), { cause, hint });
  }
}
