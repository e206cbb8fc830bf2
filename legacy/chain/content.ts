import { optionsOf } from "../../src/runtime/index.js";
import { callOptions } from "../arguments.js";
import { warnOnce } from "../deprecation.js";
import { handleOf } from "../handle-of.js";
import type { DownloadArgs } from "../types/download.js";
import { type Chain, lastOf } from "./chain.js";
import { filePlaces } from "./file-places.js";
import { lastRows } from "./query.js";

const names = ["keepDirectoryStructure", "resolveDuplicateFileNames", "filesLimit", "signal", "timeout"];

/**
 * Writes the contents of the files at the end of a chain to a folder (Q6).
 *
 * @returns the paths that were written
 * @throws ConfigError `CONFIG.RUNTIME` off Node
 */
export async function downloadContent(chain: Chain, directory: string, args: DownloadArgs = {}): Promise<string[]> {
  warnOnce(chain.sink, `${chain.name}.select() .. content.download()`, "content(row) of the generated SDK");
  optionsOf(args, "download()", names);
  const { builtin } = await import("../../src/output/index.js");
  const { mkdir, rename, rm, writeFile } = builtin("node:fs/promises");
  const path = builtin("node:path");
  const { view } = lastOf(chain);
  const handle = handleOf(chain.bound, view);
  const written: string[] = [];
  for (const [place, row] of filePlaces(await lastRows(chain, args.filesLimit, "filesLimit"), view, args)) {
    const content = await (await handle.content(row)).stream(callOptions(args));
    const target = path.join(directory, place);
    await mkdir(path.dirname(target), { recursive: true });
    // What is there stays until all of the new content is.
    const part = path.join(path.dirname(target), crypto.randomUUID());
    try {
      await writeFile(part, content ?? "", { flag: "wx" });
      await rename(part, target);
    } finally {
      await rm(part, { force: true });
    }
    written.push(target);
  }
  return written;
}
