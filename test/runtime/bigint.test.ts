import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEmulator } from "../../src/emulator/index.js";
import { type Listening, listen } from "../../src/emulator/node.js";
import { bind, model, type NodeView, PygenClient, token, type ViewDescriptor, type ViewOf } from "../../src/index.js";
import { bindViews, descriptorsOf } from "../../src/runtime/bind.js";
import { defaultLimits } from "../../src/runtime/plan/scope.js";
import { openApiChecker } from "../tools/openapi-checker.js";

const checker = openApiChecker();

interface Signal extends NodeView<"s/Signal@v1"> {
  key: bigint;
  keys: bigint[] | null;
  level: number | null;
  data: { readonly [key: string]: never } | null;
}

const descriptor = (bigint: { readonly bigint?: true }): ViewDescriptor => ({
  space: "s",
  externalId: "Signal",
  version: "v1",
  instanceType: "node",
  properties: {
    key: { type: "int64", required: true, ...bigint },
    keys: { type: "int64", list: true, ...bigint },
    level: { type: "float64" },
    next: { type: "direct", source: "s/Signal@v1" },
    previous: { type: "reverse", source: "s/Signal@v1", through: { source: "s/Signal@v1", property: "next" } },
  },
});
const Exact = descriptor({ bigint: true }) as ViewOf<Signal>;
const Rounded = descriptor({});

const types = {
  key: { type: "int64" },
  keys: { type: "int64", list: true },
  level: { type: "float64" },
  next: { type: "direct" },
};
const container = { type: "container", space: "s", externalId: "Signal" };

let server: Listening;
let client: PygenClient;

beforeEach(async () => {
  const emulator = createEmulator();
  const properties = Object.entries(types);
  const view = {
    space: "s",
    externalId: "Signal",
    version: "v1",
    properties: Object.fromEntries(
      properties.map(([id]) => [
        id,
        { container, containerPropertyIdentifier: id, ...(id === "next" ? { source: viewReference } : {}) },
      ]),
    ),
  };
  emulator.load(
    {
      spaces: [{ space: "s" }],
      containers: [
        {
          space: "s",
          externalId: "Signal",
          usedFor: "node",
          properties: Object.fromEntries(
            properties.map(([id, type]) => [id, { type, nullable: id !== "key" }] as const),
          ),
        },
      ],
      views: [view],
      dataModels: [{ space: "s", externalId: "Model", version: "v1", views: [viewReference] }],
    } as never,
    { global: false },
  );
  server = await listen(emulator);
  client = new PygenClient({
    baseUrl: server.url,
    project: "demo",
    application: "test",
    credentials: token("t"),
    ...(checker === null ? {} : { fetch: checker.wrap() }),
  });
});
afterEach(() => server.close());

const viewReference = { type: "view", space: "s", externalId: "Signal", version: "v1" } as const;
const base = 9007199254740992n;

async function written() {
  const { signal } = bind(client, { signal: Exact }, { space: "s" });
  await signal.upsert([
    { externalId: "a", key: base, keys: [-(2n ** 63n), 2n ** 63n - 1n, 5n], level: 2 ** 60 },
    { externalId: "b", key: base + 1n, level: 0.5 },
    { externalId: "c", key: 7n },
  ]);
  return signal;
}

