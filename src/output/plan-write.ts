import { checkPaths, isSafePath } from "../codegen/index.js";
import { ConfigError, isPygenError } from "../errors/index.js";
import { builtin } from "./builtin.js";
import { manifestName, readManifest } from "./manifest.js";

/** A file as it is and as it is to be; absent where it is not there. */
export interface FileChange {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

/** What writing files to a folder would do. Nothing was written yet. */
export interface WritePlan {
  /** Absolute path of the folder. */
  readonly out: string;
  /** All files that are to be there, by relative path. */
  readonly files: ReadonlyMap<string, string>;
  /** Files of earlier generations. */
  readonly owned: ReadonlySet<string>;
  /** What differs, sorted by path: files to write, and stale ones to remove. */
  readonly changes: readonly FileChange[];
}

/**
 * Finds out what writing generated files would do. The folder's manifest says which files are ours: of those, stale ones
 * are to be removed; all others are never touched, and a folder with files that has no manifest is refused (E130).
 *
 * @param out - absolute path of the folder
 * @param files - text by relative path
 * @throws ConfigError `CONFIG.OUTPUT` when the folder is somebody else's, or cannot be read, `CONFIG.TARGET` for paths that lead
 *   out of it, `CONFIG.RUNTIME` off Node
 */
export function planWrite(out: string, files: ReadonlyMap<string, string>): WritePlan {
  checkPaths(files.keys());
  const path = builtin("node:path");
  try {
    const owned = ownedFiles(out);
    refuseForeign(out, files, owned);
    const changes: FileChange[] = [];
    for (const file of [...new Set([...files.keys(), ...owned])].sort()) {
      const after = files.get(file);
      const before = textOf(path.join(out, file));
      if (before === after) continue;
      changes.push({
        path: file,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
      });
    }
    return { out, files, owned, changes };
  } catch (error) {
    throw isPygenError(error) ? error : unwritable(out, error);
  }
}

/** What tells that a folder cannot be used. */
export function unwritable(out: string, cause: unknown): ConfigError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const hint = "Check that the folder can be written to.";
  return new ConfigError("CONFIG.OUTPUT", `cannot write to ${out}: ${reason}`, { cause, hint });
}

function ownedFiles(out: string): ReadonlySet<string> {
  // The folder itself may be a link: it was named so. None within it is followed.
  const found = builtin("node:fs").statSync(out, { throwIfNoEntry: false });
  if (found === undefined) return new Set();
  if (!found.isDirectory()) throw refused(`${out} is not a folder`, "Choose another folder.");
  const manifest = textOf(builtin("node:path").join(out, manifestName));
  if (manifest !== undefined) return new Set(readManifest(manifest, out).filter(isSafePath));
  if (builtin("node:fs").readdirSync(out).length === 0) return new Set();
  throw refused(`${out} has files in it that pygen did not write`, "Choose an empty or a new folder.");
}

/** Files of others where ours would go, and links that lead out of the folder. */
function refuseForeign(out: string, files: ReadonlyMap<string, string>, owned: ReadonlySet<string>): void {
  const path = builtin("node:path");
  for (const file of new Set([...files.keys(), ...owned])) {
    const parts = file.split("/");
    for (let depth = 1; depth < parts.length; depth++) {
      const folder = path.join(out, ...parts.slice(0, depth));
      const kind = kindOf(folder);
      if (kind !== undefined && kind !== "folder") throw foreign(folder);
    }
    const kind = kindOf(path.join(out, file));
    if (kind !== undefined && (kind !== "file" || !owned.has(file))) throw foreign(path.join(out, file));
  }
}

function foreign(file: string): ConfigError {
  return refused(`${file} is there and pygen did not write it`, "Move it, or choose another folder.");
}

function refused(message: string, hint: string): ConfigError {
  return new ConfigError("CONFIG.OUTPUT", message, { hint });
}

/** What there is at a path, links not followed. */
export function kindOf(target: string): "file" | "folder" | "other" | undefined {
  const stats = builtin("node:fs").lstatSync(target, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if (stats.isFile()) return "file";
  return stats.isDirectory() ? "folder" : "other";
}

function textOf(file: string): string | undefined {
  try {
    return builtin("node:fs").readFileSync(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
