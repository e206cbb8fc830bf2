import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { applyRecord } from "../../src/emulator/engine/journal/index.js";
import { emptyState } from "../../src/emulator/engine/state.js";
import { createEmulator, type Emulator } from "../../src/emulator/index.js";
import { type FolderStorage, openStorage, type StorageOptions } from "../../src/emulator/node.js";
import type { JsonValue } from "../../src/models/index.js";

const view = { type: "view", space: "s", externalId: "Thing", version: "v1" } as const;
const folders: string[] = [];
const open: FolderStorage[] = [];

afterEach(async () => {
  for (const storage of open.splice(0)) await storage.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function newFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "pygen-storage-"));
  folders.push(folder);
  return folder;
}

interface Started {
  readonly storage: FolderStorage;
  readonly call: (path: string, body?: unknown) => Promise<{ readonly status: number; readonly body: unknown }>;
  readonly explain: Emulator["explain"];
  readonly fetch: Emulator["fetch"];
}

async function start(folder: string, options: StorageOptions = {}): Promise<Started> {
  const storage = await openStorage(folder, options);
  open.push(storage);
  const emulator = createEmulator({ storage });
  return {
    storage,
    explain: emulator.explain,
    fetch: emulator.fetch,
    call: async (at, body) => {
      const request = new Request(`http://emulator/api/v1/projects/demo${at}`, {
        headers: { authorization: "Bearer any" },
        ...(body === undefined ? {} : { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const answer = await emulator.fetch(request);
      return { status: answer.status, body: await answer.json() };
    },
  };
}

/** Ends an emulator as a crash does: nothing is closed, only its lock is gone. */
function crash(folder: string): void {
  rmSync(path.join(folder, "LOCK"));
}

const properties = {
  name: { type: { type: "text" } },
  size: { type: { type: "float64" } },
  count: { type: { type: "int64" } },
  link: { type: { type: "direct" } },
  number: { type: { type: "int32" }, autoIncrement: true },
};

async function deploy({ call }: Started): Promise<void> {
  await call("/models/spaces", { items: [{ space: "s" }, { space: "gone" }] });
  const container = {
    space: "s",
    externalId: "Thing",
    properties,
    usedFor: "all",
    indexes: { bySize: { properties: ["size"] } },
    constraints: { one: { constraintType: "uniqueness", properties: ["name"] } },
  };
  await call("/models/containers", { items: [container] });
  const mapped = Object.keys(properties).map((id) => [
    id,
    { container: { type: "container", space: "s", externalId: "Thing" }, containerPropertyIdentifier: id },
  ]);
  await call("/models/views", {
    items: [{ space: "s", externalId: "Thing", version: "v1", properties: Object.fromEntries(mapped) }],
  });
  await call("/models/datamodels", { items: [{ space: "s", externalId: "M", version: "1", views: [view] }] });
}

const node = (externalId: string, values: object): object => ({
  instanceType: "node",
  space: "s",
  externalId,
  sources: [{ source: view, properties: values }],
});
const edge = (externalId: string, start: string, end: string): object => ({
  instanceType: "edge",
  space: "s",
  externalId,
  type: { space: "s", externalId: "t" },
  startNode: { space: "s", externalId: start },
  endNode: { space: "s", externalId: end },
});

/** Everything that can be read of the project. */
async function everything({ call }: Started): Promise<unknown> {
  const calls = [
    ...["spaces", "containers", "views", "datamodels"].map(
      (kind) => [`/models/${kind}?limit=1000`, undefined] as const,
    ),
    ["/models/instances/list", { sources: [{ source: view }] }],
    ["/models/instances/list", { instanceType: "edge" }],
    ["/models/instances/list", { sources: [{ source: view }], sort: [{ property: ["s", "Thing/v1", "size"] }] }],
    ["/models/instances/query", { with: { a: { edges: {} }, b: { nodes: { from: "a" } } }, select: { a: {}, b: {} } }],
    ["/models/statistics", undefined],
  ] as const;
  const answers = await Promise.all(calls.map(([at, body]) => call(at, body)));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  return answers.map(({ body }) => body);
}

async function changes(
  sync: Started,
  cursor: string | null,
): Promise<{
  readonly items: { readonly a: readonly { readonly externalId: string; readonly deletedTime?: number }[] };
  readonly nextCursor: { readonly a: string };
}> {
  const { body } = await sync.call("/models/instances/sync", {
    with: { a: { nodes: {} } },
    select: { a: {} },
    cursors: { a: cursor },
  });
  return body as Awaited<ReturnType<typeof changes>>;
}

describe("a storage in a folder", () => {
  it("brings everything back: schema, instances in their order, counters, and what syncs have to be told", async () => {
    const folder = newFolder();
    const first = await start(folder);
    await deploy(first);
    await first.call("/models/instances", {
      items: [
        node("a", { name: "A", size: 1e20, count: 1 }),
        node("b", { name: "B", size: 2, link: { space: "s", externalId: "a" } }),
        node("c", {}),
      ],
    });
    await first.call("/models/instances", { items: [edge("e", "a", "b"), edge("f", "b", "a")] });
    const { nextCursor } = await changes(first, null);
    await first.call("/models/instances", { items: [node("a", { name: "AA" }), edge("e", "b", "c")] });
    await first.call("/models/instances/delete", { items: [{ instanceType: "node", space: "s", externalId: "c" }] });
    await first.call("/models/spaces/delete", { items: [{ space: "gone" }] });
    const before = await everything(first);
    crash(folder);
    const second = await start(folder);
    expect(await everything(second)).toEqual(before);
    expect(
      (await changes(second, nextCursor.a)).items.a.map(({ externalId, deletedTime }) => [
        externalId,
        deletedTime !== undefined,
      ]),
    ).toEqual([
      ["a", false],
      ["c", true],
    ]);
    const clash = await second.call("/models/instances", { items: [node("d", { name: "B" })] });
    expect(clash.status).toBe(400);
    await second.call("/models/instances", { items: [node("d", { name: "D" })] });
    const { body } = await second.call("/models/instances/byids", {
      items: [{ instanceType: "node", space: "s", externalId: "d" }],
      sources: [{ source: view }],
    });
    expect(body).toMatchObject({ items: [{ properties: { s: { "Thing/v1": { number: 4 } } } }] });
    const request = { sources: [{ source: view }], sort: [{ property: ["s", "Thing/v1", "size"] }], limit: 1 } as const;
    expect(second.explain(request, "demo").by).toBe("btree s/Thing bySize");
  });

  it("E104: keeps integers of any length, and floating-point numbers as such", async () => {
    const folder = newFolder();
    const first = await start(folder);
    await deploy(first);
    const item = JSON.stringify(node("a", { size: 1e20 })).replace('"size"', '"count":9007199254740993,"size"');
    expect((await first.call("/models/instances", `{"items":[${item}]}`)).status).toBe(200);
    crash(folder);
    const states: ReadonlyMap<string, JsonValue>[] = [];
    const storage = await openStorage(folder);
    open.push(storage);
    storage.restore((record) => {
      const state = emptyState(() => 0);
      applyRecord(state, record);
      for (const { rows } of state.instances.values()) states.push(...rows.all());
    });
    expect(states.at(-1)?.get("count")).toBe(9007199254740993n);
    crash(folder);
    const second = await start(folder);
    const largest = { view, aggregates: [{ max: { property: "size" } }, { max: { property: "count" } }] };
    const { body } = await second.call("/models/instances/aggregate", largest);
    expect(body).toMatchObject({ items: [{ aggregates: [{ value: 1e20 }, { value: 9007199254740992 }] }] });
  });

  it("leaves out a line that was being written when the process ended, and goes on after the ones before", async () => {
    const folder = newFolder();
    const first = await start(folder);
    await deploy(first);
    await first.call("/models/instances", { items: [node("a", { name: "A" })] });
    const journal = path.join(folder, "journal-000000.jsonl");
    const whole = readFileSync(journal);
    await first.call("/models/instances", { items: [node("b", { name: "B" })] });
    const torn = readFileSync(journal);
    crash(folder);
    for (const length of [whole.length + 1, whole.length + 60, torn.length - 1]) {
      writeFileSync(journal, torn);
      truncateSync(journal, length);
      const next = await start(folder);
      const { body } = await next.call("/models/instances/list", {});
      expect(body).toMatchObject({ items: [{ externalId: "a" }] });
      expect(readFileSync(journal)).toEqual(whole);
      await next.call("/models/instances", { items: [node("c", { name: "C" })] });
      crash(folder);
      const last = await start(folder);
      const list = await last.call("/models/instances/list", {});
      expect(list.body).toMatchObject({ items: [{ externalId: "a" }, { externalId: "c" }] });
      crash(folder);
    }
  });

  it("refuses what was changed from outside, and what another release wrote", async () => {
    const folder = newFolder();
    const first = await start(folder);
    await deploy(first);
    await first.call("/models/instances", { items: [node("a", { name: "A" })] });
    crash(folder);
    const journal = path.join(folder, "journal-000000.jsonl");
    const good = readFileSync(journal, "utf8");
    writeFileSync(journal, good.replace("Thing", "Think"));
    await expect(start(folder)).rejects.toMatchObject({ code: "CONFIG.DATA_DAMAGED" });
    crash(folder);
    const second = await openStorage(newFolder());
    open.push(second);
    writeFileSync(journal, good);
    appendFileSync(journal, "00000000 []\n00000000 []\n");
    await expect(start(folder)).rejects.toThrow(/damaged after byte \d+/);
    crash(folder);
  });

  it("keeps other processes out, and takes over what one left that is no more", async () => {
    const folder = newFolder();
    const first = await openStorage(folder);
    await expect(openStorage(folder)).rejects.toMatchObject({
      code: "CONFIG.DATA_LOCKED",
      message: expect.stringContaining(String(process.pid)),
    });
    await first.close();
    await first.close();
    expect(readdirSync(folder)).toEqual([]);
    for (const lock of ['{"pid":2147483646,"started":"1"}', `{"pid":${process.pid},"started":"1"}`, "", "{}"]) {
      writeFileSync(path.join(folder, "LOCK"), lock);
      const next = await openStorage(folder);
      await next.close();
    }
  });

  it("puts a long journal and its snapshot together, while writes go on", async () => {
    const folder = newFolder();
    const first = await start(folder, { compactAfter: 20_000, sync: false });
    await deploy(first);
    const many = (from: number): Promise<unknown> =>
      first.call("/models/instances", {
        items: Array.from({ length: 100 }, (_, at) => node(`n${from + at}`, { size: at })),
      });
    for (let round = 0; round < 30; round++) {
      await Promise.all([
        many(100 * (round % 10)),
        many(1000 + 100 * (round % 7)),
        first.call("/models/instances/delete", {
          items: [{ instanceType: "node", space: "s", externalId: `n${round}` }],
        }),
      ]);
    }
    const before = await everything(first);
    await first.storage.close();
    const files = readdirSync(folder).sort();
    expect(files.some((file) => file.startsWith("snapshot-"))).toBe(true);
    expect(files.some((file) => file.endsWith(".draft") || file === "journal-000000.jsonl")).toBe(false);
    expect(await everything(await start(folder))).toEqual(before);
  });

  it("keeps data points, contents of files and rows of sequences", async () => {
    const folder = newFolder();
    const first = await start(folder, { compactAfter: 1 });
    await first.call("/models/spaces", { items: [{ space: "d" }] });
    const source = (externalId: string): object => ({ type: "view", space: "cdf_cdm", externalId, version: "v1" });
    const id = (externalId: string): { readonly space: string; readonly externalId: string } => ({
      space: "d",
      externalId,
    });
    const items = [
      {
        instanceType: "node",
        ...id("series"),
        sources: [{ source: source("CogniteTimeSeries"), properties: { type: "numeric", isStep: true } }],
      },
      { instanceType: "node", ...id("file"), sources: [{ source: source("CogniteFile"), properties: { name: "f" } }] },
    ];
    expect((await first.call("/models/instances", { items })).status).toBe(200);
    const points = (...times: number[]): object => ({
      items: [
        { instanceId: id("series"), datapoints: times.map((timestamp) => ({ timestamp, value: timestamp / 2 })) },
      ],
    });
    await first.call("/timeseries/data", points(1, 2, 3));
    await first.call("/timeseries/data", points(5));
    await first.call("/timeseries/data/delete", { items: [{ instanceId: id("series"), inclusiveBegin: 2 }] });
    await first.call("/sequences", {
      items: [{ externalId: "table", columns: [{ externalId: "c", valueType: "LONG" }] }],
    });
    await first.call("/sequences/data", {
      items: [{ externalId: "table", columns: ["c"], rows: [{ rowNumber: 3, values: [7] }] }],
    });
    const { body } = await first.call("/files/uploadlink", { items: [{ instanceId: id("file") }] });
    const [{ uploadUrl }] = (body as { readonly items: readonly [{ readonly uploadUrl: string }] }).items;
    const content = Uint8Array.from({ length: 20_000 }, (_, at) => at % 256);
    expect((await first.fetch(uploadUrl, { method: "PUT", body: content })).status).toBe(201);
    const seen = async ({ call, fetch }: Started): Promise<unknown> => {
      const link = await call("/files/downloadlink", { items: [{ instanceId: id("file") }] });
      const [{ downloadUrl }] = (link.body as { readonly items: readonly [{ readonly downloadUrl: string }] }).items;
      return [
        await call("/timeseries/data/list", { items: [{ instanceId: id("series") }] }),
        await call("/sequences/data/list", { externalId: "table" }),
        new Uint8Array(await (await fetch(downloadUrl)).arrayBuffer()),
      ];
    };
    const before = await seen(first);
    expect(before).toEqual([
      expect.objectContaining({ status: 200 }),
      expect.objectContaining({ status: 200 }),
      content,
    ]);
    expect(JSON.stringify(before)).toContain(
      '"datapoints":[{"timestamp":1,"value":0.5},{"timestamp":3,"value":1.5},{"timestamp":5,"value":2.5}]',
    );
    await first.storage.settled();
    crash(folder);
    const second = await start(folder);
    expect(await seen(second)).toEqual(before);
    crash(folder);
    expect(await seen(await start(folder))).toEqual(before);
  });

  it("keeps what the program loads, restores and resets", async () => {
    const folder = newFolder();
    const storage = await openStorage(folder);
    open.push(storage);
    const emulator = createEmulator({ storage });
    emulator.load({ spaces: [{ space: "loaded" }] });
    const spaces = async (of: Pick<typeof emulator, "fetch">): Promise<string[]> => {
      const url = "http://emulator/api/v1/projects/demo/models/spaces?includeGlobal=true";
      const answer = await of.fetch(url, { headers: { authorization: "Bearer any" } });
      const { items } = (await answer.json()) as { readonly items: readonly { readonly space: string }[] };
      return items.map(({ space }) => space).filter((space) => !space.startsWith("cdf_"));
    };
    const add = (space: string): void => emulator.load({ spaces: [{ space }] }, { project: "demo", global: false });
    add("a");
    const snapshot = emulator.snapshot();
    add("b");
    const again = async (): Promise<string[]> => {
      await storage.settled();
      const copy = newFolder();
      cpSync(folder, copy, { recursive: true });
      crash(copy);
      const another = await openStorage(copy);
      open.push(another);
      return await spaces(createEmulator({ storage: another }));
    };
    expect(await again()).toEqual(["a", "b", "loaded"]);
    emulator.restore(snapshot);
    expect(await spaces(emulator)).toEqual(["a", "loaded"]);
    expect(await again()).toEqual(["a", "loaded"]);
    add("c");
    expect(await again()).toEqual(["a", "c", "loaded"]);
    emulator.reset();
    expect(await again()).toEqual([]);
  });

  it("says 503 once the folder cannot be written to any more, and never again that all is well", async () => {
    const folder = newFolder();
    const { call } = await start(folder);
    expect((await call("/models/spaces")).status).toBe(200);
    rmSync(folder, { recursive: true });
    for (let count = 0; count < 2; count++) {
      const { status, body } = await call("/models/spaces", { items: [{ space: "x" }] });
      expect(status).toBe(503);
      expect(body).toMatchObject({ error: { message: expect.stringContaining("cannot be kept: ENOENT") } });
    }
    expect((await call("/models/spaces")).status).toBe(503);
    folders.splice(folders.indexOf(folder), 1);
  });
});
