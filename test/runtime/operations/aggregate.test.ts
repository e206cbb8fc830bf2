import { describe, expect, it } from "vitest";
import { isQueryError } from "../../../src/index.js";
import { node, ref, startFarm } from "../farm.js";

async function counted() {
  const farm = startFarm();
  await farm.write([
    node("farm", "F", { name: "Horns Rev" }),
    node("turbine", "A", {
      name: "a",
      capacity: 2,
      count: 4,
      status: "running",
      farm: ref("F"),
      tags: ["x", "y"],
      is_active: true,
    }),
    node("turbine", "B", { name: "b", capacity: 9, count: 1, status: "running", farm: ref("F"), tags: ["x"] }),
    node("turbine", "C", { name: "c", status: "stopped" }),
    node("blade", "A1", { name: "blade", turbine: ref("A"), is_damaged: true }),
  ]);
  return farm;
}

describe("aggregate", () => {
  it("counts instances and values, and computes over numbers, in one request", async () => {
    const { on, requests } = await counted();
    const values = await on("turbine").aggregate({ count: true, avg: { capacity: true }, sum: { count: true } });
    expect(values).toEqual({ count: 3, avg: { capacity: 5.5 }, sum: { count: 5 } });
    expect(await on("turbine").aggregate({ count: { capacity: true, name: true } })).toEqual({
      count: { capacity: 2, name: 3 },
    });
    expect(requests.map(({ path }) => path.split("/").at(-1))).toEqual(["aggregate", "aggregate"]);
  });

  it("splits what is too much for one request", async () => {
    const { on, requests } = await counted();
    const both = { capacity: true, count: true } as const;
    const values = await on("turbine").aggregate({ count: true, avg: both, sum: both, min: both, max: both });
    expect(values).toEqual({
      count: 3,
      avg: { capacity: 5.5, count: 2.5 },
      sum: { capacity: 11, count: 5 },
      min: { capacity: 2, count: 1 },
      max: { capacity: 9, count: 4 },
    });
    expect(requests).toHaveLength(2);
  });

  it("asks nothing where its conditions contradict each other, and gives what the service does for no instances", async () => {
    const { on, requests } = await counted();
    const what = {
      count: true,
      avg: { capacity: true },
      sum: { count: true },
      min: { count: true },
      histogram: { capacity: 2 },
    } as const;
    const of = async (where: Record<string, unknown>) => [
      await on("turbine").aggregate({ ...what, where }),
      await on("turbine").aggregate({ count: { name: true }, where }),
      await on("turbine").aggregate({ count: true, groupBy: ["status"], where }),
    ];
    const none = await of({ name: "nobody" });
    requests.length = 0;
    expect(await of({ name: { in: [] } })).toEqual(none);
    expect(requests).toHaveLength(0);
  });

  it("gives null for what there is nothing to compute from", async () => {
    const { on } = await counted();
    const where = { name: "c" };
    expect(
      await on("turbine").aggregate({ count: true, avg: { capacity: true }, max: { count: true }, where }),
    ).toEqual({
      count: 1,
      avg: { capacity: null },
      max: { count: null },
    });
  });

  it("counts values in intervals", async () => {
    const { on } = await counted();
    expect(await on("turbine").aggregate({ histogram: { capacity: 5 } })).toEqual({
      histogram: {
        capacity: [
          { start: 0, count: 1 },
          { start: 5, count: 1 },
        ],
      },
    });
  });

  it("groups by ids, texts, enums and lists, with null for those without a value", async () => {
    const { on } = await counted();
    const byFarm = await on("turbine").aggregate({ count: true, avg: { capacity: true }, groupBy: ["farm", "status"] });
    expect(byFarm).toEqual({
      items: expect.arrayContaining([
        { group: { farm: ref("F"), status: "running" }, count: 2, avg: { capacity: 5.5 } },
        { group: { farm: null, status: "stopped" }, count: 1, avg: { capacity: null } },
      ]),
      truncated: false,
    });
    const byTag = (await on("turbine").aggregate({ count: true, groupBy: ["tags"] })) as { items: unknown[] };
    expect(byTag.items).toHaveLength(3);
    expect(byTag.items).toEqual(
      expect.arrayContaining([
        { group: { tags: "x" }, count: 2 },
        { group: { tags: "y" }, count: 1 },
        { group: { tags: null }, count: 1 },
      ]),
    );
    expect(await on("turbine").aggregate({ groupBy: ["isActive"] })).toEqual({
      items: expect.arrayContaining([{ group: { isActive: true } }, { group: { isActive: null } }]),
      truncated: false,
    });
  });

  it("says where there may be more groups", async () => {
    const { on } = await counted();
    expect(await on("turbine").aggregate({ groupBy: ["name"], limit: 2 })).toMatchObject({
      items: [{}, {}],
      truncated: true,
    });
  });

  it("looks only at what passes the filter and has the words", async () => {
    const { on } = await counted();
    const where = { blades: { some: { isDamaged: true } } };
    expect(await on("turbine").aggregate({ count: true, where })).toEqual({ count: 1 });
    expect(await on("turbine").aggregate({ count: true, query: "b", properties: ["name"] })).toEqual({ count: 1 });
  });

  it.each([
    [{}, "QUERY.NO_AGGREGATE", /asked for nothing/],
    [
      { avg: { name: true } },
      "QUERY.NOT_AGGREGATABLE",
      /'name' of view s\/Turbine@v1 is not numeric: there is no 'avg'/,
    ],
    [{ max: { startedAt: true } }, "QUERY.NOT_AGGREGATABLE", /'startedAt'/],
    [{ sum: { capacty: true } }, "QUERY.UNKNOWN_PROPERTY", /Did you mean 'capacity'/],
    [{ avg: ["capacity"] }, "QUERY.INVALID_VALUE", /'avg' of aggregate\(\) must be an object/],
    [{ avg: { capacity: 1 } }, "QUERY.INVALID_VALUE", /must be true/],
    [{ count: { blades: true } }, "QUERY.NOT_AGGREGATABLE", /'blades'/],
    [{ histogram: { capacity: 0 } }, "QUERY.INVALID_VALUE", /interval above 0/],
    [{ histogram: { name: 1 } }, "QUERY.NOT_AGGREGATABLE", /'histogram'/],
    [{ groupBy: ["startedAt"] }, "QUERY.NOT_AGGREGATABLE", /'startedAt' of view s\/Turbine@v1 cannot be grouped by/],
    [{ groupBy: ["blades"] }, "QUERY.NOT_AGGREGATABLE", /grouped/],
    [{ groupBy: ["nme"] }, "QUERY.UNKNOWN_PROPERTY", /nme/],
    [{ groupBy: [] }, "QUERY.TOO_MANY", /1 to 5/],
    [{ groupBy: "name" }, "QUERY.INVALID_VALUE", /array/],
    [
      {
        count: true,
        avg: { capacity: true, count: true },
        sum: { capacity: true, count: true },
        max: { count: true },
        groupBy: ["name"],
      },
      "QUERY.TOO_MANY",
      /at most 5/,
    ],
    [{ count: true, limit: 5 }, "QUERY.INVALID_LIMIT", /no groups/],
    [{ groupBy: ["name"], limit: 1001 }, "QUERY.INVALID_LIMIT", /1,000/],
    [{ cont: true }, "QUERY.UNKNOWN_OPTION", /Did you mean 'count'/],
  ])("refuses %j before anything is sent", async (args, code, message) => {
    const { on, requests } = startFarm();
    const error = await on("turbine")
      .aggregate(args as never)
      .catch((error: unknown) => error);
    expect(error).toSatisfy(isQueryError);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(requests).toEqual([]);
  });
});
