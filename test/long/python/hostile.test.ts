import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readModelDocument } from "../../../src/codegen/index.js";
import { hostileJob, hostileModel } from "../../codegen/hostile-model.js";
import { packages, programs, run } from "./package.js";

const script = path.join(import.meta.dirname, "only_declarations.py");

describe.skipIf(programs === undefined)("hostile models in Python", () => {
  it("E1 to E16, E20 to E31, E14, B12: are compiled, imported and never executed", async () => {
    const models = fc.sample(hostileModel, { numRuns: 60, seed: 7 });
    const documents = models.map((json, index) => [`m${index}`, { document: readModelDocument(json) }]);
    const jobs = fc.sample(hostileJob, { numRuns: 40, seed: 8 }).map((job, index) => [`j${index}`, job]);
    const folder = packages(Object.fromEntries([...documents, ...jobs]));
    expect(await run("python", ["-W", "error", script, folder], folder)).toEqual({ code: 0, output: "" });
    const undefinedNames = ["check", "--isolated", "--no-cache", "--select", "F", "."];
    expect((await run("ruff", undefinedNames, folder)).output.trim()).toBe("All checks passed!");
  });

  it("the check finds what is no declaration", async () => {
    const folder = packages({
      m: { document: readModelDocument(fc.sample(hostileModel, { numRuns: 1, seed: 1 })[0]) },
    });
    const code = "open('m/client.py','a').write('\\nimport builtins\\nbuiltins.pwned = 1\\nX = [print()]\\n')";
    await run("python", ["-c", code], folder);
    const { output } = await run("python", [script, folder], folder);
    expect(output.trim().split("\n")).toHaveLength(4);
  });
});