describe("E104: int64 as bigint", () => {
  it("reads every value as bigint, and floating point as numbers", async () => {
    const signal = await written();
    const rows = await signal.list({ select: { key: true, keys: true, level: true }, sort: [{ key: "asc" }] });
    expect(rows).toEqual([
      { space: "s", externalId: "c", key: 7n, keys: null, level: null },
      { space: "s", externalId: "a", key: base, keys: [-(2n ** 63n), 2n ** 63n - 1n, 5n], level: 2 ** 60 },
      { space: "s", externalId: "b", key: base + 1n, keys: null, level: 0.5 },
    ]);
    expect((await signal.retrieve("b"))?.key).toBe(base + 1n);
  });

  it("filters exactly", async () => {
    const signal = await written();
    const ids = async (where: Parameters<typeof signal.list>[0]): Promise<string[]> =>
      (await signal.list(where)).map(({ externalId }) => externalId);
    expect(await ids({ where: { key: base + 1n } })).toEqual(["b"]);
    expect(await ids({ where: { key: { equals: 7n } } })).toEqual(["c"]);
    expect(await ids({ where: { key: { in: [base, 7n, 7n, base + 5n] } } })).toEqual(["a", "c"]);
    expect(await ids({ where: { key: { gt: base } } })).toEqual(["b"]);
    expect(await ids({ where: { key: { gte: 7n, lte: base } } })).toEqual(["a", "c"]);
    expect(await ids({ where: { keys: { containsAny: [2n ** 63n - 1n] } } })).toEqual(["a"]);
    expect(await ids({ where: { keys: { containsAll: [5n, -(2n ** 63n) + 1n] } } })).toEqual([]);
    await expect(signal.list({ where: { key: "7" as never } })).rejects.toThrow("must be a bigint, got a string");
  });

  it("resumes by cursor, and tells plans apart that differ in such an integer only", async () => {
    await written();
    const views = descriptorsOf({ signal: Exact });
    const small = bindViews(client, views, { space: "s" }, { ...defaultLimits, rootPage: 1 })["signal"];
    const query = (key: bigint) => small?.list({ where: { key: { gte: key } }, sort: [{ key: "asc" }] });
    const cursors: (string | undefined)[] = [];
    const keys: unknown[] = [];
    for await (const { items, cursor } of query(base)?.pages() ?? []) {
      cursors.push(cursor);
      keys.push(...items.map(({ key }) => key));
    }
    expect(keys).toEqual([base, base + 1n]);
    const [cursor = ""] = cursors;
    const rest = [];
    for await (const { items } of query(base)?.pages({ cursor }) ?? []) rest.push(...items);
    expect(rest).toMatchObject([{ externalId: "b" }]);
    const other = query(base + 1n)
      ?.pages({ cursor })
      [Symbol.asyncIterator]();
    await expect(other?.next()).rejects.toMatchObject({ code: "QUERY.CURSOR_MISMATCH" });
  });

  it("explains itself with bigint in filters, which prints", async () => {
    const { signal } = bind(client, { signal: Exact }, { space: "s" });
    const plan = await signal.list({ where: { key: { gt: base } }, limit: 5 }).explain();
    expect(inspect(plan, { depth: 10 })).toContain(`${base}n`);
  });

  it("reads exactly where only a nested view has bigint", async () => {
    await written();
    const next = { space: "s", externalId: "b" };
    const untyped = bind(client, { signal: Exact as ViewDescriptor as ViewOf<never> }, { space: "s" }) as never as {
      signal: { upsert(items: object[]): Promise<unknown>; list(args: object): Promise<unknown[]> };
    };
    await untyped.signal.upsert([{ externalId: "a", next }]);
    expect(
      await untyped.signal.list({ where: { externalId: "a" }, select: { next: { select: { key: true } } } }),
    ).toEqual([{ space: "s", externalId: "a", next: { ...next, key: base + 1n } }]);
    expect(
      await untyped.signal.list({
        where: { externalId: "b" },
        select: { previous: { select: { keys: true }, sort: [{ key: "desc" }] } },
      }),
    ).toMatchObject([{ previous: [{ keys: [-(2n ** 63n), 2n ** 63n - 1n, 5n] }] }]);
  });

  it("refuses what is no int64", async () => {
    const signal = await written();
    await expect(signal.upsert([{ externalId: "x", key: 2n ** 63n }])).rejects.toMatchObject({ status: 400 });
    await expect(signal.upsert([{ externalId: "x", key: 1.5 as never }])).rejects.toThrow("must be a bigint");
    await expect(signal.upsert([{ externalId: "x", key: 1n, level: 5n as never }])).rejects.toThrow(
      "must be a finite number",
    );
  });

  it("stays number where the metadata does not say so: refused past 2^53, with what to do", async () => {
    await written();
    const { signal } = bind(client, { signal: Rounded }, { space: "s" }) as never as {
      signal: { retrieve(id: string): Promise<{ key: unknown }> };
    };
    expect((await signal.retrieve("c")).key).toBe(7);
    await expect(signal.retrieve("b")).rejects.toMatchObject({
      code: "RESPONSE.UNSAFE_INTEGER",
      hint: expect.stringContaining("--int64 bigint"),
    });
  });

  it("is an option of models that are loaded at run time", async () => {
    await written();
    const id = { space: "s", externalId: "Model", version: "v1" };
    const exact = await model(client, id, { space: "s", int64: "bigint" });
    expect(await exact["signal"]?.retrieve("b", { select: { key: true } })).toMatchObject({ key: base + 1n });
    const rounded = await model(client, id, { space: "s" });
    await expect(rounded["signal"]?.retrieve("b")).rejects.toMatchObject({ code: "RESPONSE.UNSAFE_INTEGER" });
  });
});
