import { model } from "pygen";
import { QueryExecutor } from "pygen/legacy";
import { beforeAll, describe, expect, it } from "vitest";
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
    expect(await executor.list(turbine)).toEqual(await world.wind.turbine.list({ limit: 25 }));
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

  it("X3: aggregates and groups", async () => {
    const count = await executor.aggregate(turbine, ["count", { aggregate: "avg", property: "capacity" }]);
    const today = await world.wind.turbine.aggregate({ count: true, avg: { capacity: true } });
    expect(count).toMatchObject([{ value: today.count }, { value: today.avg.capacity }]);
    expect(await executor.aggregate(turbine, "count", { groupBy: "status" })).toHaveLength(2);
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

  it("tells a view that is not there, and warns once for each call", async () => {
    await expect(executor.list({ ...turbine, version: "v9" })).rejects.toMatchObject({ code: "QUERY.UNBOUND_VIEW" });
    expect(said).toHaveLength(4);
  });
});
