import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { VERSION } from "../../src/codegen/index.js";
import { createEmulator } from "../../src/emulator/index.js";
import { listen } from "../../src/emulator/node.js";
import { file, text, view } from "../ir/models.js";
import { scriptedServer } from "../tools/scripted-server.js";
import { type Ended, pygen, temporaryFolder } from "./fixture.js";

const good = file({ Pump: { properties: { name: text } } });
const bad = file({ Pump: { implements: [view("Gone")], properties: { name: text } } });
const recordsOnly = file({ Log: { usedFor: "record", properties: { name: text } } });

async function folderWith(json: unknown, name = "model.json"): Promise<string> {
  const cwd = await temporaryFolder();
  await writeFile(path.join(cwd, name), typeof json === "string" ? json : JSON.stringify(json));
  return cwd;
}

const generate = async (json: unknown, ...more: readonly string[]): Promise<Ended & { cwd: string }> => {
  const cwd = await folderWith(json);
  return { ...(await pygen(["generate", "model.json", "--out", "sdk", ...more], { cwd })), cwd };
};

describe("pygen", () => {
  it("shows help with the exit codes", async () => {
    const { exitCode, stdout } = await pygen(["--help"], { cwd: "/" });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Exit codes:");
    for (const command of ["generate", "validate", "emulator", "version"]) expect(stdout).toContain(command);
  });

  it.each([[["version"]], [["--version"]]])("%j prints the version", async (argv) => {
    expect(await pygen(argv, { cwd: "/" })).toEqual({ exitCode: 0, stdout: `${VERSION}\n`, stderr: "" });
  });

  it.each([
    [["generat"], "unknown command 'generat'"],
    [["generate", "--out", "x"], "no model is given"],
    [["generate", "a.json", "--model", "s/M@v1", "--out", "x"], "both given"],
    [["generate", "a.json", "--out", "x", "--language", "cobol"], "Allowed choices are typescript, python."],
    [["generate", "a.json", "--out", "x", "--import-extension", ".mjs"], "Allowed choices"],
    [["validate", "--model", "nonsense", "--url", "http://127.0.0.1:1"], "space/externalId@version"],
    [["validate", "--model", "s/M@v1", "--url", "http://127.0.0.1:1"], "--project"],
    [
      ["validate", "--model", "s/M@v1", "--project", "p", "--url", "http://x"],
      "The environment lacks IDP_CLIENT_ID",
      {},
    ],
    [["validate", "--model", "s/M@v1", "--project", "p"], "--url or --cluster"],
    [
      ["validate", "--model", "s/M@v1", "--project", "p", "--url", "http://x", "--cluster", "c"],
      "one of --url and --cluster",
    ],
    [["emulator", "--port", "70000"], "not a number from 0 to 65535"],
    [["emulator", "--project", "not a name!"], "project"],
    [["emulator", "--chaos", "1.5"], "Invalid chaos '1.5'"],
    [["emulator", "--chaos", "much"], "It is not a number."],
    [["emulator", "--latency", "fast"], "milliseconds"],
    [["emulator", "--latency", "20-10"], "Invalid latency '20,10'"],
    [["emulator", "--rate-limit", "0"], "Invalid rateLimit '0'"],
  ] as const)("exits with 2 for %j", async (argv, message, env = { CDF_TOKEN: "secret" }) => {
    const ended = await pygen(argv, { cwd: "/", env: { ...env } });
    expect(ended.stderr).toContain(message);
    expect(ended).toMatchObject({ exitCode: 2, stdout: "" });
    expect(ended.stderr).not.toContain("secret");
  });
});

