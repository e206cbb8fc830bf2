import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const start = (...argv: readonly string[]) =>
  spawn(process.execPath, ["--import", "tsx", path.join(root, "src/cli/main.ts"), ...argv], { cwd: root });

describe("the program", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("serves the emulator until %s and ends with 0", async (signal) => {
    const program = start("emulator", "--json");
    const [first] = await once(program.stdout, "data");
    const { url } = JSON.parse(String(first));
    program.kill(signal);
    const [code] = await once(program, "exit");
    expect(code).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  it("says nothing of a reader that has enough, such as head", async () => {
    const program = start("mock", "examples/windfarm/model.json", "--space", "s", "--nodes", "300");
    let stderr = "";
    program.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    await once(program.stdout, "data");
    program.stdout.destroy();
    const [code] = await once(program, "close");
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("ends with the exit code of the command, its message on stderr alone", async () => {
    const program = start("validate", "no-such-file.json");
    let stderr = "";
    let stdout = "";
    program.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    program.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    const [code] = await once(program, "close");
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toContain("model file no-such-file.json: there is no such file");
  });
});
