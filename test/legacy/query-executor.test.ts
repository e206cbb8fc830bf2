import { model } from "pygen";
import { QueryExecutor } from "pygen/legacy";
import { beforeAll, describe, expect, it } from "vitest";
import type { LoadModel } from "../../src/emulator/index.js";
import { file, text } from "../ir/models.js";
import { clientOf } from "./client-of.js";
import { startWorld, type World } from "./wind.js";

const turbine = { space: "wind", externalId: "Turbine", version: "v1" };
let world: World;
let executor: QueryExecutor;
const said: string[] = [];
beforeAll(async () => {
  world = await startWorld();
  const sdk = await model(world.client, { space: "wind", externalId: "WindFarm", version: "v1" }, { space: "data" });
  executor = new QueryExecutor(sdk, { logger: { warn: (message) => said.push(message) } });
});

describe("the query executor of v1", () => {
  it("X1, X5, X6, X8: lists any view by its id, with relations, filters and an order", async () => {
    const filter = { range: { property: ["wind", "Turbine/v1", "capacity"], gte: 1 } };
    const rows = await executor.list(turbine, {
      properties: ["name", { blades: ["name"] }, { technicians: ["name"] }, { farm: ["name"] }],
      filter,
      sort: { property: "capacity", direction: "descending" },
      limit: 5,
    });
    const today = await world.wind.turbine.list({
      where: { capacity: { gte: 1 } },
      select: {
        name: true,
        blades: { select: { name: true } },
        technicians: { select: { name: true } },
        farm: { select: { name: true } },
      },
      sort: [{ capacity: "desc" }],
      limit: 5,
    });
    expect(rows).toEqual(today);
    expect(await executor.list(turbine)).toEqual(await world.wind.turbine.list());
  });

  it("X2: searches", async () => {
    const blade = { ...turbine, externalId: "Blade" };
    const rows = await executor.search(blade, {
      query: "Blade 2",
      searchProperties: "name",
      operator: "AND",
      limit: 3,
      properties: ["name"],
    });
    const today = await world.wind.blade.search("Blade 2", {
      properties: ["name"],
      operator: "AND",
      limit: 3,
      select: { name: true },
    });
    expect(rows).toEqual(today.items);
  });

  it("X2: gives all that the filter lets through without words", async () => {
    const filter = { equals: { property: ["wind", "Turbine/v1", "status"], value: "stopped" } };
    const sort = { property: "name" };
    const rows = await executor.search(turbine, { filter, sort, properties: ["name", { farm: ["name"] }] });
    expect(rows).toHaveLength(12);
    expect(rows).toEqual(await executor.list(turbine, { filter, sort, properties: ["name", { farm: ["name"] }] }));
    expect(await executor.search(turbine)).toHaveLength(60);
  });

  it("X3: aggregates and groups", async () => {
    const count = await executor.aggregate(turbine, ["count", { aggregate: "avg", property: "capacity" }]);
    const today = await world.wind.turbine.aggregate({ count: true, avg: { capacity: true } });
    expect(count).toMatchObject([{ value: today.count }, { value: today.avg.capacity }]);
    expect(await executor.aggregate(turbine, "count", { groupBy: "status" })).toHaveLength(2);
    expect(await executor.aggregate(turbine, "count", { groupBy: "name" })).toHaveLength(60);
  });

  it("X3: gives histograms, by themselves", async () => {
    const capacity = { aggregate: "histogram", property: "capacity" } as const;
    const asked = [1, 2].map((interval) => ({ ...capacity, interval }));
    const today = await Promise.all(
      asked.map(({ interval }) => world.wind.turbine.aggregate({ histogram: { capacity: interval } })),
    );
    expect(await executor.aggregate(turbine, asked)).toEqual(
      asked.map(({ interval }, at) => ({
        property: "capacity",
        interval,
        buckets: today[at]?.histogram.capacity,
      })),
    );
    const mixed = executor.aggregate(turbine, [{ ...capacity, interval: 1 }, "count"] as never);
    await expect(mixed).rejects.toMatchObject({ code: "QUERY.INVALID_VALUE" });
  });

  it("X4: pages with cursors, and bounds what is nested", async () => {
    const pages: number[] = [];
    let cursor: string | undefined;
    const args = { properties: ["name", { blades: ["name"] }], nestedLimit: 2, chunkSize: 25 } as const;
    for await (const page of executor.iterate(turbine, args)) {
      pages.push(page.items.length);
      expect(Math.max(...page.items.map(({ blades }) => (blades as readonly unknown[]).length))).toBe(2);
      ({ cursor } = page);
      break;
    }
    for await (const page of executor.iterate(turbine, { ...args, initialCursor: cursor }))
      pages.push(page.items.length);
    expect(pages).toEqual([25, 25, 10]);
  });

  it("refuses numbers that cannot be meant, before anything is asked", async () => {
    const before = world.requests.length;
    for (const limit of [Number.NaN, -2, 1.5, Number.NEGATIVE_INFINITY, "5" as never]) {
      const refused = [
        executor.list(turbine, { limit }),
        executor.search(turbine, { query: "a", limit }),
        executor.aggregate(turbine, "count", { groupBy: "status", limit }),
        executor.iterate(turbine, { limit }).next(),
        executor.iterate(turbine, { chunkSize: limit }).next(),
        executor.iterate(turbine, { nestedLimit: limit, properties: [{ blades: ["name"] }] }).next(),
      ];
      for (const call of refused) await expect(call).rejects.toMatchObject({ code: "QUERY.INVALID_LIMIT" });
    }
    const none = executor.iterate(turbine, { chunkSize: 0 }).next();
    await expect(none).rejects.toThrow("'chunkSize' must be a whole number from 1; got 0.");
    expect(world.requests.length).toBe(before);
    const all = executor.iterate(turbine, { chunkSize: 60, nestedLimit: -1, properties: [{ blades: ["name"] }] });
    expect((await all.next()).value).toMatchObject({ items: { length: 60 } });
  });

  it("tells a view that is not there, and warns once for each call", async () => {
    await expect(executor.list({ ...turbine, version: "v9" })).rejects.toMatchObject({ code: "QUERY.UNBOUND_VIEW" });
    expect(said).toHaveLength(4);
  });
});

