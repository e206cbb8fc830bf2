import { ConfigError } from "../../src/errors/index.js";

/**
 * Writes the files of an SDK as the command line does: files of others are never touched, stale ones of pygen's go.
 *
 * @throws ConfigError `CONFIG.OUTPUT` where it cannot, or where files are there that may not be replaced, `CONFIG.RUNTIME` off
 *   Node
 */
export async function writeFolder(
  files: ReadonlyMap<string, string>,
  folder: string,
  overwrite: boolean,
): Promise<void> {
  const { builtin, planWrite, writeFiles } = await import("../../src/output/index.js");
  const { resolve } = builtin("node:path");
  const out = resolve(folder);
  // It refuses files of others first, which overwriting would not replace either.
  const { owned } = planWrite(out, files);
  const there = [...files.keys()].find((file) => owned.has(file) && builtin("node:fs").existsSync(resolve(out, file)));
  if (!overwrite && there !== undefined) {
    throw new ConfigError("CONFIG.OUTPUT", `${resolve(out, there)} is there already.`, {
      hint: "Give { overwrite: true }.",
    });
  }
  writeFiles(out, files);
}
