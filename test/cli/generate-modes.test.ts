import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { file, text } from "../ir/models.js";
import { pygen, temporaryFolder } from "./fixture.js";

const model = (...properties: readonly string[]): string =>
  JSON.stringify(file({ Pump: { properties: Object.fromEntries(properties.map((id) => [id, text])) } }));

async function generated(): Promise<string> {
  const cwd = await temporaryFolder();
  await writeFile(path.join(cwd, "model.json"), model("name"));
  expect(await pygen(["generate", "model.json", "--out", "sdk"], { cwd })).toMatchObject({ exitCode: 0 });
  return cwd;
}

/** A command that goes on until it is stopped, and what waits until it has told something. */
function watching(argv: readonly string[], cwd: string) {
  let stop = (): void => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  let told = "";
  const tell = (output: string): void => {
    told += output;
  };
  const until = async (part: string): Promise<void> => {
    while (!told.includes(part)) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  return { until, stop, ended: pygen(argv, { cwd, stopped: () => stopped, onStdout: tell, onStderr: tell }) };
}

describe("pygen generate --check", () => {
  it("ends with 0 and one line where all is as it would be generated, with --quiet and --json without it", async () => {
    const cwd = await generated();
    const check = (...more: readonly string[]) =>
      pygen(["generate", "model.json", "--out", "sdk", "--check", ...more], { cwd });
    const stdout = "2 files in sdk: all as they would be generated\n";
    expect(await check()).toEqual({ exitCode: 0, stdout, stderr: "" });
    expect(await check("--quiet")).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    const json = await check("--json");
    expect([json.exitCode, JSON.parse(json.stdout)]).toMatchObject([0, { ok: true, written: [] }]);
  });

  it("takes paths of the command line from where it was given, those of a configuration from its folder", async () => {
    const cwd = await temporaryFolder();
    await mkdir(path.join(cwd, "config"));
    await writeFile(path.join(cwd, "config/model.json"), model("name"));
    const config = '{ "sdks": [{ "models": ["model.json"], "out": "sdk" }] }';
    await writeFile(path.join(cwd, "config/pygen.config.json"), config);
    const argv = ["generate", "--config", "config/pygen.config.json"];
    expect(await pygen([...argv, "--out", "here"], { cwd })).toMatchObject({ exitCode: 0 });
    expect(await pygen(argv, { cwd })).toMatchObject({ exitCode: 0 });
    expect((await readdir(cwd)).sort()).toEqual(["config", "here"]);
    expect((await readdir(path.join(cwd, "config"))).sort()).toEqual(["model.json", "pygen.config.json", "sdk"]);
  });

  it("names the command that mends it as it was given: a configuration, another one, options, texts with blanks", async () => {
    const cwd = await generated();
    await writeFile(path.join(cwd, "pygen.config.json"), '{ "sdks": [{ "models": ["model.json"], "out": "sdk" }] }');
    await writeFile(path.join(cwd, "my.json"), '{ "sdks": [{ "models": ["model.json"], "out": "sdk" }] }');
    await writeFile(path.join(cwd, "model.json"), model("name", "pressure"));
    const hintOf = async (...more: readonly string[]) =>
      (await pygen(["generate", ...more, "--check", "--json"], { cwd })).stderr.split("\n")[1];
    expect(await hintOf()).toBe("hint: Run pygen generate and commit the result.");
    expect(await hintOf("--config", "my.json")).toBe(
      "hint: Run pygen generate --config my.json and commit the result.",
    );
    const values = ["model.json", "--out", "sdk", "--variable", "token=planted", "--variable=key=planted too"];
    expect(await hintOf(...values)).toBe(
      "hint: Run pygen generate model.json --out sdk --variable 'token=…' '--variable=key=…', with your values in place of …, and commit the result.",
    );
    expect(await hintOf("model.json", "--int64", "bigint", "--out", "it's here")).toBe(
      "hint: Run pygen generate model.json --int64 bigint --out 'it'\\''s here' and commit the result.",
    );
  });

  it("E131: ends with 1, a unified diff and the command that mends it, and writes nothing", async () => {
    const cwd = await generated();
    await writeFile(path.join(cwd, "model.json"), model("name", "pressure"));
    const before = await readFile(path.join(cwd, "sdk/pump.ts"), "utf8");
    const { exitCode, stdout, stderr } = await pygen(["generate", "model.json", "--out", "sdk", "--check"], { cwd });
    expect(exitCode).toBe(1);
    expect(stdout).toContain("--- a/sdk/pump.ts\n+++ b/sdk/pump.ts\n@@ -1,8 +1,9 @@\n");
    expect(stdout).toContain("\n   name: string | null;\n+  pressure: string | null;\n");
    expect(stderr).toBe(
      "error: sdk is not what would be generated\nhint: Run pygen generate model.json --out sdk and commit the result.\n",
    );
    expect(await readFile(path.join(cwd, "sdk/pump.ts"), "utf8")).toBe(before);
  });

  it("tells of files that are missing, stale or were changed by hand", async () => {
    const cwd = await generated();
    await rm(path.join(cwd, "sdk/pump.ts"));
    await writeFile(path.join(cwd, "sdk/index.ts"), "changed\n");
    const renamed = JSON.stringify(file({ Tank: { properties: { name: text } } }));
    await writeFile(path.join(cwd, "other.json"), renamed);
    const { stdout } = await pygen(["generate", "model.json", "--out", "sdk", "--check"], { cwd });
    expect(stdout).toContain("--- /dev/null\n+++ b/sdk/pump.ts\n");
    expect(stdout).toContain("-changed\n");
    const other = await pygen(["generate", "other.json", "--out", "sdk", "--check", "--json"], { cwd });
    expect(other.exitCode).toBe(1);
    expect(JSON.parse(other.stdout)).toMatchObject({ ok: false, written: ["index.ts", "tank.ts"], removed: [] });
  });
});

describe("pygen generate", () => {
  it("E130: prints with --dry-run what it would write and remove, and does neither", async () => {
    const cwd = await generated();
    await writeFile(path.join(cwd, "model.json"), JSON.stringify(file({ Tank: { properties: { name: text } } })));
    const { exitCode, stdout } = await pygen(["generate", "model.json", "--out", "sdk", "--dry-run"], { cwd });
    expect([exitCode, stdout]).toEqual([
      0,
      "write sdk/index.ts\nwrite sdk/tank.ts\nremove sdk/pump.ts\n2 files in sdk: 2 to write, 0 unchanged, 1 to remove\n",
    ]);
    expect((await readdir(path.join(cwd, "sdk"))).sort()).toEqual([".pygen-manifest.json", "index.ts", "pump.ts"]);
  });

  it("tells single files and notes with --verbose, and with --quiet errors alone", async () => {
    const cwd = await generated();
    const away = { type: "view", space: "s", externalId: "Gone", version: "v1" } as const;
    const json = file({ Pump: { properties: { class: { type: { type: "direct" }, source: away } } } });
    await writeFile(path.join(cwd, "model.json"), JSON.stringify(json));
    const verbose = await pygen(["generate", "model.json", "--out", "sdk", "--verbose"], { cwd });
    expect(verbose.stdout).toMatch(/^write sdk\/pump.ts\n2 files/);
    expect(verbose.stderr).toContain("note IR.TARGET_MISSING s/Pump@v1.class");
    expect(await pygen(["--quiet", "generate", "model.json", "--out", "sdk"], { cwd })).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: "",
    });
  });

  it("writes nothing with --strict where there are warnings", async () => {
    const cwd = await temporaryFolder();
    await writeFile(path.join(cwd, "model.json"), JSON.stringify(file({ Query: { properties: { a: text } } })));
    expect(await pygen(["generate", "model.json", "--out", "sdk", "--strict"], { cwd })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("error IR.REFUSED s/Query@v1"),
    });
    expect(await readdir(cwd)).toEqual(["model.json"]);
  });

  it("generates again with --watch when a file changes, and goes on after a file that cannot be read", async () => {
    const cwd = await generated();
    const { until, stop, ended } = watching(["generate", "model.json", "--out", "sdk", "--watch"], cwd);
    await until("watching 1 file or folder");
    await until("0 written, 2 unchanged");
    await writeFile(path.join(cwd, "model.json"), "{");
    await until("it is not JSON");
    await writeFile(path.join(cwd, "model.json"), model("name", "pressure"));
    await until("1 written, 1 unchanged");
    stop();
    expect(await ended).toMatchObject({ exitCode: 0 });
    expect(await readFile(path.join(cwd, "sdk/pump.ts"), "utf8")).toContain("pressure");
  });

  it.each(["pygen.config.yaml", "pygen.config.mjs"])("generates again with --watch when %s changes", async (file) => {
    const cwd = await generated();
    const write = (reserved: string): Promise<void> => {
      const config = `{ "sdks": [{ "models": ["model.json"], "out": "new", "naming": { "reserved": ["${reserved}"] } }] }`;
      return writeFile(path.join(cwd, file), file.endsWith("mjs") ? `export default ${config};` : config);
    };
    await write("x");
    const { until, stop, ended } = watching(["generate", "--watch"], cwd);
    await until("watching 2 files and folders");
    await until("2 written, 0 unchanged");
    await write("name");
    await until("1 written, 1 unchanged");
    stop();
    expect(await ended).toMatchObject({ exitCode: 0 });
    expect(await readFile(path.join(cwd, "new/pump.ts"), "utf8")).toContain("  name_: string | null;");
  });

  it.each([
    [["generate", "-", "--out", "sdk", "--watch"], "--watch needs files"],
    [["generate", "model.json", "--out", "sdk", "--watch", "--check"], "--watch goes with neither"],
    [["generate", "model.json"], "no folder is given"],
  ])("exits with 2 for %j", async (argv, message) => {
    const cwd = await generated();
    expect(await pygen(argv, { cwd })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
  });
});

describe("pygen validate --explain", () => {
  it("says what a code means", async () => {
    expect(await pygen(["validate", "--explain", "ir.name_clash"], { cwd: "/" })).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("IR.NAME_CLASH (warning): Two ids, one name"),
    });
    const { stdout } = await pygen(["validate", "--explain", "IR.NAME_CLASH", "--json"], { cwd: "/" });
    expect(JSON.parse(stdout)).toMatchObject({ code: "IR.NAME_CLASH", severity: "warning" });
    expect(await pygen(["validate", "--explain", "IR.NOTHING"], { cwd: "/" })).toMatchObject({ exitCode: 2 });
  });
});
