import { spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

/** Runs the demo as a user does, and waits for its process to end. */
function demo(
  ...args: string[]
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const child = spawn("npm", ["run", "--silent", "demo", ...(args.length > 0 ? ["--", ...args] : [])], { cwd: ROOT });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, out, err }));
  });
}

describe("npm run demo", () => {
  it("writes, queries and streams the wind farm through a generated SDK, and tells each step", async () => {
    const { code, out, err } = await demo();
    expect(code, err).toBe(0);
    expect(err).toBe("");
    expect(out).toMatch(/emulator .*\n.*deploy .*\n.*generate .*\n.*compile .*0 errors/);
    expect(out).toContain("1984 nodes and 5040 edges");
    expect(out).toContain("720 blades page by page");
    expect(out).toMatch(/│ Horns Bank [A-J]\d/);
    expect(out).toContain("The generated SDK is in examples/windfarm/sdk");
  });

  it("does the same for any model file", async () => {
    const { code, out, err } = await demo("--no-build", "examples/windfarm/model.json");
    expect(code, err).toBe(0);
    expect(out).toContain("wind/WindFarm@v1");
    expect(out).toMatch(/turbine .*wind\/Turbine@v1/);
    expect(out).toContain(".demo/windfarm");
  });

  it("says what is wrong with a model file that is not there, and fails", async () => {
    const { code, err } = await demo("--no-build", "missing/model.json");
    expect(code).toBe(1);
    expect(err).toContain("There is no model file at missing/model.json");
  });
});
