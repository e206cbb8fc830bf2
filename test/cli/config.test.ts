import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { compile } from "../codegen/compile.js";
import { direct, file, text, view } from "../ir/models.js";
import { pygen, temporaryFolder } from "./fixture.js";

const plant = JSON.stringify(
  file({
    Pump: { properties: { name: text, wind_speed: text, site: direct(view("Site")) } },
    Site: { properties: { name: text } },
  }),
);

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const cwd = await temporaryFolder();
  for (const [name, content] of Object.entries({ "models/plant.json": plant, ...files })) {
    await mkdir(path.dirname(path.join(cwd, name)), { recursive: true });
    await writeFile(path.join(cwd, name), content);
  }
  return cwd;
}

const yaml = `
sdks:
  - name: plant
    models: [models]
    out: src/plant
    exclude: {views: [Site]}
    rename: {views: {Pump: WaterPump}, properties: {Pump.wind_speed: speed}, model: Plant}
    naming: {files: snake}
    typescript: {importExtension: .ts}
  - models: [models/plant.json]
    out: src/other
`;

describe("pygen.config", () => {
  it("gives every SDK of a configuration its options", async () => {
    const cwd = await folderOf({ "pygen.config.yaml": yaml });
    const { exitCode, stdout } = await pygen(["generate"], { cwd });
    expect([exitCode, stdout]).toEqual([
      0,
      "2 files in src/plant: 2 written, 0 unchanged, 0 removed\n3 files in src/other: 3 written, 0 unchanged, 0 removed\n",
    ]);
    expect((await readdir(path.join(cwd, "src/plant"))).sort()).toEqual([
      ".pygen-manifest.json",
      "index.ts",
      "water_pump.ts",
    ]);
    const index = await readFile(path.join(cwd, "src/plant/index.ts"), "utf8");
    expect(index).toContain("export function plant<");
    expect(index).toContain('from "./water_pump.ts"');
  });

  it("is overridden by flags, and one of its SDKs can be chosen", async () => {
    const cwd = await folderOf({ "pygen.config.yaml": yaml });
    const argv = [
      "generate",
      "--sdk",
      "plant",
      "--out",
      "elsewhere",
      "--import-extension",
      "none",
      "--exclude-view",
      "Pump",
    ];
    expect(await pygen(argv, { cwd })).toMatchObject({ exitCode: 0 });
    expect((await readdir(path.join(cwd, "elsewhere"))).sort()).toEqual([
      ".pygen-manifest.json",
      "index.ts",
      "site.ts",
    ]);
    expect(await readFile(path.join(cwd, "elsewhere/index.ts"), "utf8")).toContain('from "./site"');
    expect(await readdir(cwd)).not.toContain("src");
    for (const [more, message] of [
      [["--sdk", "nothing"], "has no SDK nothing"],
      [["--out", "x"], "--out is for one SDK"],
      [["models", "--config", "pygen.config.yaml"], "a model and --config are both given"],
    ] as const) {
      expect(await pygen(["generate", ...more], { cwd })).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining(message),
      });
    }
  });

  it.each([
    ["pygen.config.mjs", "export default { sdks: [{ models: ['models'], out: 'sdk' }] };"],
    [
      "pygen.config.ts",
      "interface A { readonly b: string }\nexport default { sdks: [{ models: ['models'], out: 'sdk' }] } satisfies object as { sdks: object[] };",
    ],
    ["pygen.config.json", `{ "sdks": [{ "models": ["models"], "out": "sdk" }] }`],
  ])("is read from %s, and its paths start from its folder", async (name, content) => {
    const cwd = await folderOf({
      [`deep/${name}`]: content.replaceAll("models'", "../models'").replace(`["models"]`, `["../models"]`),
    });
    const compiler = path.resolve(import.meta.dirname, "../../node_modules/typescript");
    await mkdir(path.join(cwd, "node_modules"));
    await symlink(compiler, path.join(cwd, "node_modules/typescript"));
    const ended = await pygen(["generate", "--config", `deep/${name}`], { cwd });
    expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await readdir(path.join(cwd, "deep"))).toEqual([name, "sdk"].sort());
  });

  it("takes a target of one's own from a program", async () => {
    const target = `{ naming: { language: "List", properties: rule, handles: rule, types: { reserved: new Set() }, files: rule, model: {} },
      types: {}, render: ({ views }) => new Map([["views.txt", views.map(({ type }) => type).join("\\n")]]) }`;
    const cwd = await folderOf({
      "pygen.config.mjs": `const rule = { casing: (text) => text, reserved: new Set() };
        export default { sdks: [{ models: ["models"], out: "sdk", target: ${target} }] };`,
    });
    expect(await pygen(["generate"], { cwd })).toMatchObject({ exitCode: 0 });
    expect(await readFile(path.join(cwd, "sdk/views.txt"), "utf8")).toBe("Pump\nSite");
  });

  it("tells all that is wrong with it, each with its line", async () => {
    const cwd = await folderOf({
      "pygen.config.yaml": `sdks:
  - models: models
    out: sdk
    exclude:
      view: [Pump]
    naming: {files: CAMEL}
    typescript:
      int64: string
  - models: [a]
    dataModels: [s/M@v1]
    out: 3
`,
    });
    const { exitCode, stderr } = await pygen(["generate"], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr.split("\n").filter((line) => line.includes("pygen.config.yaml"))).toEqual([
      "error: pygen.config.yaml:2: sdks[0].models must be a list of texts",
      "pygen.config.yaml:5: sdks[0].exclude.view is not known; there is views, spaces, properties",
      "pygen.config.yaml:6: sdks[0].naming.files must be one of camel, pascal, snake, kebab",
      "pygen.config.yaml:8: sdks[0].typescript.int64 must be one of number, bigint",
      "pygen.config.yaml:11: sdks[1].out must be a text",
    ]);
  });

  it.each([
    ["pygen.config.yaml", "sdks: [\n", "pygen.config.yaml:2: Flow sequence"],
    ["pygen.config.yaml", "sdks: []\n", "pygen.config.yaml:1: sdks must hold an SDK"],
    ["pygen.config.yaml", "sdks:\n  - out: a\n", "pygen.config.yaml:2: sdks[0] needs models (files) or dataModels"],
    ["pygen.config.yaml", "sdks:\n  - models: [a]\n    snapshot: b\n    out: a\n", "has a snapshot, and no dataModels"],
    [
      "pygen.config.yaml",
      "sdks:\n  - models: [a]\n    out: a\n    language: cobol\n",
      "yaml:4: sdks[0].language must be one of typescript, python",
    ],
    ["pygen.config.json", "3", "pygen.config.json:1: it must be an object"],
    ["pygen.config.mjs", "export const a = 1;", "pygen.config.mjs: it has no default export"],
    ["pygen.config.mjs", "\n throw new Error('broken')", "pygen.config.mjs:2: Error: broken"],
    ["pygen.config.mjs", "import 'nowhere'", "Cannot find package 'nowhere' imported from"],
    [
      "pygen.config.yaml",
      "sdks:\n  - {models: [a], out: src/sdk}\n  - {models: [b], out: sdk}\n  - {models: [c], out: './src\\SDK/'}\n",
      "error: pygen.config.yaml:4: sdks[2].out is the folder of sdks[0] too\nhint",
    ],
  ])("refuses %s with %j", async (name, content, message) => {
    const cwd = await folderOf({ [name]: content });
    expect(await pygen(["generate"], { cwd })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
  });

  it("is named where a command has neither a model nor a configuration", async () => {
    const cwd = await temporaryFolder();
    expect(await pygen(["generate"], { cwd })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/no model is given\nhint: .*pygen init/),
    });
    expect(await pygen(["generate", "--config", "gone.yaml"], { cwd })).toMatchObject({ exitCode: 3 });
  });
});

