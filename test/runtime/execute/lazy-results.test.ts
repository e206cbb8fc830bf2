import { beforeAll, describe, expect, it } from "vitest";
import type { ReadCalls } from "../../../src/runtime/execute/read-calls.js";
import type { PlanLimits } from "../../../src/runtime/plan/scope.js";
import type { UntypedListArgs } from "../../../src/runtime/types/untyped.js";
import { edge, type Farm, listTurbines, node, ref, startFarm } from "../farm.js";

let farm: Farm;
const named = Array.from({ length: 25 }, (_, index) => `T${String(index + 1).padStart(2, "0")}`);
const ids = (rows: readonly { readonly externalId: string }[]) => rows.map(({ externalId }) => externalId);
const sort = [{ name: "asc" }];

beforeAll(async () => {
  farm = startFarm();
  await farm.write([
    node("farm", "F1", { name: "Horns" }),
    ...named.map((id, index) => node("turbine", id, { name: id, capacity: index, farm: ref("F1") })),
    ...named.slice(0, 5).map((id) => node("blade", `${id}-1`, { is_damaged: true, turbine: ref(id) })),
    node("metmast", "M1", { height: 1 }),
    edge("e1", "near", "T01", "M1", 5),
  ]);
});

function turbines(args: UntypedListArgs = {}, limits: Partial<PlanLimits> = {}) {
  farm.requests.length = 0;
  return farm.on("turbine", limits).list(args);
}
const paths = () => farm.requests.map(({ path }) => path.split("/").at(-1));

describe("first", () => {
  it("gives the first row, with what hangs on it, by asking for one row", async () => {
    const row = await turbines({ sort, select: { blades: true }, where: { capacity: { gte: 3 } } }).first();
    expect(row).toEqual({ ...ref("T04"), blades: [ref("T04-1")] });
    expect(paths()).toEqual(["query"]);
  });

  it("gives undefined where there is none", async () => {
    expect(await turbines({ where: { name: "none" } }).first()).toBeUndefined();
    expect(await turbines({ limit: 0 }).first()).toBeUndefined();
  });
});

describe("the first row of a stream", () => {
  it("comes after one request, with all that hangs on it, while the page ahead of it is still under way", async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let asked = 0;
    const { instances } = farm.client;
    const query: ReadCalls["query"] = async (request, options) => {
      asked += 1;
      if (asked > 1) await held;
      return instances.query(request, options);
    };
    const calls: ReadCalls = {
      query,
      list: (request, options) => instances.list(request, options),
      retrieve: (ids, rest, options) => instances.retrieve(ids, rest, options),
    };
    const select = { name: true, farm: { select: { name: true } }, blades: true, metmasts: true };
    const rows = listTurbines(calls, { sort, select }, { rootPage: 10 });
    const stream = rows[Symbol.asyncIterator]();
    const first = await stream.next();
    expect(first.value).toEqual({
      ...ref("T01"),
      name: "T01",
      farm: { ...ref("F1"), name: "Horns" },
      blades: [ref("T01-1")],
      metmasts: [ref("M1")],
    });
    expect(asked).toBe(2);
    release();
    await stream.return?.();
    expect(asked).toBe(2);
  });
});

describe("toArray", () => {
  it("gives at most so many rows, and never more than the query's own limit", async () => {
    expect(ids(await turbines({ sort }).toArray({ limit: 3 }))).toEqual(named.slice(0, 3));
    expect(ids(await turbines({ sort, limit: 2 }).toArray({ limit: 3 }))).toEqual(named.slice(0, 2));
    expect(ids(await turbines({ sort }, { rootPage: 10 }).toArray())).toEqual(named);
    expect(await turbines({ sort, limit: Number.POSITIVE_INFINITY }).toArray({ limit: 1 })).toHaveLength(1);
  });

  it("refuses limits that are none", async () => {
    await expect(turbines().toArray({ limit: -1 })).rejects.toMatchObject({ code: "QUERY.INVALID_LIMIT" });
    await expect(turbines({ limit: "5" as never }).toArray({ limit: 1 })).rejects.toMatchObject({
      code: "QUERY.INVALID_LIMIT",
    });
  });
});

describe("count", () => {
  it.each<[string, UntypedListArgs, number]>([
    ["all of a view", {}, 25],
    ["those that match", { where: { capacity: { gte: 20 } } }, 5],
    ["those for which a condition on the far side holds", { where: { blades: { some: { isDamaged: true } } } }, 5],
    ["no more than the limit", { limit: 7 }, 7],
    ["none", { where: { name: "none" } }, 0],
  ])("counts %s, without reading rows", async (_name, args, expected) => {
    expect(await turbines(args).count()).toBe(expected);
    expect(paths().at(-1)).toBe("aggregate");
  });

  it("counts by a view's own filter, and edges", async () => {
    expect(await farm.on("big").list().count()).toBe(20);
    expect(await farm.on("distance").list().count()).toBe(1);
  });

  it("refuses what a list refuses", async () => {
    await expect(turbines({ where: { nope: 1 } }).count()).rejects.toMatchObject({ code: "QUERY.UNKNOWN_PROPERTY" });
    await expect(turbines({ filter: {} } as never).count()).rejects.toMatchObject({ code: "QUERY.UNKNOWN_OPTION" });
    expect(paths()).toEqual([]);
  });
});

describe("stream", () => {
  it("is a web stream of the rows, of which nothing is read before it is asked for", async () => {
    const stream = turbines({ sort }, { rootPage: 10 }).stream();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(paths()).toEqual([]);
    const rows: { externalId: string }[] = [];
    for await (const row of stream) rows.push(row);
    expect(ids(rows)).toEqual(named);
  });

  it("asks for no more once it is cancelled", async () => {
    const reader = turbines({ sort }, { rootPage: 5 }).stream().getReader();
    expect((await reader.read()).value?.externalId).toBe("T01");
    await reader.cancel();
    const sent = paths().length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(paths()).toHaveLength(sent);
  });

  it("ends in the error of the query", async () => {
    const reader = turbines({ where: { nope: 1 } })
      .stream()
      .getReader();
    await expect(reader.read()).rejects.toMatchObject({ code: "QUERY.UNKNOWN_PROPERTY" });
    await turbines().stream().cancel();
    expect(paths()).toEqual([]);
  });
});

describe("ndjson", () => {
  it("is a line of JSON for each row, as the body of a response", async () => {
    const list = turbines({ sort, select: { name: true, $createdTime: true }, limit: 3 }, { rootPage: 2 });
    const text = await new Response(list.ndjson()).text();
    const rows = await list;
    expect(text.endsWith("\n")).toBe(true);
    expect(text.trimEnd().split("\n")).toEqual(rows.map((row) => JSON.stringify(row)));
    expect(await new Response(turbines({ where: { name: "none" } }).ndjson()).text()).toBe("");
  });
});
