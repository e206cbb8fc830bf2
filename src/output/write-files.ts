import { isPygenError } from "../errors/index.js";
import { builtin } from "./builtin.js";
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
 * @throws ConfigError as {@link planWrite} does, before anything is written, and `CONFIG.OUTPUT` when the folder cannot be
 *   written to
 */
export function writeFiles(out: string, files: ReadonlyMap<string, string>): WriteResult {
  const plan = planWrite(out, files);
  try {
    apply(plan);
  } catch (error) {
    throw isPygenError(error) ? error : unwritable(out, error);
  }
  return resultOf(plan);
}

function apply({ out, files, owned, changes }: WritePlan): void {
  const { mkdirSync, writeFileSync } = builtin("node:fs");
  const path = builtin("node:path");
  mkdirSync(out, { recursive: true });
  const folders = new Set([out]);
  // Before anything else, so that every file is known as ours even if writing stops in the middle.
  writeFileSync(path.join(out, manifestName), manifestText([...owned, ...files.keys()]));
  for (const { path: file, after } of changes) {
    if (after === undefined) {
      removeFile(out, file);
      continue;
    }
    const target = path.join(out, file);
    const folder = path.dirname(target);
    if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
    folders.add(folder);
    writeFileSync(target, after);
  }
  writeFileSync(path.join(out, manifestName), manifestText([...files.keys()]));
}

/** Removes a file of ours, and the folders that it leaves empty. */
function removeFile(out: string, file: string): void {
  const { readdirSync, rmdirSync, rmSync } = builtin("node:fs");
  const path = builtin("node:path");
  rmSync(path.join(out, file), { force: true });
  const parts = file.split("/").slice(0, -1);
  while (parts.length > 0) {
    const folder = path.join(out, ...parts);
    if (kindOf(folder) !== "folder" || readdirSync(folder).length > 0) return;
    rmdirSync(folder);
    parts.pop();
  }
}
