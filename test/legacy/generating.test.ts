import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildPackage, generateSdk, generateSdkNotebook, writeSdkToDisk } from "pygen/legacy";
import typescript from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "./wind.js";

const EXAMPLE = path.join(import.meta.dirname, "../../examples/windfarm");
const id = { space: "wind", externalId: "WindFarm", version: "v1" };
const said: string[] = [];
const logger = { warn: (message: string) => said.push(message) };

let world: World;
let folder: string;
beforeAll(async () => {
  world = await startWorld();
  folder = await mkdtemp(path.join(tmpdir(), "pygen-legacy-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const expected = async (): Promise<ReadonlyMap<string, string>> => {
  const names = (await readdir(path.join(EXAMPLE, "sdk"))).filter((name) => name.endsWith(".ts")).sort();
  return new Map(
    await Promise.all(
      names.map(async (name) => [name, await readFile(path.join(EXAMPLE, "sdk", name), "utf8")] as const),
    ),
  );
};

describe("generateSdk of v1", () => {
  it("G1, G3: gives the files that pygen generate writes, and writes them unless it is told not to", async () => {
    const { client } = world;
    const files = await generateSdk(id, { client, logger, returnSdkFiles: true });
    expect(Object.fromEntries(files)).toEqual(Object.fromEntries(await expected()));
    const outputDir = path.join(folder, "written");
    await generateSdk(id, { client, logger, outputDir });
    for (const [name, text] of files) expect(await readFile(path.join(outputDir, name), "utf8")).toBe(text);
  });

  it("G1: takes data models with their views, and names all that are missing", async () => {
    const { client } = world;
    const [model] = await client.dataModels.retrieve([id], { inlineViews: true });
    const inline = await generateSdk(JSON.parse(JSON.stringify(model)), { logger, returnSdkFiles: true });
    expect([...inline.keys()]).toContain("turbine.ts");
    await expect(generateSdk(id, { logger })).rejects.toMatchObject({ code: "CONFIG.CLIENT" });
    const missing = [{ ...id, version: "v8" }, id, { ...id, version: "v9" }];
    await expect(generateSdk(missing, { client, logger })).rejects.toMatchObject({
      code: "MODEL.NOT_FOUND",
      message: expect.stringMatching(/WindFarm@v8.*WindFarm@v9/),
    });
  });

  it("G2, G4, N1: leaves views out, and names the SDK and its members as it is told", async () => {
    const options = { client: world.client, logger, returnSdkFiles: true };
    const config = { handles: "pascal" } as const;
    const files = await generateSdk(id, { ...options, clientName: "Wind", excludeViews: ["Sensor"], config });
    expect([...files.keys()]).not.toContain("sensor.ts");
    expect(files.get("index.ts")).toMatch(/export function wind\b/);
    expect(files.get("index.ts")).toMatch(/readonly Turbine: ViewOf<Turbine>/);
  });

  it("G7: replaces its own files where it may, and never touches those of others", async () => {
    const outputDir = path.join(folder, "kept");
    const files = new Map([
      ["a.ts", "a"],
      ["b.ts", "b"],
    ]);
    await writeSdkToDisk(files, outputDir, { logger });
    await writeFile(path.join(outputDir, "mine.ts"), "mine");
    const again = writeSdkToDisk(new Map([["a.ts", "new"]]), outputDir, { logger });
    await expect(again).rejects.toMatchObject({ code: "CONFIG.OUTPUT", hint: "Give { overwrite: true }." });
    await writeSdkToDisk(new Map([["a.ts", "new"]]), outputDir, { logger, overwrite: true });
    expect((await readdir(outputDir)).filter((name) => name.endsWith(".ts")).sort()).toEqual(["a.ts", "mine.ts"]);
    const foreign = writeSdkToDisk(new Map([["mine.ts", "new"]]), outputDir, { logger, overwrite: true });
    await expect(foreign).rejects.toMatchObject({ code: "CONFIG.OUTPUT", hint: expect.stringMatching(/./) });
    expect(await readFile(path.join(outputDir, "mine.ts"), "utf8")).toBe("mine");
  });
});

describe("generateSdkNotebook of v1", () => {
  it("G5: gives a client at once, which writes and reads", async () => {
    const v1 = await generateSdkNotebook(id, { client: world.client, defaultInstanceSpace: "data", logger });
    const rows = await v1["turbine"]!.list({ minCapacity: 5.5, sortBy: "name" });
    const today = await world.wind.turbine.list({ where: { capacity: { gte: 5.5 } }, sort: [{ name: "asc" }] });
    expect(rows).toMatchObject(today);
    await v1.upsert({ farm: [{ externalId: "F5", name: "Five", country: "DK" }] });
    expect(await v1.delete("F5")).toEqual({ nodes: [{ space: "data", externalId: "F5" }], edges: [] });
    expect(await v1.graphqlQuery("{ listFarm(first: 1) { items { name } } }")).toHaveLength(1);
  });
});

describe("buildPackage of v1", () => {
  it("G6: writes a package of modules with declarations, the same bytes for the same model", async () => {
    const options = { client: world.client, logger, typescript };
    const tarball = await buildPackage(id, { ...options, outputDir: path.join(folder, "dist") });
    expect(path.basename(tarball)).toBe("wind-farm-1.0.0.tgz");
    const again = await buildPackage(id, { ...options, outputDir: path.join(folder, "again") });
    expect(await readFile(again)).toEqual(await readFile(tarball));
    const out = path.join(folder, "unpacked");
    await mkdir(out);
    execFileSync("tar", ["-xzf", tarball, "-C", out]);
    const manifest: unknown = JSON.parse(await readFile(path.join(out, "package/package.json"), "utf8"));
    expect(manifest).toMatchObject({ name: "wind-farm", version: "1.0.0", type: "module" });
    const loaded: { Turbine: unknown } = await import(/* @vite-ignore */ path.join(out, "package/turbine.js"));
    const { Turbine } = await import("../../examples/windfarm/sdk/turbine.js");
    expect(loaded.Turbine).toEqual(Turbine);
    const declared = await readFile(path.join(out, "package/turbine.d.ts"), "utf8");
    expect(declared).toContain("export declare const Turbine: ViewOf<Turbine>;");
  });

  it("G6: makes a version of npm's of any version", async () => {
    const { client } = world;
    const [model] = await client.dataModels.retrieve([id], { inlineViews: true });
    const versions = ["2", "1.2.3", "v1_2", "draft.1"].map(async (version) => {
      const source = JSON.parse(JSON.stringify({ ...model, version }));
      return path.basename(await buildPackage(source, { logger, typescript, outputDir: folder }), ".tgz");
    });
    expect(await Promise.all(versions)).toEqual([
      "wind-farm-2.0.0",
      "wind-farm-1.2.3",
      "wind-farm-1.2.0",
      "wind-farm-0.0.0-xdraft-1",
    ]);
  });
});

describe("the functions of v1", () => {
  it("warn once each", () => {
    const calls = said.map((message) => message.replace(/^pygen\/legacy: (.*) is deprecated.*$/, "$1"));
    expect(calls.filter((call) => /^(generate|write|build)/.test(call))).toEqual([
      "generateSdk()",
      "writeSdkToDisk()",
      "generateSdkNotebook()",
      "buildPackage()",
    ]);
  });
});