describe("the query executor of v1 over a view for nodes and edges", () => {
  const both = { space: "s", externalId: "Both", version: "v1" };
  const id = { space: "s", externalId: "M", version: "v1" };

  const end = (externalId: string) => ({ space: "data", externalId });

  /** Two nodes and an edge; and as many edges more as notes are given. */
  const start = async (...notes: readonly string[]) => {
    const size = { type: { type: "int32" } } as const;
    const total = { type: { type: "int64" } } as const;
    const client = clientOf(file({ Both: { usedFor: "all", properties: { note: text, size, total } } }) as LoadModel);
    await client.dataModels.create([{ ...id, views: [{ type: "view", ...both }] }]);
    const of = (note: string, value: number) => ({
      sources: [{ source: { type: "view", ...both } as const, properties: { note, size: value } }],
    });
    const ends = { type: end("type"), startNode: end("a"), endNode: end("b") };
    const edge = (externalId: string, note: string, value: number) =>
      ({ instanceType: "edge", space: "data", externalId, ...ends, ...of(note, value) }) as const;
    await client.instances.upsert([
      { instanceType: "node", space: "data", externalId: "a", ...of("x", 1) },
      { instanceType: "node", space: "data", externalId: "b", ...of("y", 5) },
      edge("e", "x", 9),
      ...notes.map((note) => edge(note, note, 4)),
    ]);
    const executorOf = async (int64: "number" | "bigint") =>
      new QueryExecutor(await model(client, id, { space: "data", int64 }), { logger: { warn: () => undefined } });
    return { client, of: await executorOf("number"), exact: await executorOf("bigint") };
  };
  const ids = (rows: readonly { readonly externalId: string }[]) => rows.map(({ externalId }) => externalId);

  it("X1, X2: gives nodes, then edges, or those that are asked for", async () => {
    const { of } = await start();
    expect(ids(await of.list(both))).toEqual(["a", "b", "e"]);
    expect(ids(await of.list(both, { limit: 2 }))).toEqual(["a", "b"]);
    expect(ids(await of.list(both, { instanceTypes: "edge", sort: { property: "size" } }))).toEqual(["e"]);
    await expect(of.list(both, { sort: { property: "size" } })).rejects.toMatchObject({ code: "QUERY.INVALID_VALUE" });
    expect(ids(await of.search(both, { query: "x" }))).toEqual(["a", "e"]);
    for await (const { items } of of.iterate(both)) expect(ids(items)).toEqual(["a", "b"]);
  });

  it("X3: puts the values of nodes and edges together, and refuses those that cannot be", async () => {
    const { of } = await start();
    const property = "size";
    const metrics = (["count", "sum", "min", "max"] as const).map((aggregate) => ({ aggregate, property }));
    expect((await of.aggregate(both, metrics)).map(({ value }) => value)).toEqual([3, 15, 1, 9]);
    expect(await of.aggregate(both, "count", { instanceTypes: ["edge"] })).toMatchObject([{ value: 1 }]);
    expect(await of.aggregate(both, { aggregate: "max", property }, { groupBy: "note" })).toEqual([
      { group: { note: "x" }, aggregates: [{ aggregate: "max", property, value: 9 }] },
      { group: { note: "y" }, aggregates: [{ aggregate: "max", property, value: 5 }] },
    ]);
    const { of: ofMore } = await start("w");
    const few = await ofMore.aggregate(both, { aggregate: "max", property }, { groupBy: "note", limit: 1 });
    expect(few).toEqual([{ group: { note: "x" }, aggregates: [{ aggregate: "max", property, value: 9 }] }]);
    const none = { filter: { equals: { property: ["s", "Both/v1", "note"], value: "y" } } };
    expect(await of.aggregate(both, { aggregate: "min", property }, none)).toMatchObject([{ value: 5 }]);
    const avg = { aggregate: "avg", property } as const;
    await expect(of.aggregate(both, avg)).rejects.toMatchObject({ code: "QUERY.INVALID_VALUE" });
    expect(await of.aggregate(both, avg, { instanceTypes: "node" })).toMatchObject([{ value: 3 }]);
    const histogram = of.aggregate(both, { aggregate: "histogram", property, interval: 2 });
    await expect(histogram).rejects.toMatchObject({ code: "QUERY.INVALID_VALUE" });
  });

  it("X3: adds up integers to the last digit, or says that a number cannot hold them", async () => {
    const { client, of, exact } = await start();
    const most = Number.MAX_SAFE_INTEGER;
    const source = { type: "view", ...both } as const;
    const ends = { type: end("type"), startNode: end("a"), endNode: end("b") };
    await client.instances.upsert([
      { instanceType: "node", ...end("a"), sources: [{ source, properties: { total: most } }] },
      { instanceType: "edge", ...end("e"), ...ends, sources: [{ source, properties: { total: 2 } }] },
    ]);
    const sum = { aggregate: "sum", property: "total" } as const;
    expect(await exact.aggregate(both, sum)).toMatchObject([{ value: 2n ** 53n + 1n }]);
    await expect(of.aggregate(both, sum)).rejects.toMatchObject({
      code: "RESPONSE.UNSAFE_INTEGER",
      message: expect.stringContaining("sum of 'total' of view s/Both@v1"),
    });
    expect(await of.aggregate(both, sum, { instanceTypes: "node" })).toMatchObject([{ value: most }]);
  });
});
