import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");

/** The folder of a Python's programs, or why there is none. */
export type PythonWith = { readonly programs: string; readonly missing?: undefined } | { readonly missing: string };

/**
 * Makes a virtual environment with the packages of a requirements file, which stands beside this one, once for each
 * content of it. Where Python 3.11 or the registry is not to be had, it says so.
 */
export function pythonWith(requirements: string): PythonWith {
  const list = join(import.meta.dirname, requirements);
  const wanted = createHash("sha256").update(readFileSync(list)).digest("hex").slice(0, 16);
  const folder = join(ROOT, ".ci/cache", `python-${wanted}`);
  mkdirSync(join(ROOT, ".ci/cache"), { recursive: true });
  return alone(`${folder}.lock`, () => made(folder, list));
}

/** Test files run at once, and ask for the same environment. */
function alone<T>(lock: string, work: () => T): T {
  const started = performance.now();
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (cause) {
      if (performance.now() - started > 1_000_000)
        throw new Error(`Remove ${lock}: a run before has left it.`, { cause });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    }
  }
  try {
    return work();
  } finally {
    rmdirSync(lock);
  }
}

function made(folder: string, requirements: string): PythonWith {
  const programs = join(folder, "bin");
  const python = join(programs, "python");
  const marker = join(folder, ".installed");
  if (existsSync(marker)) return { programs };
  rmSync(folder, { recursive: true, force: true });
  const old = run("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]);
  if (old !== undefined) return { missing: `there is no python3 of version 3.11 or newer: ${old}` };
  const failed = run("python3", ["-m", "venv", folder]);
  if (failed !== undefined) return { missing: `python3 cannot make a virtual environment: ${failed}` };
  const quiet = ["--quiet", "--disable-pip-version-check", "--no-input", "--only-binary", ":all:"];
  const installed = run(python, ["-m", "pip", "install", ...quiet, "--no-deps", "-r", requirements]);
  if (installed !== undefined) return { missing: `the packages cannot be installed: ${installed}` };
  writeFileSync(marker, "");
  return { programs };
}

/** Runs a program to its end; gives why it failed, if it did. */
function run(program: string, args: readonly string[]): string | undefined {
  const { status, stderr, error } = spawnSync(program, args, { encoding: "utf8", timeout: 1_000_000 });
  if (status === 0) return undefined;
  return error?.message ?? (stderr.trim().split("\n").at(-1) || `exit code ${status}`);
}