describe("what is wrong with a command line", () => {
  it.each([
    [["generat", "--json"], "unknown command 'generat'", "Did you mean generate? --help shows what there is."],
    [["--json"], "unknown option '--json'", "--help shows what there is."],
    [["generate", "a.json", "--json", "--langage", "python"], "unknown option '--langage'", "Did you mean --language?"],
    [["generate", "a.json", "--language", "cobol", "--json"], "Allowed choices are typescript, python.", "--help"],
    [["generate", "--out", "--json"], "no model is given", "Give model files"],
    [["query", "--json", "--model", "s/M@v1"], "missing required argument 'view'", "--help"],
    [["query", "V", "--json"], "required option '--model <id>' not specified", "--help"],
    [["query", "V", "--json", "--model", "s/M@v1", "--where", "{"], "'{' is invalid", "--help"],
    [["emulator", "--json", "--port", "x"], "It is not a number from 0 to 65535.", "--help"],
    [["version", "more", "--json"], "unknown option '--json'", "--help"],
  ])("is told as JSON for %j", async (argv, message, hint) => {
    const { exitCode, stdout, stderr } = await pygen(argv, { cwd: await temporaryFolder() });
    expect(exitCode).toBe(2);
    const told = JSON.parse(stdout);
    expect(told).toEqual({ ok: false, error: expect.anything(), diagnostics: [] });
    expect(told.error.message).toContain(message);
    expect(told.error.hint).toContain(hint);
    expect(stderr).toBe(`error: ${told.error.message}\nhint: ${told.error.hint}\n`);
  });

  it("is told after the help where there is no command", async () => {
    const { exitCode, stdout, stderr } = await pygen([], { cwd: "/" });
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^Usage: pygen[\s\S]*\nerror: no command is given\nhint: --help shows what there is.\n$/);
  });

  it.each([
    ["a folder in place of a file", ["inspect", "model.json", "--output", "."], "EISDIR"],
    ["a path through a file", ["inspect", "model.json", "--output", "model.json/x"], "ENOTDIR"],
    ["nothing to watch", ["generate", "gone.json", "--out", "sdk", "--watch"], "no such file"],
    ["no folder", ["generate", "model.json", "--out", ""], "no folder is given"],
  ])("is told apart from faults of pygen: %s", async (_what, argv, message) => {
    const { exitCode, stderr } = await pygen(argv, { cwd: await folderWith(good) });
    expect([2, 3]).toContain(exitCode);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("fault of pygen");
  });

  it("tells no value of a variable", async () => {
    const cwd = await folderWith(good);
    const { stderr } = await pygen(["validate", "model.json", "--variable", "a b=planted"], { cwd });
    expect(stderr).toContain("--variable a b=… is not of the form name=value");
  });
});