describe("pygen init", () => {
  it.each(["ts", "mjs", "json", "yaml"])("writes a configuration as %s that generates", async (format) => {
    const cwd = await folderOf({});
    const argv = ["init", "--from", "models", "--out", "sdk", "--format", format, "--yes"];
    expect(await pygen(argv, { cwd })).toMatchObject({
      exitCode: 0,
      stdout: `pygen.config.${format} is written; run pygen generate\n`,
    });
    if (format === "json" || format === "yaml") {
      expect(await pygen(["generate"], { cwd })).toMatchObject({ exitCode: 0 });
    } else {
      expect(await readFile(path.join(cwd, `pygen.config.${format}`), "utf8")).toBe(
        'import { defineConfig } from "pygen/codegen";\n\nexport default defineConfig({\n  sdks: [\n    {\n      models: [\n        "models"\n      ],\n      out: "sdk"\n    }\n  ]\n});\n',
      );
    }
  });

  it("asks what is not given, and takes its proposals for what is not answered", async () => {
    const cwd = await temporaryFolder();
    const answers = ["wind/WindFarm@v1, s/Other@v1", "", "", "json"];
    const questions: string[] = [];
    const ask = async (question: string): Promise<string> => {
      questions.push(question);
      return answers[questions.length - 1] ?? "";
    };
    const ended = await pygen(["init"], { cwd, ask });
    expect(ended).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("run pygen pull, then pygen generate"),
    });
    expect(questions.map((question) => question.split(":")[0])).toEqual([
      "Where are the models",
      "Folder for the SDK [src/sdk] ",
      "Language",
      "Format of the configuration",
    ]);
    expect(JSON.parse(await readFile(path.join(cwd, "pygen.config.json"), "utf8"))).toEqual({
      sdks: [{ dataModels: ["wind/WindFarm@v1", "s/Other@v1"], snapshot: "sdk.model.json", out: "src/sdk" }],
    });
    expect(await pygen(["init", "--yes"], { cwd })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("there is pygen.config.json already"),
    });
  });

  it("writes an example that compiles against what is generated from it, and no file over another", async () => {
    const cwd = await temporaryFolder();
    expect(await pygen(["init", "--example"], { cwd })).toMatchObject({ exitCode: 0 });
    expect(await pygen(["generate"], { cwd })).toMatchObject({ exitCode: 0, stderr: "" });
    const files = new Map<string, string>();
    for (const name of ["main.ts", "sdk/index.ts", "sdk/turbine.ts", "sdk/farm.ts"]) {
      files.set(name, await readFile(path.join(cwd, name), "utf8"));
    }
    expect(compile(files, "nodenext", { types: ["node"] })).toEqual([]);
    await rm(path.join(cwd, "pygen.config.yaml"));
    expect(await pygen(["init", "--example"], { cwd })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("there is model.json and main.ts already"),
    });
  });

  it("refuses a language that is not known", async () => {
    const cwd = await temporaryFolder();
    const ask = async (question: string): Promise<string> => (question.startsWith("Language") ? "cobol" : "");
    expect(await pygen(["init"], { cwd, ask })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("cobol"),
    });
    expect(await readdir(cwd)).toEqual([]);
  });

  it("refuses a format that is not known", async () => {
    const cwd = await temporaryFolder();
    const ask = async (question: string): Promise<string> => (question.startsWith("Format") ? "toml" : "");
    expect(await pygen(["init"], { cwd, ask })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("toml") });
    expect(await readdir(cwd)).toEqual([]);
  });
});
