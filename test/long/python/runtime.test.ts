import { copyFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { caseScript } from "./cases.js";
import { OWN_TYPES, ownTypes, packagesIn, programs, read, temporaryFolder, WINDFARM } from "./package.js";

const script = caseScript("runtime_cases.py");

describe.skipIf(programs === undefined)("the runtime in Python", () => {
  const folder = temporaryFolder();
  let results: Readonly<Record<string, string | null>> = {};

  beforeAll(async () => {
    packagesIn(folder.path, { windfarm: { document: read(WINDFARM), jsonTypes: ownTypes } });
    copyFileSync(OWN_TYPES, path.join(folder.path, path.basename(OWN_TYPES)));
    results = await script.results(folder.path);
  });

  afterAll(() => folder.remove());

  it.each(script.names)("%s", (name) => {
    expect(results[name]).toBeNull();
  });
});