describe("pygen generate", () => {
  it("writes the SDK and says what it wrote", async () => {
    const { exitCode, stdout, stderr, cwd } = await generate(good);
    expect([exitCode, stdout, stderr]).toEqual([0, "2 files in sdk: 2 written, 0 unchanged, 0 removed\n", ""]);
    expect((await readdir(path.join(cwd, "sdk"))).sort()).toEqual([".pygen-manifest.json", "index.ts", "pump.ts"]);
  });

  it("prints the result as JSON", async () => {
    const { stdout } = await generate(good, "--json");
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      out: "sdk",
      written: ["index.ts", "pump.ts"],
      unchanged: [],
      removed: [],
      diagnostics: [],
    });
  });

  it("writes relative imports as asked", async () => {
    const { cwd } = await generate(good, "--import-extension", "none");
    expect(await readFile(path.join(cwd, "sdk/index.ts"), "utf8")).toContain('from "./pump";');
  });

  it("E104: types int64 as asked, with the default values of the file digit for digit", async () => {
    const cwd = await temporaryFolder();
    const property = `{"type":{"type":"int64"},"defaultValue":8238506972502594227}`;
    const mapped = `{"container":{"type":"container","space":"s","externalId":"C"},"containerPropertyIdentifier":"key"}`;
    await writeFile(
      path.join(cwd, "model.json"),
      `{"containers":[{"space":"s","externalId":"C","properties":{"key":${property}}}],
        "views":[{"space":"s","externalId":"V","version":"v1","properties":{"key":${mapped}}}]}`,
    );
    const text = async (...more: readonly string[]): Promise<string> => {
      expect(await pygen(["generate", "model.json", "--out", "sdk", ...more], { cwd })).toMatchObject({ exitCode: 0 });
      return readFile(path.join(cwd, "sdk/v.ts"), "utf8");
    };
    expect(await text()).toContain("  /** Default: 8238506972502594227. */\n  key: number | null;");
    expect(await text("--int64", "bigint")).toContain("key: bigint | null;");
    const wrong = await pygen(["generate", "model.json", "--out", "sdk", "--int64", "string"], { cwd });
    expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("Allowed choices are number, bigint") });
  });

  it("generates one of several data models", async () => {
    const json = good as { dataModels: object[] };
    const [model = {}] = json.dataModels;
    const several = { ...json, dataModels: [model, { ...model, externalId: "Other" }] };
    const { cwd } = await generate(several, "--data-model", "Other");
    expect(await readFile(path.join(cwd, "sdk/index.ts"), "utf8")).toContain("export function other<");
    expect(await generate(several, "--data-model", "Nothing")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("hint: It has: s/Model@v1, s/Other@v1."),
    });
  });

  it.each([
    ["a missing file", undefined, 3, "model file model.json: there is no such file"],
    ["malformed JSON", "{\n spaces: ", 1, "model.json:2: it is not JSON"],
    ["what is no model", "3", 1, "model.json: it holds nothing of a data model"],
    ["a model with several faults", { spaces: [1, 2] }, 1, "spaces[1] must be an object"],
    ["a model of which nothing can be used", recordsOnly, 1, "s/Model@v1: the data model"],
    ["a model without views", { spaces: [] }, 1, "no data model and no views"],
  ])("writes nothing for %s and says why", async (_name, json, code, message) => {
    const cwd = json === undefined ? await temporaryFolder() : await folderWith(json);
    const { exitCode, stdout, stderr } = await pygen(["generate", "model.json", "--out", "sdk"], { cwd });
    expect([exitCode, stdout]).toEqual([code, ""]);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/hint: \S/);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect((await readdir(cwd)).filter((name) => name !== "model.json")).toEqual([]);
  });

  it("writes all but what a missing parent takes away, and nothing with --strict", async () => {
    const message = "warning IR.PARENT_MISSING s/Pump@v1: it implements s/Gone@v1, which is not there";
    const cwd = await folderWith(bad);
    const strict = await pygen(["generate", "model.json", "--out", "sdk", "--strict"], { cwd });
    expect(strict).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("IR.PARENT_MISSING s/Pump@v1") });
    expect(await readdir(cwd)).toEqual(["model.json"]);
    const ended = await pygen(["generate", "model.json", "--out", "sdk"], { cwd });
    expect(ended).toMatchObject({ exitCode: 0, stderr: expect.stringContaining(message) });
    expect(await readFile(path.join(cwd, "sdk/pump.ts"), "utf8")).toContain("name: string | null;");
  });

  it("takes a file with a byte order mark", async () => {
    expect(await generate(`\uFEFF${JSON.stringify(good)}`)).toMatchObject({ exitCode: 0 });
  });

  it("takes a folder, with what is no model in it, and several files", async () => {
    const cwd = await folderWith({ name: "package" }, "package.json");
    await mkdir(path.join(cwd, "models/node_modules"), { recursive: true });
    await writeFile(path.join(cwd, "models/node_modules/broken.json"), "{");
    await writeFile(path.join(cwd, "models/a.json"), JSON.stringify(good));
    await writeFile(path.join(cwd, "b.view.yaml"), "space: s\nexternalId: Tank\nversion: {{ v }}\n");
    await writeFile(path.join(cwd, "values.yaml"), "v: v2\n");
    const argv = ["generate", ".", "--variables", "values.yaml", "--out", "sdk"];
    expect(await pygen(argv, { cwd })).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await pygen(["validate", "models/a.json", "b.view.yaml", "--variable", "v=v3"], { cwd })).toMatchObject({
      exitCode: 0,
    });
    expect(await pygen(["validate", "b.view.yaml", "--variable", "v"], { cwd })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("--variable v is not of the form name=value"),
    });
    expect(await pygen(["validate", "models/node_modules/.."], { cwd })).toMatchObject({ exitCode: 0 });
    await mkdir(path.join(cwd, "empty"));
    expect(await pygen(["validate", "empty"], { cwd })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("there is no model file in empty"),
    });
  });

  it("reads a model that comes in by -", async () => {
    const cwd = await temporaryFolder();
    const stdin = "type Pump { name: String }";
    const argv = ["generate", "-", "--data-model", "s/Pumps@v1", "--out", "sdk"];
    expect(await pygen(argv, { cwd, stdin })).toMatchObject({ exitCode: 0 });
    expect(await readFile(path.join(cwd, "sdk/pump.ts"), "utf8")).toContain('NodeView<"s/Pump@v1">');
  });

  it("tells of diagnostics with --json too, and exits with 1", async () => {
    const { exitCode, stdout } = await generate(recordsOnly, "--json");
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      written: [],
      diagnostics: [{ code: "IR.RECORD_VIEW" }, { code: "IR.NO_VIEWS" }],
    });
  });

  it("finds what the model builds on in the files given", async () => {
    const cwd = await folderWith(bad);
    await writeFile(path.join(cwd, "base.json"), JSON.stringify(file({ Gone: { properties: { inherited: text } } })));
    const ended = await pygen(["generate", "model.json", "--out", "sdk", "--depends-on", "base.json"], { cwd });
    expect(ended.exitCode).toBe(0);
    expect(await readFile(path.join(cwd, "sdk/pump.ts"), "utf8")).toContain("inherited: string | null;");
  });

  it("finds the system models by itself", async () => {
    const { exitCode, cwd } = await generate(
      file({
        Pump: {
          implements: [view("CogniteAsset", "v1", "cdf_cdm"), view("Sourceable", "v1", "cdf_core")],
          properties: { own: text },
        },
      }),
    );
    expect(exitCode).toBe(0);
    const pump = await readFile(path.join(cwd, "sdk/pump.ts"), "utf8");
    expect(pump).toContain("Inherited from CogniteDescribable.");
    expect(pump).toContain('readOnly: "path" | "pathLastUpdatedTime" | "root"');
  });

  it("refuses a folder of somebody else", async () => {
    const cwd = await folderWith(good);
    await mkdir(path.join(cwd, "sdk"));
    await writeFile(path.join(cwd, "sdk/mine.ts"), "mine");
    const ended = await pygen(["generate", "model.json", "--out", "sdk"], { cwd });
    expect(ended).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining("files in it that pygen did not write"),
    });
    expect(await readdir(path.join(cwd, "sdk"))).toEqual(["mine.ts"]);
  });
});

