import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { PackedApp, ROOT } from "./packed-app.js";

let app: PackedApp;

beforeAll(async () => {
  app = await PackedApp.create();
}, 120_000);

afterAll(() => app.remove());

/** The commands of the README's quickstart; a program that runs TypeScript is the only other package they install. */
function commands(): readonly string[] {
  const readme = readFileSync(path.join(ROOT, "README.md"), "utf8");
  const [, block = ""] = /## Quickstart\n[^`]*```sh\n(.*?)```/s.exec(readme) ?? [];
  return block
    .trim()
    .split("\n")
    .map((line) => line.replace(/\s+#.*$/, ""));
}

it("gets from an empty folder to a typed query by the commands of the README's quickstart", async () => {
  expect(commands()).toEqual([
    "npm init -y && npm install pygen tsx",
    "npx pygen init --example",
    "npx pygen generate",
    "npx pygen emulator --port 4000 --load model.json &",
    "npx tsx main.ts",
  ]);
  const pygen = app.path("node_modules/pygen/dist/cli/main.js");
  expect(await app.run(process.execPath, [pygen, "init", "--example"])).toContain("run pygen generate");
  expect(await app.run(process.execPath, [pygen, "generate"])).toBe(
    "3 files in sdk: 3 written, 0 unchanged, 0 removed",
  );
  const emulator = spawn(process.execPath, [pygen, "emulator", "--port", "0", "--load", "model.json", "--json"], {
    cwd: app.folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const line = await new Promise<string>((resolve) => emulator.stdout.once("data", (text) => resolve(String(text))));
    const { url }: { url: string } = JSON.parse(line);
    const tsx = path.join(ROOT, "node_modules/tsx/dist/cli.mjs");
    expect(await app.run(process.execPath, [tsx, "main.ts"], { CDF_URL: url })).toBe("A1: 8 MW, Horns Rev");
  } finally {
    emulator.kill();
  }
}, 120_000);
