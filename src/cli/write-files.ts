import { lstat, mkdir, readdir, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { CliError } from "./cli-error.js";
import { exitCodes } from "./exit-codes.js";
import { manifestName, manifestText, readManifest } from "./manifest.js";

/** What became of the files. */
export interface WriteResult {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  /** Files of an earlier generation that are no longer generated. */
  readonly removed: readonly string[];
}

/**
 * Writes generated files. The folder's manifest says which files are ours: of those, stale ones are removed; all others
 * are never touched, and a folder with files that has no manifest is refused (E130).
 *
 * @param out - absolute path of the folder
 * @param files - text by relative path
 * @throws CliError when the folder is somebody else's, or cannot be written to; before anything is written where that
 *   can be known
 */
export async function writeFiles(out: string, files: ReadonlyMap<string, string>): Promise<WriteResult> {
  try {
    return await write(out, files);
  } catch (error) {
    if (error instanceof CliError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError(
      exitCodes.unreachable,
      `cannot write to ${out}: ${reason}`,
      "Check that the folder can be written to.",
    );
  }
}

async function write(out: string, files: ReadonlyMap<string, string>): Promise<WriteResult> {
  for (const file of files.keys()) {
    if (!isSafe(file))
      throw new CliError(exitCodes.fault, `${JSON.stringify(file)} is not a safe path`, "Report this.");
  }
  const owned = await ownedFiles(out);
  await refuseForeign(out, files, owned);
  await mkdir(out, { recursive: true });
  // Before anything else, so that every file is known as ours even if writing stops in the middle.
  await writeFile(path.join(out, manifestName), manifestText([...owned, ...files.keys()]));
  const written: string[] = [];
  const unchanged: string[] = [];
  for (const [file, text] of files) {
    const target = path.join(out, file);
    if (owned.has(file) && (await textOf(target)) === text) {
      unchanged.push(file);
    } else {
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, text);
      written.push(file);
    }
  }
  const removed = [...owned].filter((file) => !files.has(file)).sort();
  for (const file of removed) await removeFile(out, file);
  await writeFile(path.join(out, manifestName), manifestText([...files.keys()]));
  return { written: written.sort(), unchanged: unchanged.sort(), removed };
}

/** Letters, digits, `.`, `-` and `_`; no part is empty or starts with a dot. */
function isSafe(file: string): boolean {
  return file.split("/").every((part) => /^[\w-][\w.-]*$/.test(part));
}

async function ownedFiles(out: string): Promise<ReadonlySet<string>> {
  const kind = await kindOf(out);
  if (kind === undefined) return new Set();
  if (kind !== "folder") throw new CliError(exitCodes.unreachable, `${out} is not a folder`, "Choose another --out.");
  const manifest = await textOf(path.join(out, manifestName));
  if (manifest !== undefined) return new Set(readManifest(manifest, out).filter(isSafe));
  if ((await readdir(out)).length === 0) return new Set();
  throw new CliError(
    exitCodes.unreachable,
    `${out} has files in it that pygen did not write`,
    "Choose an empty or a new folder for --out.",
  );
}

/** Files of others where ours would go, and links that lead out of the folder. */
async function refuseForeign(
  out: string,
  files: ReadonlyMap<string, string>,
  owned: ReadonlySet<string>,
): Promise<void> {
  for (const file of new Set([...files.keys(), ...owned])) {
    const parts = file.split("/");
    for (let depth = 1; depth < parts.length; depth++) {
      const folder = path.join(out, ...parts.slice(0, depth));
      const kind = await kindOf(folder);
      if (kind !== undefined && kind !== "folder") throw foreign(folder);
    }
    const kind = await kindOf(path.join(out, file));
    if (kind !== undefined && (kind !== "file" || !owned.has(file))) throw foreign(path.join(out, file));
  }
}

function foreign(file: string): CliError {
  return new CliError(
    exitCodes.unreachable,
    `${file} is there and pygen did not write it`,
    "Move it, or choose another --out.",
  );
}

async function kindOf(target: string): Promise<"file" | "folder" | "other" | undefined> {
  try {
    const stats = await lstat(target);
    if (stats.isFile()) return "file";
    return stats.isDirectory() ? "folder" : "other";
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
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

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
