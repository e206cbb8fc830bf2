import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");

/** A Python with packages, or why there is none. */
export type PythonWith = { readonly python: string; readonly missing?: undefined } | { readonly missing: string };

/**
 * Makes a virtual environment with the packages of a requirements file, once for each content of it. Where Python
 * or the registry is not to be had, it says so.
 */
export function pythonWith(requirements: string): PythonWith {
  const wanted = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 16);
  const folder = join(ROOT, ".ci/cache", `python-${wanted}`);
  const python = join(folder, "bin/python");
  const marker = join(folder, ".installed");
  if (existsSync(marker)) return { python };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(ROOT, ".ci/cache"), { recursive: true });
  const made = run("python3", ["-m", "venv", folder]);
  if (made !== undefined) return { missing: `python3 cannot make a virtual environment: ${made}` };
  const quiet = ["--quiet", "--disable-pip-version-check", "--no-input", "--only-binary", ":all:"];
  const installed = run(python, ["-m", "pip", "install", ...quiet, "--no-deps", "-r", requirements]);
  if (installed !== undefined) return { missing: `the packages cannot be installed: ${installed}` };
  writeFileSync(marker, "");
  return { python };
}

/** Runs a program to its end; gives why it failed, if it did. */
function run(program: string, args: readonly string[]): string | undefined {
  const { status, stderr, error } = spawnSync(program, args, { encoding: "utf8", timeout: 300_000 });
  if (status === 0) return undefined;
  return error?.message ?? (stderr.trim().split("\n").at(-1) || `exit code ${status}`);
}