describe("pygen generate --model", () => {
  const create = ["spaces", "containers", "views", "dataModels"] as const;
  async function service(): Promise<string> {
    const emulator = createEmulator();
    emulator.load(Object.fromEntries(create.map((part) => [part, (good as Record<string, unknown>)[part]])));
    const server = await listen(emulator);
    onTestFinished(() => server.close());
    return server.url;
  }

  it("generates from a service, with the token from the environment or a file", async () => {
    const url = await service();
    const cwd = await folderWith(" secret \n", "token");
    const argv = ["generate", "--model", "s/Model@v1", "--url", url, "--project", "demo", "--out"];
    expect(await pygen([...argv, "a"], { cwd, env: { CDF_TOKEN: "secret" } })).toMatchObject({
      exitCode: 0,
      stderr: "",
    });
    expect(await pygen([...argv, "b", "--token-file", "token"], { cwd })).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await readFile(path.join(cwd, "a/pump.ts"), "utf8")).toBe(
      await readFile(path.join(cwd, "b/pump.ts"), "utf8"),
    );
  });

  it("signs in as the environment says, and keeps nothing of it in files", async () => {
    const url = await service();
    const provider = await scriptedServer(() => ({
      body: { access_token: "planted-token", token_type: "Bearer", expires_in: 3_600 },
    }));
    onTestFinished(() => provider.close());
    const cwd = await temporaryFolder();
    const env = {
      HOME: cwd,
      CDF_URL: url,
      CDF_PROJECT: "demo",
      IDP_TOKEN_URL: `${provider.url}/token`,
      IDP_CLIENT_ID: "generator",
      IDP_CLIENT_SECRET: "planted-secret",
    };
    const ended = await pygen(["generate", "--model", "s/Model@v1", "--out", "a"], { cwd, env });
    expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
    expect(provider.received).toHaveLength(1);
    expect(await readdir(cwd)).toEqual(["a"]);
  });

  it("asks a user to sign in where there is no secret, and says why that cannot be", async () => {
    const url = await service();
    const cwd = await temporaryFolder();
    const env = { HOME: cwd, CDF_URL: url, CDF_PROJECT: "demo", IDP_CLIENT_ID: "generator" };
    const argv = ["generate", "--model", "s/Model@v1", "--out", "sdk"];
    expect(await pygen(argv, { cwd, env: { ...env, IDP_TOKEN_URL: "http://127.0.0.1:1/token" } })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("IDP_AUTHORITY_URL"),
    });
    expect(await pygen(argv, { cwd, env: { ...env, IDP_AUTHORITY_URL: "http://127.0.0.1:1" } })).toMatchObject({
      stderr: expect.stringContaining("identity provider at 127.0.0.1:1"),
    });
  });

  it("gives the same SDK as from the file", async () => {
    const url = await service();
    const fromFile = await generate(good);
    const cwd = await temporaryFolder();
    await pygen(["generate", "--model", "s/Model@v1", "--url", url, "--project", "demo", "--out", "sdk"], {
      cwd,
      env: { CDF_TOKEN: "t" },
    });
    for (const name of ["index.ts", "pump.ts"]) {
      expect(await readFile(path.join(cwd, "sdk", name), "utf8")).toBe(
        await readFile(path.join(fromFile.cwd, "sdk", name), "utf8"),
      );
    }
  });

  it("tells of a data model that is not there, and of a missing token", async () => {
    const url = await service();
    const cwd = await temporaryFolder();
    const argv = ["generate", "--model", "s/Gone@v1", "--url", url, "--project", "demo", "--out", "sdk"];
    expect(await pygen(argv, { cwd, env: { CDF_TOKEN: "t" } })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("project demo has no data model s/Gone@v1"),
    });
    expect(await pygen(argv, { cwd })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("CDF_TOKEN") });
    expect(await readdir(cwd)).toEqual([]);
  });
});

