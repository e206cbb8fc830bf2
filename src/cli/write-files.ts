import { mkdir, readdir, rm, rmdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { CliError } from "./cli-error.js";
import { manifestName, manifestText } from "./manifest.js";
import { kindOf, planWrite, unwritable, type WritePlan } from "./plan-write.js";

/** What became of the files. */
export interface WriteResult {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  /** Files of an earlier generation that are no longer generated. */
  readonly removed: readonly string[];
}

/** What a plan does to which files. */
export function resultOf({ files, changes }: WritePlan): WriteResult {
  const changed = new Set(changes.map((change) => change.path));
  return {
    written: changes.filter(({ after }) => after !== undefined).map((change) => change.path),
    unchanged: [...files.keys()].filter((file) => !changed.has(file)).sort(),
    removed: changes.filter(({ after }) => after === undefined).map((change) => change.path),
  };
}

/**
 * Writes generated files, and removes stale ones.
 *
 * @param out - absolute path of the folder
 * @throws CliError as {@link planWrite} does, before anything is written, and when the folder cannot be written to
 */
export async function writeFiles(out: string, files: ReadonlyMap<string, string>): Promise<WriteResult> {
  const plan = await planWrite(out, files);
  try {
    await apply(plan);
  } catch (error) {
    throw error instanceof CliError ? error : unwritable(out, error);
  }
  return resultOf(plan);
}

async function apply({ out, files, owned, changes }: WritePlan): Promise<void> {
  await mkdir(out, { recursive: true });
  // Before anything else, so that every file is known as ours even if writing stops in the middle.
  await writeFile(path.join(out, manifestName), manifestText([...owned, ...files.keys()]));
  for (const { path: file, after } of changes) {
    if (after === undefined) {
      await removeFile(out, file);
      continue;
    }
    const target = path.join(out, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, after);
  }
  await writeFile(path.join(out, manifestName), manifestText([...files.keys()]));
}

/** Removes a file of ours, and the folders that it leaves empty. */
async function removeFile(out: string, file: string): Promise<void> {
  await rm(path.join(out, file), { force: true });
  const parts = file.split("/").slice(0, -1);
  while (parts.length > 0) {
    const folder = path.join(out, ...parts);
    if ((await kindOf(folder)) !== "folder" || (await readdir(folder)).length > 0) return;
    await rmdir(folder);
    parts.pop();
  }
}
