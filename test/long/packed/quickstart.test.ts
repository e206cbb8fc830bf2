import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { PackedApp, ROOT } from "./packed-app.js";

let app: PackedApp;

beforeAll(async () => {
  app = await PackedApp.create();
});

afterAll(() => app.remove());

const withoutComment = (line: string): string => line.replace(/\s+#.*$/, "");

/** The commands of a text's shell blocks, in their order. */
function commandsOf(text: string): readonly string[] {
  const blocks = [...text.matchAll(/```sh\n(.*?)```/gs)].map(([, block = ""]) => block.trim());
  return blocks.flatMap((block) => block.split("\n")).map(withoutComment);
}

const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");

it("gets from an empty folder to a typed query by the commands of the README and of the first page", async () => {
  // A program that runs TypeScript is the only other package they install.
  const commands = [
    "npm init -y && npm install pygen tsx",
    "npx pygen init --example",
    "npx pygen generate",
    "npx pygen emulator --port 4000 --load model.json &",
    "npx tsx main.ts",
  ];
  const [, quickstart = ""] = /## Quickstart\n(.*?)\n## /s.exec(read("README.md")) ?? [];
  expect(commandsOf(quickstart)).toEqual(commands);
  const start = read("docs/start.md");
  expect(commandsOf(start)).toEqual(commands);
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
    const printed = await app.run(process.execPath, [tsx, "main.ts"], { CDF_URL: url });
    expect(printed).toBe("A1: 8 MW, Horns Rev");
    expect(start).toContain(`It prints \`${printed}\``);
    expect(start).toContain(`\`\`\`ts\n${readFileSync(app.path("main.ts"), "utf8")}\`\`\``);
  } finally {
    emulator.kill();
  }
});
