import { copyFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { dependenciesOf, hasModels, modelNames, modelPath } from "../../models/shared-models.js";
import { OWN_TYPES, ownTypes, packages, programs, read, run, WINDFARM } from "./package.js";

/** What each tool says of packages: all of them nothing. */
async function faults(folder: string): Promise<readonly string[]> {
  const python = { cache: path.join(folder, ".cache") };
  const checks = [
    await run("python", ["-W", "error", "-m", "compileall", "-q", "."], folder, { PYTHONPYCACHEPREFIX: python.cache }),
    await run("ruff", ["format", "--isolated", "--no-cache", "--check", "."], folder),
    await run("ruff", ["check", "--isolated", "--no-cache", "."], folder),
    await run("ruff", ["check", "--isolated", "--no-cache", "--target-version", "py310", "."], folder),
    await run("mypy", ["--strict", "--python-version", "3.10", "--cache-dir", python.cache, "."], folder),
  ];
  return checks.filter(({ code }) => code !== 0).map(({ output }) => output);
}

describe.skipIf(programs === undefined)("generated Python packages", () => {
  it("of the wind farm are compiled, formatted, linted and typed without a finding", async () => {
    expect(await faults(packages({ windfarm: { document: read(WINDFARM) } }))).toEqual([]);
  });

  it("with types of an application's own for JSON are", async () => {
    const folder = packages({ windfarm: { document: read(WINDFARM), jsonTypes: ownTypes } });
    copyFileSync(OWN_TYPES, path.join(folder, path.basename(OWN_TYPES)));
    expect(await faults(folder)).toEqual([]);
  });

  it("would be found faulty where they were", async () => {
    const folder = packages({ windfarm: { document: read(WINDFARM) } });
    const wrong = ["-c", "open('windfarm/blade.py','a').write('\\n\\nX: int = \"a\"\\nimport os\\n')"];
    await run("python", wrong, folder);
    expect(await faults(folder)).toHaveLength(3);
  });

  it.skipIf(!hasModels)("E53, B14: of every reference model are", async () => {
    const models = Object.fromEntries(
      modelNames.map((name) => [
        name,
        {
          document: read(modelPath(name)),
          dependencies: dependenciesOf(name).map((needed) => read(modelPath(needed))),
        },
      ]),
    );
    expect(await faults(packages(models))).toEqual([]);
  });
});
