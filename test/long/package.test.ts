import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const doors = ["pygen", "pygen/codegen", "pygen/emulator", "pygen/emulator/node"];
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

let app: string;

function run(command: string, args: string[]): string {
  return execFileSync(command, args, { cwd: app, encoding: "utf8" });
}

beforeAll(() => {
  app = mkdtempSync(path.join(tmpdir(), "pygen-packed-"));
  execFileSync(npm, ["pack", "--ignore-scripts", "--pack-destination", app], { cwd: root, stdio: "pipe" });
  const tarball = readdirSync(app).find((name) => name.endsWith(".tgz"));
  if (!tarball) throw new Error("npm pack wrote no tarball");
  writeFileSync(path.join(app, "package.json"), JSON.stringify({ name: "app", private: true }));
  run(npm, ["install", "--offline", "--no-audit", "--no-fund", `./${tarball}`]);
}, 120_000);

afterAll(() => rmSync(app, { recursive: true, force: true }));

describe("the packed package, installed in an empty project", () => {
  it("installs nothing but itself", () => {
    const installed = readdirSync(path.join(app, "node_modules")).filter((name) => !name.startsWith("."));
    expect(installed).toEqual(["pygen"]);
  });

  it.each(doors)("%s loads by import and by require, with the same names", (door) => {
    const names = `Object.keys(door).filter((name) => name !== "default").sort().join()`;
    const imported = run(process.execPath, [
      "--input-type=module",
      "-e",
      `import * as door from "${door}"; console.log(${names})`,
    ]);
    const required = run(process.execPath, ["-e", `const door = require("${door}"); console.log(${names})`]);
    expect(imported.trim()).not.toBe("");
    expect(required).toBe(imported);
  });

  it("puts the command pygen in place", () => {
    const command = path.join(app, "node_modules", ".bin", process.platform === "win32" ? "pygen.cmd" : "pygen");
    expect(run(command, ["--help"])).toContain("emulator");
  });
});
