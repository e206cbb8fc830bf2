import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readModelDocument } from "../../src/codegen/index.js";
import { createEmulator } from "../../src/emulator/index.js";
import { listen } from "../../src/emulator/node.js";
import { file, text, type ViewDraft } from "../ir/models.js";
import { type Ended, pygen, temporaryFolder } from "./fixture.js";

/** A service with a model, and the command line that asks it. */
async function service(
  views: Readonly<Record<string, ViewDraft>>,
): Promise<{ cwd: string; run: (...argv: string[]) => Promise<Ended> }> {
  const emulator = createEmulator();
  emulator.load(readModelDocument(file(views)));
  const server = await listen(emulator, { port: 0 });
  onTestFinished(() => server.close());
  const cwd = await temporaryFolder();
  const config = `sdks:
  - dataModels: [s/Model@v1]
    snapshot: plant.model.json
    service: {url: "${server.url}", project: plant}
    out: sdk
`;
  await writeFile(path.join(cwd, "pygen.config.yaml"), config);
  return { cwd, run: (...argv) => pygen(argv, { cwd, env: { CDF_TOKEN: "token" } }) };
}

const before = { Pump: { properties: { name: text, old: text } } };
const after = { Pump: { properties: { name: text, fresh: text } }, Site: { properties: { name: text } } };

describe("pygen pull", () => {
  it("writes a snapshot, from which generation needs no service", async () => {
    const { cwd, run } = await service(before);
    expect(await run("generate")).toMatchObject({ exitCode: 3, stderr: expect.stringContaining("plant.model.json") });
    expect(await run("pull")).toEqual({ exitCode: 0, stdout: "plant.model.json: new\n", stderr: "" });
    expect(await run("pull", "--check")).toEqual({ exitCode: 0, stdout: "plant.model.json: unchanged\n", stderr: "" });
    expect(await pygen(["generate"], { cwd, env: {} })).toMatchObject({ exitCode: 0 });
    const snapshot = await readFile(path.join(cwd, "plant.model.json"), "utf8");
    expect(snapshot).not.toMatch(/createdTime|lastUpdatedTime/);
  });

  it("prints what changed for the generated API, and whether it breaks it", async () => {
    const { cwd, run } = await service(after);
    const old = await service(before);
    expect(await old.run("pull")).toMatchObject({ exitCode: 0 });
    await writeFile(path.join(cwd, "plant.model.json"), await readFile(path.join(old.cwd, "plant.model.json"), "utf8"));
    const checked = await run("pull", "--check", "--json");
    expect(checked.exitCode).toBe(1);
    expect(JSON.parse(checked.stdout)).toMatchObject({ changed: true, breaking: 1 });
    expect(checked.stderr).toBe(
      "error: plant.model.json is not what the service has\nhint: Run pygen pull and commit the result.\n",
    );
    expect(await run("pull")).toEqual({
      exitCode: 0,
      stdout: [
        "compatible   PROPERTY.ADDED s/Pump@v1.fresh: the property is new",
        "breaking     PROPERTY.REMOVED s/Pump@v1.old: the property is gone",
        "compatible   VIEW.ADDED s/Site@v1: the view is new",
        "plant.model.json: 3 changes for the generated API, 1 of them breaking",
        "",
      ].join("\n"),
      stderr: "",
    });
    expect(await run("--quiet", "pull")).toMatchObject({ stdout: "" });
  });

  it("takes a data model and a file from the command line", async () => {
    const { cwd, run } = await service(before);
    const config = await readFile(path.join(cwd, "pygen.config.yaml"), "utf8");
    const [, url = ""] = /url: "(.*?)"/.exec(config) ?? [];
    const argv = ["pull", "--model", "s/Model@v1", "--url", url, "--project", "plant"];
    expect(await run(...argv, "--out", "a/b.model.json")).toMatchObject({
      exitCode: 0,
      stdout: "a/b.model.json: new\n",
    });
    expect(await run(...argv)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("no snapshot is named") });
  });
});
