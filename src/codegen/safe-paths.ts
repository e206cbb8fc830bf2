import { ConfigError } from "../errors/index.js";
import { isDeviceName } from "../ir/index.js";

/**
 * Letters, digits, `.`, `-` and `_`; no part is empty, starts or ends with a dot, or is a device of Windows: it stays below the
 * folder it is written to, on every system.
 */
export function isSafePath(file: string): boolean {
  return file.split("/").every((part) => /^[\w-]([\w.-]*[\w-])?$/.test(part) && !isDeviceName(part));
}

/**
 * Refuses paths that lead out of a folder, and those that file systems which do not tell cases apart would take for one.
 *
 * @throws ConfigError `CONFIG.TARGET`; a target of one's own made them
 */
export function checkPaths(files: Iterable<string>): void {
  const taken = new Map<string, string>();
  for (const file of files) {
    if (!isSafePath(file)) throw fault(`the target makes file ${JSON.stringify(file)}, which is not a safe path`);
    const other = taken.get(file.toLowerCase());
    if (other !== undefined) throw fault(`the target makes files ${other} and ${file}, which are one on some systems`);
    taken.set(file.toLowerCase(), file);
  }
}

function fault(message: string): ConfigError {
  return new ConfigError("CONFIG.TARGET", message, {
    hint: "Make paths of letters, digits, hyphens, underscores and dots within, with / between folders, and no devices of Windows.",
  });
}
