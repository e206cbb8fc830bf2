import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bindViews } from "../../../src/runtime/bind.js";
import { defaultLimits } from "../../../src/runtime/plan/scope.js";
import type { UntypedArgs } from "../../../src/runtime/types/untyped.js";
import { type Farm, node, ref, startFarm, views } from "../farm.js";

let farm: Farm;
const named = Array.from({ length: 10 }, (_, index) => `T${index}`);

beforeAll(async () => {
  farm = startFarm();
  await farm.write([
    node("farm", "F1", { name: "Horns" }),
    ...named.map((id) => node("turbine", id, { name: id, farm: ref("F1") })),
    ...named.map((id) => node("blade", `${id}-1`, { is_damaged: true, turbine: ref(id) })),
  ]);
});
beforeEach(() => {
  farm.requests.length = 0;
});

const tooMany = (most: number) => ({
  code: "QUERY.MAX_REQUESTS",
  message: `The query takes more than the ${most} requests that it may.`,
  hint: expect.stringContaining("maxRequests"),
});

describe("maxRequests", () => {
  it("ends a list that takes more, before the one that is too many is sent", async () => {
    const list = (maxRequests: number) => farm.on("turbine", { rootPage: 3 }).list({ maxRequests });
    await expect(list(3)).rejects.toMatchObject(tooMany(3));
    expect(farm.requests).toHaveLength(3);
    expect(await list(4)).toHaveLength(10);
    await expect(list(0)).rejects.toMatchObject(tooMany(0));
  });

  it("does not count the page ahead that nobody asks for", async () => {
    const rows: string[] = [];
    for await (const { externalId } of farm.on("turbine", { rootPage: 3 }).list({ maxRequests: 2 })) {
      rows.push(externalId);
      if (rows.length === 6) break;
    }
    expect(rows).toHaveLength(6);
  });

  it("counts nested pages, further stages and what conditions ask", async () => {
    const paged = farm.on("farm", { setPage: 4 }).list({ select: { turbines: true }, maxRequests: 2 });
    await expect(paged).rejects.toMatchObject(tooMany(2));
    const staged = farm.on("turbine", { chunk: 5 }).list({ select: { similarTo: true }, maxRequests: 2 });
    await expect(staged).rejects.toMatchObject(tooMany(2));
    const asked = farm
      .on("turbine", { setPage: 5, chunk: 5 })
      .list({ where: { blades: { some: {} } }, maxRequests: 2 });
    await expect(asked).rejects.toMatchObject(tooMany(2));
  });

  it("bounds reading by id and relations that are loaded later", async () => {
    const turbine = farm.on("turbine", { chunk: 4 });
    await expect(turbine.retrieve(named, { maxRequests: 2 })).rejects.toMatchObject(tooMany(2));
    expect(farm.requests).toHaveLength(0);
    const select = { name: true };
    await expect(turbine.retrieve(named, { select, maxRequests: 2 })).rejects.toMatchObject(tooMany(2));
    expect(await turbine.retrieve(named, { select, maxRequests: 3 })).toHaveLength(10);
    await expect(turbine.related(named, "blades", true, { maxRequests: 2 })).rejects.toMatchObject(tooMany(2));
  });
});

describe("maxDepth", () => {
  const deep = { turbine: { select: { farm: { select: { turbines: { select: { name: true } } } } } } };

  it.each<[string, UntypedArgs, number, string]>([
    ["selections", { select: deep }, 2, "'turbines' of view s/Farm@v1"],
    ["selections of ids, as of nodes", { select: { turbine: {} } }, 0, "'turbine' of view s/Blade@v1"],
    [
      "conditions on single relations",
      { where: { turbine: { is: { farm: { is: {} } } } } },
      1,
      "'farm' of view s/Turbine@v1",
    ],
    [
      "conditions on many",
      { where: { turbine: { is: { farm: { is: { turbines: { some: { blades: { some: {} } } } } } } } } },
      3,
      "'blades' of view s/Turbine@v1",
    ],
    [
      "conditions in selections",
      { select: { turbine: { select: { blades: { where: { turbine: { is: {} } } } } } } },
      2,
      "'turbine' of view s/Blade@v1",
    ],
  ])("bounds %s, before anything is sent", async (_name, args, maxDepth, place) => {
    const blade = farm.on("blade");
    await expect(blade.list({ ...args, maxDepth })).rejects.toMatchObject({
      code: "QUERY.MAX_DEPTH",
      message: `The query goes too deep, at ${place}.`,
    });
    await expect(blade.list({ ...args, maxDepth }).explain()).rejects.toMatchObject({ code: "QUERY.MAX_DEPTH" });
    expect(farm.requests).toHaveLength(0);
    expect((await blade.list({ ...args, maxDepth: maxDepth + 1 })).length).toBeGreaterThan(0);
  });

  it("is 50 where nothing is said, which ends what no request could hold", async () => {
    const nest = (levels: number): UntypedArgs =>
      levels === 0 ? { name: true } : { next: { select: nest(levels - 1) } };
    const turbine = farm.on("turbine");
    await expect(turbine.list({ select: nest(51) })).rejects.toMatchObject({ code: "QUERY.MAX_DEPTH" });
    await expect(turbine.retrieve("T1", { select: nest(51) })).rejects.toMatchObject({ code: "QUERY.MAX_DEPTH" });
    expect(await turbine.list({ select: nest(50), limit: 1 })).toHaveLength(1);
    expect(await turbine.list({ select: nest(51), limit: 1, maxDepth: Number.POSITIVE_INFINITY })).toHaveLength(1);
  });
});

describe("bounds of a binding", () => {
  it("hold for every query that gives itself none", async () => {
    const bound = bindViews(farm.client, views, { space: "data", maxRequests: 1, maxDepth: 1 }, defaultLimits);
    const select = { turbine: { select: { farm: { select: { name: true } } } } };
    await expect(bound["blade"]!.list({ select })).rejects.toMatchObject({ code: "QUERY.MAX_DEPTH" });
    expect(await bound["blade"]!.list({ select, maxDepth: 2 })).toHaveLength(10);
    const some = { blades: { some: {} }, farm: { is: {} } };
    await expect(bound["turbine"]!.list({ where: { $not: some } })).rejects.toMatchObject(tooMany(1));
    expect(await bound["turbine"]!.list({ where: { $not: some }, maxRequests: Number.POSITIVE_INFINITY })).toEqual([]);
  });

  it.each([{ maxRequests: -1 }, { maxRequests: 1.5 }, { maxDepth: Number.NaN }, { maxDepth: "2" as never }])(
    "refuses %j",
    async (bounds) => {
      expect(() => bindViews(farm.client, views, bounds, defaultLimits)).toThrow(/The limit of max\w+ must be/);
      await expect(farm.on("turbine").list(bounds)).rejects.toMatchObject({ code: "QUERY.INVALID_LIMIT" });
      await expect(farm.on("turbine").retrieve("T1", bounds)).rejects.toMatchObject({ code: "QUERY.INVALID_LIMIT" });
    },
  );
});
