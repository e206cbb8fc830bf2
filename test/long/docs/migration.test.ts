// What docs/migration.md shows of other libraries is run with them, and gives what the code that replaces it gives.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type WindFarm, windFarm } from "../../../examples/windfarm/sdk/index.js";
import type { LoadModel } from "../../../src/emulator/index.js";
import { type RunningEmulator, startEmulator } from "../../../src/emulator/node.js";
import { PygenClient, token } from "../../../src/index.js";
import { officialClient } from "../../tools/official-client.js";
import { pythonWith } from "../python/venv.js";

const ROOT = join(import.meta.dirname, "../../..");
const PYTHON = join(import.meta.dirname, "../python");

const found = pythonWith("official-requirements.txt");
if (found.missing !== undefined) console.warn(`skipped: examples in Python, since ${found.missing}`);

const read = (file: string): Promise<string> => readFile(join(ROOT, file), "utf8");

/** The examples of a section: what was written before, and what is written now. */
async function examplesOf(heading: string): Promise<{ readonly before: string; readonly after: string }> {
  const page = await read("docs/migration.md");
  const section = page.split(/^## /m).find((one) => one.startsWith(heading)) ?? "";
  const [before, after] = [...section.matchAll(/^```\w+\n([\s\S]*?)^```/gm)].map(([, code = ""]) => code);
  expect(before).toContain("before");
  expect(after).toContain("after");
  return { before: before ?? "", after: after ?? "" };
}

let emulator: RunningEmulator;
let wind: WindFarm<{ readonly space: string }>;

beforeAll(async () => {
  const model = JSON.parse(await read("examples/windfarm/model.json")) as LoadModel;
  emulator = await startEmulator({ project: "any", models: [model, { spaces: [{ space: "data" }] }] });
  const client = new PygenClient({
    baseUrl: emulator.url,
    project: "any",
    application: "tests",
    credentials: token("any"),
  });
  wind = windFarm(client, { space: "data" });
  await wind.turbine.upsert(
    Array.from({ length: 90 }, (_, at) => ({
      externalId: `T${at}`,
      name: `${"ABC"[at % 3]}${at}`,
      capacity: at % 7 === 0 ? null : at / 10 + 2,
      blades: [1, 2, 3].map((position) => ({ externalId: `T${at}_B${position}`, name: `Blade ${position}`, position })),
    })),
  );
});

afterAll(() => emulator.close());

type Run = (...values: readonly unknown[]) => Promise<void>;

/** Runs code as the body of an async function with the given names; gives what it logged. */
async function run(code: string, names: Readonly<Record<string, unknown>>): Promise<unknown[]> {
  const logged: unknown[] = [];
  const AsyncFunction = (async () => undefined).constructor as new (...parts: readonly string[]) => Run;
  const { outputText } = ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  const body = new AsyncFunction("console", ...Object.keys(names), outputText);
  await body({ log: (value: unknown) => logged.push(value) }, ...Object.values(names));
  return logged;
}

/** What the lists that an example asks for hold: the ids of their rows. */
async function idsAfter(code: string): Promise<string[][]> {
  const lists: ReturnType<typeof wind.turbine.list>[] = [];
  const list: typeof wind.turbine.list = (...args) => {
    const rows = wind.turbine.list(...args);
    lists.push(rows as never);
    return rows;
  };
  await run(code, { wind: { turbine: { list } } });
  return Promise.all(lists.map(async (rows) => (await rows).map(({ externalId }) => externalId)));
}

describe("docs/migration.md", () => {
  it("code of @cognite/sdk logs what ours logs", async () => {
    const { before, after } = await examplesOf("From hand-written `@cognite/sdk`");
    const logged = await run(before, { cogniteClient: await officialClient(emulator.url) });
    expect(logged.length).toBeGreaterThan(10);
    expect((await run(after, { wind })).sort()).toEqual(logged.sort());
  });

  it.skipIf(found.missing !== undefined)(
    "calls of Pygen v1 and of industrial-model give the rows of ours",
    async () => {
      const v1 = await examplesOf("From Pygen for Python");
      const industrial = await examplesOf("From `industrial-model`");
      const folder = await mkdtemp(join(tmpdir(), "pygen-migration-"));
      onTestFinished(() => rm(folder, { recursive: true, force: true }));
      const python = spawn(
        join(found.missing === undefined ? found.programs : "", "python"),
        [join(PYTHON, "migration.py"), emulator.url, "wind/WindFarm@v1", folder],
        { env: { PATH: process.env["PATH"], PYTHONDONTWRITEBYTECODE: "1" }, stdio: ["pipe", "pipe", "inherit"] },
      );
      python.stdin.end(JSON.stringify({ v1: v1.before, industrial: industrial.before }));
      const given = JSON.parse(await text(python.stdout)) as Record<"v1" | "industrial", string[][]>;

      const [sorted, ofPrefix] = await idsAfter(v1.after);
      expect(sorted).toHaveLength(10);
      expect(given.v1[0]).toEqual(sorted);
      expect(ofPrefix).toHaveLength(30);
      expect(given.v1[1]?.sort()).toEqual(ofPrefix?.sort());
      const [capable] = await idsAfter(industrial.after);
      expect(capable?.length).toBeGreaterThan(10);
      expect(given.industrial[0]?.sort()).toEqual(capable?.sort());
    },
  );
});
