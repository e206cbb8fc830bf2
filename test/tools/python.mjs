// The Python of the tests: a virtual environment with what test/python/requirements.txt says, made when first asked for.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const folder = path.resolve(import.meta.dirname, "../python");
const requirements = path.join(folder, "requirements.txt");
const venv = path.join(folder, ".venv");
const marker = path.join(venv, ".installed");

/** The first Python that is new enough, as `python3.11`; `undefined` where there is none. */
function findPython() {
  const check = "import sys; sys.exit(sys.version_info < (3, 11))";
  return ["python3.11", "python3.12", "python3.13", "python3"].find(
    (name) => spawnSync(name, ["-c", check]).status === 0,
  );
}

/**
 * The folder of the environment's programs, `undefined` where there is no Python 3.11.
 *
 * @returns {string | undefined}
 */
export function pythonPrograms() {
  const python = findPython();
  if (python === undefined) return undefined;
  const wanted = createHash("sha256").update(readFileSync(requirements)).update(python).digest("hex");
  const programs = path.join(venv, "bin");
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return programs;
  rmSync(venv, { recursive: true, force: true });
  const options = { stdio: ["ignore", "pipe", "pipe"], timeout: 300_000 };
  execFileSync(python, ["-m", "venv", venv], options);
  const install = ["install", "--quiet", "--disable-pip-version-check", "--no-deps", "-r", requirements];
  execFileSync(path.join(programs, "pip"), install, options);
  writeFileSync(marker, wanted);
  return programs;
}
