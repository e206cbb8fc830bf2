import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { v1Settings } from "../../src/cli/config/v1-settings.js";
import { readModelDocument } from "../../src/codegen/index.js";
import { createEmulator } from "../../src/emulator/index.js";
import { listen } from "../../src/emulator/node.js";
import { file, text } from "../ir/models.js";
import { pygen, temporaryFolder } from "./fixture.js";

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const cwd = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(cwd, name), content);
  return cwd;
}

const generateIn = async (files: Readonly<Record<string, string>>, env: Record<string, string> = {}) =>
  pygen(["generate"], { cwd: await folderWith(files), env });

describe("settings of Pygen v1", () => {
  it("S1: [tool.pygen] generates the Python package that it names, with hints to today's configuration", async () => {
    const emulator = createEmulator();
    emulator.load(readModelDocument(file({ Pump: { properties: { name: text } } })));
    const server = await listen(emulator, { port: 0 });
    onTestFinished(() => server.close());
    const settings = `[project]
name = "app"

[tool.pygen] # as v1 had it
space = "s"
external_id = 'Model'
version = "v1"
cdf_url = "${server.url}"
cdf_project = "plant"
top_level_package = "plant.client"
client_name = "PlantClient"
overwrite = true

[tool.other]
odd = { not = "read" }
`;
    const cwd = await folderWith({ "pyproject.toml": settings });
    const { exitCode, stderr } = await pygen(["generate"], { cwd, env: { CDF_TOKEN: "token" } });
    expect(exitCode).toBe(0);
    expect(await readdir(path.join(cwd, "plant/client"))).toContain("pump.py");
    expect(stderr.split("\n")).toEqual([
      "hint: space is `dataModels` now",
      "hint: external_id is `dataModels` now",
      "hint: version is `dataModels` now",
      "hint: cdf_url is `service` now",
      "hint: cdf_project is `service` now",
      "hint: top_level_package is not needed: the folder of --out is the package",
      "hint: client_name is not needed: the name follows from the data model; `rename: { model }` in pygen.config changes it",
      "hint: overwrite is not needed: files that pygen wrote are always replaced, others never",
      "hint: [tool.pygen] of pyproject.toml is pygen.config.yaml now; pygen migrate writes it:",
      "sdks:",
      '  - dataModels: ["s/Model@v1"]',
      `    service: {"url":"${server.url}","project":"plant"}`,
      '    out: "plant/client"',
      '    language: "python"',
      "",
    ]);
  });

  it("C5, S2: names several data models, and signs in with the secret of .secret.toml, which is never told", async () => {
    const told: string[] = [];
    const cwd = await folderWith({
      "pyproject.toml": `[tool.pygen]
data_models = [
  ["s", "A", "v1"], # the first
  ["s", "B", "2"],
]
tenant_id = "tenant"
client_id = "client"
scopes = ["a", "b"]
cdf_cluster = "https://cdf.example"
output_dir = "out"
`,
      ".secret.toml": '[cognite]\nclient_secret = "hush"\n',
    });
    const found = await v1Settings({ cwd, stderr: (line: string) => told.push(line) } as never);
    expect(found).toMatchObject({
      folder: cwd,
      env: { IDP_TENANT_ID: "tenant", IDP_CLIENT_ID: "client", IDP_CLIENT_SECRET: "hush", IDP_SCOPES: "a b" },
      config: { sdks: [{ dataModels: ["s/A@v1", "s/B@2"], service: { url: "https://cdf.example" }, out: "out" }] },
    });
    expect(told.join("")).toContain("client_secret of .secret.toml is the variable IDP_CLIENT_SECRET now");
    expect(told.join("")).not.toContain("hush");
  });

  it.each([
    ["a secret in it", '[tool.pygen]\nspace = "s"\nclient_secret = "hush"', "pyproject.toml holds client_secret"],
    ["no data model", '[tool.pygen]\nspace = "s"', "names no data model"],
    ["what is not TOML", "[tool.pygen]\nspace = s", "pyproject.toml:2 is not TOML"],
    ["no end", '[tool.pygen]\ndata_models = [["s"', "pyproject.toml:2 is not TOML"],
  ])("S1: are refused with %s", async (_what, settings, message) => {
    const { exitCode, stderr } = await generateIn({ "pyproject.toml": settings });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("hush");
  });

  it("S2: are refused with a .secret.toml without its section", async () => {
    const settings = '[tool.pygen]\nspace = "s"\nexternal_id = "A"\nversion = "1"';
    const { stderr } = await generateIn({ "pyproject.toml": settings, ".secret.toml": '[other]\nclient_secret = "x"' });
    expect(stderr).toContain(".secret.toml has no client_secret in [cognite]");
  });

  it("are not looked for in a pyproject.toml without them", async () => {
    const { exitCode, stderr } = await generateIn({ "pyproject.toml": "[tool.ruff]\nline-length = 100\n" });
    expect([exitCode, stderr.split("\n")[0]]).toEqual([2, "error: no model is given"]);
  });
});
