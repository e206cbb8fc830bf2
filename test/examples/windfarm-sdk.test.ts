import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../src/cli/run.js";
import { createEmulator } from "../../src/emulator/index.js";
import { listen } from "../../src/emulator/node.js";

const EXAMPLE = join(import.meta.dirname, "../../examples/windfarm");
const MODEL = join(EXAMPLE, "model.json");
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pygen-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const filesOf = (path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(path)
      .sort()
      .map((name) => [name, readFileSync(join(path, name), "utf8")]),
  );

async function generate(...source: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const printed: string[] = [];
  const out = await mkdtemp(join(folder, "out-"));
  const code = await run(["generate", ...source, "--out", join(out, "sdk")], {
    cwd: out,
    env: { CDF_TOKEN: "token" },
    stdin: () => Promise.resolve(""),
    isTerminal: false,
    stdout: (text: string) => printed.push(text),
    stderr: (text: string) => printed.push(text),
    stopped: () => Promise.resolve(),
  });
  expect(code, printed.join("")).toBe(0);
  return filesOf(join(out, "sdk"));
}

describe("examples/windfarm/sdk", () => {
  it("is what `pygen generate` makes of the model file today", async () => {
    expect(await generate(MODEL)).toEqual(filesOf(join(EXAMPLE, "sdk")));
  });

  it("is, byte for byte, what `pygen generate` makes of the deployed model", async () => {
    const emulator = createEmulator();
    emulator.load(JSON.parse(readFileSync(MODEL, "utf8")), { global: false });
    const server = await listen(emulator, { port: 0 });
    try {
      const files = await generate("--model", "wind/WindFarm@v1", "--url", server.url, "--project", "demo");
      expect(files).toEqual(filesOf(join(EXAMPLE, "sdk")));
    } finally {
      await server.close();
    }
  });
});
