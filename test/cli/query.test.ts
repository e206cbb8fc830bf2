import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { readModelDocument } from "../../src/codegen/index.js";
import { createEmulator } from "../../src/emulator/index.js";
import { listen } from "../../src/emulator/node.js";
import { container, file, text } from "../ir/models.js";
import { type Ended, pygen } from "./fixture.js";

async function service(): Promise<(...argv: readonly string[]) => Promise<Ended>> {
  const model = file({ Pump: { properties: { name: text, size: { type: { type: "int32" } } } } });
  const nodes = ["a", "b", "c"].map((name, size) => ({
    instanceType: "node",
    space: "s",
    externalId: name,
    sources: [{ source: container("Pump_v1"), properties: { name: `Pump ${name}\u0007`, size } }],
  }));
  const emulator = createEmulator();
  emulator.load(readModelDocument({ ...model, instances: { nodes } }), { global: false });
  const server = await listen(emulator, { port: 0 });
  onTestFinished(() => server.close());
  const access = ["--model", "s/Model@v1", "--url", server.url, "--project", "plant"];
  return (...argv) => pygen(["query", ...argv, ...access], { cwd: "/", env: { CDF_TOKEN: "token" } });
}

describe("pygen query", () => {
  it("prints a table, or a line of JSON for each row", async () => {
    const query = await service();
    const table = await query("Pump", "--select", `{"name":true}`, "--sort", `[{"name":"desc"}]`, "--limit", "2");
    expect(table.exitCode).toBe(0);
    expect(table.stdout).toMatch(/│ space │ externalId │ name/);
    expect(table.stdout).toContain("│ s     │ c          │ Pump c ");
    expect(table.stdout).toMatch(/\n2 rows\n$/);
    const lines = await query("pump", "--where", `{"size":{"gte":1}}`, "--json");
    expect(
      lines.stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).size),
    ).toEqual([1, 2]);
    expect((await query("Pump", "--where", `{"size":{"gte":9}}`)).stdout).toBe("0 rows\n");
  });

  it("searches, and aggregates", async () => {
    const query = await service();
    const found = await query("Pump", "--search", "b", "--json");
    expect(JSON.parse(found.stdout)).toMatchObject({ externalId: "b", size: 1 });
    expect((await query("Pump", "--search", "pump", "--limit", "2")).stdout).toMatch(/\n2 rows\n$/);
    const asked = `{"count":true,"max":{"size":true}}`;
    const counted = await query("Pump", "--aggregate", asked, "--where", `{"size":{"lt":2}}`);
    expect(JSON.parse(counted.stdout)).toEqual({ count: 2, max: { size: 1 } });
  });

  it("prints the requests with --explain", async () => {
    const query = await service();
    const { stdout } = await query("Pump", "--explain");
    expect(stdout).toMatch(/^Rows of \w+\/Pump@v1, at most 25\.\n1\. list, pages of 25\./);
    const json = await query("Pump", "--explain", "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({ stages: [{ endpoint: "list" }], text: stdout.trim() });
  });

  it.each([
    [["Gone"], "has no view Gone\nhint: It has pump."],
    [["Pump", "--where", "{"], "--where"],
    [["Pump", "--limit", "0"], "It is not a number from 1."],
    [["Pump", "--aggregate", `{"avg":{"name":true}}`], "'name' of view s/Pump@v1 is not numeric"],
    [["Pump", "--aggregate", "{}", "--search", "a"], "cannot be used with"],
    [["Pump", "--where", `{"nmae":{"eq":"x"}}`], "nmae"],
  ])("tells what is wrong with %j", async (argv, message) => {
    const query = await service();
    const { exitCode, stderr } = await query(...argv);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe("pygen completion", () => {
  it.each(["bash", "zsh", "fish"])("prints a script for %s with every command and its options", async (shell) => {
    const { exitCode, stdout } = await pygen(["completion", shell], { cwd: "/" });
    expect(exitCode).toBe(0);
    for (const word of ["generate", "inspect", "query", "emulator", "dry-run", "exclude-view"])
      expect(stdout).toContain(word);
  });

  it("completes commands, options and values in a real bash, also after options of all commands", async () => {
    const { stdout: script } = await pygen(["completion", "bash"], { cwd: "/" });
    const lines = ["gen", "--verb", "-q gen", "generate --che", "generate --language ", "inspect --format s"];
    const asked = [...lines, "generate -q --int64 b", "completion ", "generate /etc/host"].map((line) => {
      const words = ["pygen", ...line.split(" ")];
      const given = words.map((word) => `'${word}'`).join(" ");
      return `COMP_WORDS=(${given}); COMP_CWORD=${words.length - 1}; COMPREPLY=(); _pygen; echo "\${COMPREPLY[*]}"`;
    });
    const { stdout } = await promisify(execFile)("bash", ["-uc", [script, ...asked].join("\n")]);
    expect(stdout.trimEnd().split("\n")).toEqual([
      "generate",
      "--verbose",
      "generate",
      "--check",
      "typescript python",
      "svg",
      "bigint",
      "bash zsh fish",
      expect.stringContaining("/etc/hosts"),
    ]);
  });

  it("refuses other shells", async () => {
    expect(await pygen(["completion", "tcsh"], { cwd: "/" })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("Allowed choices are bash, zsh, fish."),
    });
  });
});

describe("pygen login", () => {
  const argv = ["login", "--url", "http://127.0.0.1:1", "--project", "plant"];

  it("has nothing to do where a token is given", async () => {
    const ended = await pygen(argv, { cwd: "/", env: { CDF_TOKEN: "hush" } });
    expect(ended).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("a token is given") });
    expect(ended.stderr).not.toContain("hush");
  });

  it("names the variables that it lacks", async () => {
    expect(await pygen(argv, { cwd: "/" })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("The environment lacks IDP_CLIENT_ID, IDP_TENANT_ID"),
    });
  });
});
