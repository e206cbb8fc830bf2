import { type FSWatcher, statSync, watch } from "node:fs";
import path from "node:path";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import type { CliIo } from "./io.js";

/** Changes that come closer together than this are one, in milliseconds. */
const settle = 100;

/**
 * Runs at once and whenever one of the files or folders changes, until the process is asked to stop.
 *
 * @param run - tells its errors itself, and never rejects
 */
export async function watchFiles(files: readonly string[], run: () => Promise<ExitCode>, io: CliIo): Promise<ExitCode> {
  let timer: NodeJS.Timeout | undefined;
  let running = run();
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(run);
    }, settle);
  };
  const watchers = files.map((file) => watcherOf(file, changed));
  const stopped = io.stopped();
  const count = files.length === 1 ? "1 file or folder" : `${files.length} files and folders`;
  if (io.verbosity !== "quiet") io.stderr(`watching ${count}; Ctrl+C stops it\n`);
  try {
    await stopped;
  } finally {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
    await running;
  }
  return exitCodes.ok;
}

/** Watches a folder and all in it, or a file: by its folder, since editors put another file in its place. */
function watcherOf(file: string, changed: () => void): FSWatcher {
  if (statSync(file).isDirectory()) return watch(file, { recursive: true }, changed);
  return watch(path.dirname(file), (_event, name) => {
    if (name === path.basename(file)) changed();
  });
}