describe("pygen validate", () => {
  it("tells with --json as JSON of a file that is not there, and of one that holds no model", async () => {
    const cwd = await folderWith("{ no json");
    const gone = await pygen(["validate", "gone.json", "--json"], { cwd });
    expect([gone.exitCode, JSON.parse(gone.stdout)]).toEqual([
      3,
      {
        ok: false,
        error: { message: "model file gone.json: there is no such file", hint: "Check the path." },
        diagnostics: [],
      },
    ]);
    const broken = await pygen(["validate", "model.json", "--json"], { cwd });
    expect([broken.exitCode, JSON.parse(broken.stdout)]).toMatchObject([
      1,
      { ok: false, error: { name: "ModelError", message: expect.stringContaining("it is not JSON") } },
    ]);
    expect(broken.stderr).toMatch(/^error: .*model.json:\d+: it is not JSON/);
  });

  it("prints every diagnostic, the worst first, with its place and what to do", async () => {
    const json = file({
      class: { implements: [view("Gone")], properties: { class: text, fooBar: text, foo_bar: text } },
    });
    const { exitCode, stdout } = await pygen(["validate", "model.json"], { cwd: await folderWith(json) });
    expect(exitCode).toBe(0);
    expect(stdout.split("\n").filter((line) => /^\w/.test(line))).toEqual([
      expect.stringMatching(/^warning IR.PARENT_MISSING s\/class@v1: /),
      expect.stringMatching(/^warning IR.NAME_CLASH s\/class@v1.foo_bar: /),
      expect.stringMatching(/^note IR.NAME_ESCAPED s\/class@v1.class: /),
      "0 errors, 2 warnings, 1 note",
    ]);
  });

  it("exits with 0 when there are no errors, as text and as JSON", async () => {
    const cwd = await folderWith(good);
    expect(await pygen(["validate", "model.json"], { cwd })).toEqual({
      exitCode: 0,
      stdout: "0 errors, 0 warnings, 0 notes\n",
      stderr: "",
    });
    const { stdout } = await pygen(["validate", "model.json", "--json", "--data-model", "Model"], { cwd });
    expect(JSON.parse(stdout)).toEqual({ ok: true, diagnostics: [] });
  });
});

