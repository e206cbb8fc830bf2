import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { ConfigError } from "../../errors/index.js";

/** Longer than another process takes from looking at a lock that was left to putting its own in its place. */
const RACE = 50;

/**
 * Keeps other processes out of a folder; gives what lets them in again. The lock of a process that is no more, as after
 * a crash, is taken over.
 *
 * @throws ConfigError `CONFIG.DATA_LOCKED` when another process has the folder
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const file = path.join(folder, "LOCK");
  const own = JSON.stringify({
    pid: process.pid,
    started: startOf(process.pid) ?? "",
    at: process.hrtime.bigint().toString(),
  });
  if (!create(file, own)) {
    const holder = readHolder(file);
    if (holder && isRunning(holder)) throw locked(folder, holder.pid);
    rmSync(file, { force: true });
    if (!create(file, own)) throw locked(folder, readHolder(file)?.pid);
    await wait(RACE);
    if (readText(file) !== own) throw locked(folder, readHolder(file)?.pid);
  }
  return () => rmSync(file, { force: true });
}

interface Holder {
  readonly pid: number;
  readonly started: string;
}

function create(file: string, text: string): boolean {
  try {
    const descriptor = openSync(file, "wx");
    writeSync(descriptor, text);
    closeSync(descriptor);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** Nobody, for a lock that its process had no time to write. */
function readHolder(file: string): Holder | undefined {
  try {
    const { pid, started } = JSON.parse(readText(file)) as Partial<Holder>;
    return typeof pid === "number" && typeof started === "string" ? { pid, started } : undefined;
  } catch {
    return undefined;
  }
}

/** Numbers of processes come again, in containers above all: where the system tells, the start has to be the same too. */
function isRunning({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const now = startOf(pid);
  return now === undefined || started === "" ? pid !== process.pid : now === started;
}

/** When a process started, in ticks since the system did; only Linux tells. */
function startOf(pid: number): string | undefined {
  const text = readText(`/proc/${pid}/stat`);
  // The name of the program stands in brackets, and may hold anything.
  return text.slice(text.lastIndexOf(")") + 2).split(" ")[19];
}

function locked(folder: string, pid: number | undefined): ConfigError {
  const who = pid === undefined ? "another process" : `process ${pid}`;
  return new ConfigError("CONFIG.DATA_LOCKED", `The folder ${folder} is in use by ${who}.`, {
    hint: "Stop that process, or choose another folder.",
  });
}
