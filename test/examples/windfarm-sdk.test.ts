import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { run } from "../../src/cli/run.js";

const EXAMPLE = join(import.meta.dirname, "../../examples/windfarm");
const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

const filesOf = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );

describe("examples/windfarm/sdk", () => {
  it("is what `pygen generate` makes of the model today", async () => {
    const out = await mkdtemp(join(tmpdir(), "pygen-"));
    folders.push(out);
    const printed: string[] = [];
    const code = await run(["generate", join(EXAMPLE, "model.json"), "--out", join(out, "sdk")], {
      cwd: out,
      env: {},
      stdout: (text: string) => printed.push(text),
      stderr: (text: string) => printed.push(text),
      stopped: () => Promise.resolve(),
    });
    expect(code, printed.join("")).toBe(0);
    expect(filesOf(join(EXAMPLE, "sdk"))).toEqual(filesOf(join(out, "sdk")));
  });
});