describe("pygen emulator", () => {
  /** Runs the emulator, gives its first line to the check, and stops it. */
  async function whileRunning(
    argv: readonly string[],
    cwd: string,
    check: (line: string) => Promise<void>,
  ): Promise<Ended> {
    let stop: () => void = () => {};
    const stopped = new Promise<void>((resolve) => {
      stop = resolve;
    });
    let first: (line: string) => void = () => {};
    const line = new Promise<string>((resolve) => {
      first = resolve;
    });
    const ended = pygen(["emulator", ...argv], { cwd, stopped: () => stopped, onStdout: (text) => first(text) });
    void ended.then(() => first(""));
    await check(await line).finally(stop);
    return ended;
  }

  it("serves until it is stopped; its first line says where", async () => {
    const cwd = await folderWith(good);
    const { exitCode } = await whileRunning(
      ["--json", "--port", "0", "--load", "model.json", "--project", "acme"],
      cwd,
      async (line) => {
        const { url, project } = JSON.parse(line);
        expect(project).toBe("acme");
        const answer = await fetch(`${url}/api/v1/projects/acme/models/datamodels?space=s`, {
          headers: { authorization: "Bearer t" },
        });
        expect(await answer.json()).toMatchObject({ items: [{ externalId: "Model", isGlobal: false }] });
        const other = await fetch(`${url}/api/v1/projects/other/models/spaces`, {
          headers: { authorization: "Bearer t" },
        });
        expect(other.status).toBeGreaterThanOrEqual(400);
      },
    );
    expect(exitCode).toBe(0);
  });

  it("serves any project where none is named", async () => {
    await whileRunning(["--json"], "/", async (line) => {
      const { url, project } = JSON.parse(line);
      for (const name of [project, "another"]) {
        const answer = await fetch(`${url}/api/v1/projects/${name}/models/spaces`, {
          headers: { authorization: "Bearer t" },
        });
        expect(answer.status).toBe(200);
      }
    });
    await whileRunning([], "/", async (line) =>
      expect(line).toMatch(/^● Emulator ready at http:\/\/127\.0\.0\.1:\d+\n {2}Project {3}emulator \(or any other\)/),
    );
  });

  it("tells people in colour what it serves, on a terminal without NO_COLOR alone", async () => {
    const cwd = await folderWith(good);
    const argv = ["emulator", "--load", "model.json", "--latency", "1-2", "--chaos", "0.5", "--rate-limit", "9"];
    const stdout = async (isTerminal: boolean, env: Record<string, string>) =>
      (await pygen([...argv, "--read-only"], { cwd, isTerminal, env })).stdout;
    const plain = await stdout(false, {});
    expect(plain).toContain("Loaded    model.json 1 space, 1 container, 1 view, 1 data model");
    expect(plain).toContain("calls take 1 to 2 ms longer, 50 % of them fail, at most 9 a second, read only");
    const coloured = await stdout(true, {});
    expect(coloured).toContain("\u001b[1mEmulator ready\u001b[22m");
    expect(plain + (await stdout(true, { NO_COLOR: "1" }))).not.toContain("\u001b");
  });

  it("serves under the conditions asked for", async () => {
    await whileRunning(["--json", "--read-only", "--rate-limit", "2", "--retry-after"], "/", async (line) => {
      const { url, project, page } = JSON.parse(line);
      expect(await (await fetch(page)).text()).toContain("Pygen emulator");
      const call = (init: RequestInit) =>
        fetch(`${url}/api/v1/projects/${project}/models/spaces`, { headers: { authorization: "Bearer t" }, ...init });
      expect((await call({ method: "POST", body: '{"items":[{"space":"s"}]}' })).status).toBe(403);
      expect((await call({})).status).toBe(200);
      const refused = await call({});
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
    });
  });

  it("tells of a port that is in use", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = String(typeof address === "object" ? address?.port : 0);
    const ended = await pygen(["emulator", "--port", port], { cwd: "/" });
    await new Promise((resolve) => server.close(resolve));
    expect(ended).toMatchObject({
      exitCode: 3,
      stdout: "",
      stderr: expect.stringContaining(`Port ${port} of 127.0.0.1 is in use`),
    });
  });

  it("tells of a model that cannot be loaded", async () => {
    expect(await pygen(["emulator", "--load", "model.json"], { cwd: await folderWith(bad) })).toMatchObject({
      exitCode: 1,
      stdout: "",
    });
    expect(await pygen(["emulator", "--load", "gone.json"], { cwd: "/" })).toMatchObject({ exitCode: 3, stdout: "" });
  });
});

describe("errors", () => {
  it("come with a stack trace only where it is asked for", async () => {
    const cwd = await temporaryFolder();
    const quiet = await pygen(["validate", "gone.json"], { cwd });
    const loud = await pygen(["validate", "gone.json"], { cwd, env: { PYGEN_DEBUG: "1" } });
    expect(quiet.stderr).not.toContain("at ");
    expect(loud.stderr).toMatch(/\n {4}at /);
  });

  it("of pygen itself have an exit code of their own", async () => {
    const broken = (): Promise<void> => {
      throw new TypeError("broken");
    };
    const ended = await pygen(["emulator"], { cwd: "/", stopped: broken });
    expect(ended).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining("error: broken\nhint: This is a fault of pygen."),
    });
  });
});
