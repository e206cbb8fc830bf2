import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { readConfig } from "../../src/codegen/index.js";
import { pygen, temporaryFolder } from "./fixture.js";

const settings = `[tool.pygen]
data_models = [
  ["wind", "WindFarm", "v1"],  # two of them
  ["wind", "Weather", "v2"],
]
tenant_id = "tenant"
client_id = "client"
cdf_cluster = "westeurope-1"
cdf_project = "acme"
output_dir = "src/acme"
client_name = "AcmeClient"
format_code = true
`;

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const cwd = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(cwd, name), content);
  return cwd;
}

const secretFile = '[cognite]\nclient_secret = "planted-secret"\n';

describe("pygen migrate", () => {
  test("S1, C5: writes the configuration that [tool.pygen] stands for, and tells what became of each setting", async () => {
    const cwd = await folderWith({ "pyproject.toml": settings, ".secret.toml": secretFile });
    const { exitCode, stdout, stderr } = await pygen(["migrate"], { cwd });
    expect(exitCode).toBe(0);
    const text = await readFile(path.join(cwd, "pygen.config.yaml"), "utf8");
    expect(await readConfig("pygen.config.yaml", text)).toEqual({
      sdks: [
        {
          dataModels: ["wind/WindFarm@v1", "wind/Weather@v2"],
          service: { cluster: "westeurope-1", project: "acme" },
          out: "src/acme",
          language: "python",
        },
      ],
    });
    expect(stdout).toBe(
      "pygen.config.yaml is written; take [tool.pygen] out of pyproject.toml, and run pygen generate\n",
    );
    expect(stderr).toContain("tenant_id is the variable IDP_TENANT_ID now");
    expect(stderr).toContain("format_code is not needed");
    expect(stderr).toContain("set IDP_TENANT_ID, IDP_CLIENT_ID, IDP_CLIENT_SECRET where pygen runs");
  });

  test("tells where each setting stands now, and which are none", async () => {
    const cwd = await folderWith({ "pyproject.toml": `${settings}ouput_dir = "misspelt"\n` });
    const { stderr } = await pygen(["migrate", "--dry-run"], { cwd });
    for (const [name] of settings.matchAll(/^\w+(?= =)/gm)) expect(stderr).toContain(`hint: ${name} is `);
    expect(stderr).toContain("hint: output_dir is `out` now");
    expect(stderr).toContain("hint: ouput_dir is no setting of Pygen v1, and left out");
  });

  test("S2: never copies the secret, nor shows it", async () => {
    const cwd = await folderWith({ "pyproject.toml": settings, ".secret.toml": secretFile });
    const { stdout, stderr } = await pygen(["migrate", "--format", "ts"], { cwd });
    const written = await readFile(path.join(cwd, "pygen.config.ts"), "utf8");
    expect([stdout, stderr, written].join("\n")).not.toContain("planted-secret");
  });

  test("writes nothing when it is only to show, and nothing over a configuration", async () => {
    const cwd = await folderWith({ "pyproject.toml": settings });
    const shown = await pygen(["migrate", "--dry-run"], { cwd });
    expect(shown.stdout).toContain('dataModels: ["wind/WindFarm@v1","wind/Weather@v2"]');
    expect(await readdir(cwd)).toEqual(["pyproject.toml"]);
    await writeFile(path.join(cwd, "pygen.config.json"), "{}");
    const refused = await pygen(["migrate"], { cwd });
    expect([refused.exitCode, refused.stderr]).toEqual([
      2,
      expect.stringContaining("there is pygen.config.json already"),
    ]);
  });

  test("says so where there are no settings", async () => {
    const { exitCode, stderr } = await pygen(["migrate"], {
      cwd: await folderWith({ "pyproject.toml": "[tool.ruff]\n" }),
    });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("[tool.pygen]")]);
  });
});
