import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import type { LoadModel } from "../../../src/emulator/index.js";
import { startEmulator } from "../../../src/emulator/node.js";
import { hasModels, type ModelFile, readModel } from "../../models/shared-models.js";
import { type PythonWith, pythonWith } from "./venv.js";

const here = (file: string): string => join(import.meta.dirname, file);
const found = pythonWith("official-requirements.txt");
const before = pythonWith("official-7-requirements.txt");
for (const { missing } of [found, before]) {
  if (missing !== undefined) console.warn(`skipped: the official Python client, since ${missing}`);
}
const run = promisify(execFile);

/** Runs a script of this folder, and gives what it printed; a failure shows its trace. */
async function script(python: PythonWith, name: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run(
    join(python.missing === undefined ? python.programs : "", "python"),
    [here(name), ...args],
    {
      env: { PATH: process.env["PATH"], PYTHONDONTWRITEBYTECODE: "1" },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return stdout;
}

/** Walks the data modeling API, and gives the parts that went well. */
async function walk(python: PythonWith): Promise<readonly string[]> {
  await using emulator = await startEmulator({ project: "python" });
  return (await script(python, "walk.py", emulator.url)).trimEnd().split("\n");
}
const WALKED = ["schema", "write", "read", "query", "sync", "data", "graphql", "statistics", "remove"];

it.skipIf(before.missing !== undefined)("version 7 of the official Python client walks the same API", async () => {
  expect(await walk(before)).toEqual(WALKED);
});

describe.skipIf(found.missing !== undefined)("the official Python client, unmodified, on the emulator", () => {
  it("walks the data modeling API: schema, instances, query, sync, search, aggregate, GraphQL, and data points, files and sequences", async () => {
    expect(await walk(found)).toEqual(WALKED);
  });

  // Without ../shared, its models say that they are absent.
  it.skipIf(!hasModels).each([
    ["pygen_windmill", "power-models/Windmill@1"],
    ["pygen_omni", "sp_pygen_models/Omni@1"],
  ])("Python's own generator makes an SDK of %s, and lists through it", async (name, id) => {
    const folder = await mkdtemp(join(tmpdir(), "pygen-python-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const model: LoadModel & ModelFile = readModel(name) as never;
    await using emulator = await startEmulator({ project: "python", models: [model] });
    const counts = JSON.parse(await script(found, "generate.py", emulator.url, id, folder)) as Record<string, number>;
    const views = model.dataModels.find((one) => id.endsWith(`${one["externalId"]}@${one["version"]}`));
    expect(Object.keys(counts).length).toBeGreaterThan((views?.["views"]?.length ?? 0) / 2);
    const nodes = model.instances?.nodes ?? [];
    const primitives = nodes.filter(({ sources = [] }) =>
      sources.some(({ source }: { source: { externalId: string } }) => source.externalId === "PrimitiveNullable"),
    );
    expect(counts["primitive_nullable"] ?? 0).toBe(primitives.length);
  });
});
