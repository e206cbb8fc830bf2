import { beforeAll, describe, expect, it } from "vitest";
import type { UntypedArgs } from "../../src/runtime/types/untyped.js";
import { edge, type Farm, node, ref, startFarm } from "./farm.js";

let farm: Farm;
const ids = (rows: readonly { readonly externalId: string }[]) => rows.map(({ externalId }) => externalId).sort();

beforeAll(async () => {
  farm = startFarm();
  await farm.write([
    node("farm", "F1", { name: "Horns", featured: [ref("T1"), ref("T3")] }),
    node("farm", "F2", { name: "Baltic" }),
    ...[1, 2, 3, 4].map((n) =>
      node("turbine", `T${n}`, {
        name: `T${n}`,
        capacity: n,
        farm: ref(n < 4 ? "F1" : "F2"),
        ...(n === 1 ? { next: ref("T2"), similar: [ref("T3"), ref("T4")] } : {}),
      }),
    ),
    ...[1, 2, 3, 4].flatMap((n) =>
      [1, 2, 3].map((at) => node("blade", `T${n}-${at}`, { is_damaged: n % 2 === 0 && at < 3, turbine: ref(`T${n}`) })),
    ),
    node("metmast", "M1", { height: 10 }),
    node("metmast", "M2", { height: 80 }),
    edge("e1", "near", "T1", "M1", 5),
    edge("e2", "near", "T2", "M2", 50),
    edge("e3", "near", "T3", "M1", 60),
  ]);
});

async function counted(handle: string, args: object, limits = {}) {
  farm.requests.length = 0;
  const rows = await farm.on(handle, limits).list(args);
  return { ids: ids(rows), requests: farm.requests.length };
}

describe("some", () => {
  it.each<[string, string, object, string[]]>([
    ["a reverse relation", "turbine", { blades: { some: { isDamaged: true } } }, ["T2", "T4"]],
    ["none, by $not", "turbine", { $not: { blades: { some: { isDamaged: true } } } }, ["T1", "T3"]],
    ["any at all", "turbine", { metmasts: { some: {} } }, ["T1", "T2", "T3"]],
    ["edges", "turbine", { metmasts: { some: { edge: { distance: { gte: 50 } } } } }, ["T2", "T3"]],
    ["nodes along edges", "turbine", { metmasts: { some: { node: { height: { lt: 50 } } } } }, ["T1", "T3"]],
    [
      "edges with their nodes: of one edge both",
      "turbine",
      { metmasts: { some: { edge: { distance: { gte: 50 } }, node: { height: { lt: 50 } } } } },
      ["T3"],
    ],
    ["edges inwards", "metmast", { turbines: { some: { node: { name: "T2" } } } }, ["M2"]],
    ["a list of direct relations", "farm", { featured: { some: { capacity: 3 } } }, ["F1"]],
    ["through a parent type's property", "farm", { bigs: { some: {} } }, []],
    ["through a container", "farm", { byContainer: { some: { capacity: 4 } } }, ["F2"]],
    [
      "two deep",
      "farm",
      { turbines: { some: { blades: { some: { isDamaged: true } }, capacity: { lt: 3 } } } },
      ["F1"],
    ],
    [
      "behind a direct relation",
      "blade",
      { turbine: { is: { metmasts: { some: { edge: { distance: 5 } } } } } },
      ["T1-1", "T1-2", "T1-3"],
    ],
    [
      "among alternatives",
      "turbine",
      { $or: [{ capacity: 1 }, { blades: { some: { isDamaged: true } } }] },
      ["T1", "T2", "T4"],
    ],
    ["several", "turbine", { blades: { some: { isDamaged: true } }, metmasts: { some: {} } }, ["T2"]],
  ])("finds by %s", async (_name, handle, where, expected) => {
    expect((await counted(handle, { where })).ids).toEqual(expected);
    expect((await counted(handle, { where }, { setPage: 1, chunk: 1, rootPage: 1 })).ids).toEqual(expected);
  });

  const damaged = { blades: { some: { isDamaged: true } } };

  it.each<[string, string, object, string[]]>([
    ["a reverse relation", "turbine", { where: damaged }, ["T2", "T4"]],
    ["beside other conditions", "turbine", { where: { ...damaged, capacity: { gt: 2 } } }, ["T4"]],
    ["a single reverse relation", "turbine", { where: { previous: { some: { capacity: 1 } } } }, ["T2"]],
    ["backwards through a list", "turbine", { where: { similarTo: { some: { name: "T1" } } } }, ["T3", "T4"]],
    ["edges", "turbine", { where: { metmasts: { some: { edge: { distance: { gte: 50 } } } } } }, ["T2", "T3"]],
    ["nodes along edges", "turbine", { where: { metmasts: { some: { node: { height: 80 } } } } }, ["T2"]],
    ["edges inwards", "metmast", { where: { turbines: { some: { edge: { distance: 60 } } } } }, ["M1"]],
    ["nodes along edges inwards", "metmast", { where: { turbines: { some: { node: { name: "T2" } } } } }, ["M2"]],
    ["through a container", "farm", { where: { byContainer: { some: { capacity: 4 } } } }, ["F2"]],
    ["none", "turbine", { where: { blades: { some: { name: "x" } } } }, []],
    ["up to a limit, in order", "turbine", { where: damaged, sort: [{ name: "desc" }], limit: 1 }, ["T4"]],
    ["with what is selected", "turbine", { where: damaged, select: { blades: true, farm: {} } }, ["T2", "T4"]],
  ])("takes one request with what it is about, where both fit a page: %s", async (_name, handle, args, expected) => {
    expect(await counted(handle, args)).toEqual({ ids: expected, requests: 1 });
  });

  it("takes the ids along where only the far side fits a page, and one request more where it does not", async () => {
    const rows = { ids: ["T1", "T2", "T3", "T4"], requests: 1 + 5 };
    expect(await counted("turbine", { where: { blades: { some: {} } } }, { rootPage: 1 })).toEqual(rows);
    const far = { ids: ["T1", "T2", "T3", "T4"], requests: 1 + 3 + 1 };
    expect(await counted("turbine", { where: { blades: { some: {} } } }, { setPage: 5 })).toEqual(far);
  });

  it("takes one request for each of several, and no more than pages beyond", async () => {
    const two = { blades: { some: {} }, metmasts: { some: {} } };
    expect((await counted("turbine", { where: two })).requests).toBe(3);
  });

  it("is asked once where it is said twice", async () => {
    const twice = {
      $or: [
        { ...damaged, capacity: 2 },
        { ...damaged, capacity: 4 },
      ],
    };
    expect(await counted("turbine", { where: twice })).toEqual({ ids: ["T2", "T4"], requests: 2 });
    const select = { turbines: { where: damaged } };
    farm.requests.length = 0;
    await farm.on("farm").list({ where: { turbines: { some: damaged } }, select });
    expect(farm.requests).toHaveLength(3);
  });

  it("leaves nothing to ask where it holds for none", async () => {
    const none = { blades: { some: { name: "none" } } };
    expect(await counted("turbine", { where: { $or: [none, { $and: [none, { capacity: 1 }] }] } })).toEqual({
      ids: [],
      requests: 1,
    });
    expect((await counted("turbine", { where: { $not: none } })).ids).toHaveLength(4);
  });

  it("holds in nested sets, and for what is read by id", async () => {
    const select = { turbines: { where: { blades: { some: { isDamaged: true } } } } };
    const [row] = await farm.on("farm").list({ where: { name: "Horns" }, select });
    expect(ids(row?.["turbines"] as never)).toEqual(["T2"]);
    const one = await farm.on("farm").retrieve("F2", { select });
    expect(ids(one?.["turbines"] as never)).toEqual(["T4"]);
    const pairs = { metmasts: { edge: true, node: { where: { turbines: { some: { node: { name: "T1" } } } } } } };
    const rows = await farm.on("turbine").list({ select: pairs, sort: [{ name: "asc" }] });
    expect(rows.map(({ metmasts }) => (metmasts as unknown[]).length)).toEqual([1, 0, 1, 0]);
  });

  it("keeps sort, limit and pages", async () => {
    const query = () =>
      farm.on("turbine", { rootPage: 1 }).list({
        where: { blades: { some: { isDamaged: false } } },
        sort: [{ capacity: "desc" }],
        limit: 3,
      });
    expect((await query()).map(({ externalId }) => externalId)).toEqual(["T4", "T3", "T2"]);
    const first = await query().pages()[Symbol.asyncIterator]().next();
    const rest: string[] = [];
    for await (const { items } of query().pages({ cursor: (first.value as { cursor: string }).cursor }))
      rest.push(...items.map(({ externalId }) => externalId));
    expect(rest).toEqual(["T3", "T2"]);
  });

  it("is explained without being sent", async () => {
    farm.requests.length = 0;
    const where = { blades: { some: { turbine: { is: { metmasts: { some: {} } } } } } };
    const plan = await farm.on("turbine").list({ where }).explain();
    expect(farm.requests).toHaveLength(0);
    expect(plan.conditions?.map(({ of, ids: from }) => [of, from])).toEqual([
      ["'metmasts' of view s/Turbine@v1", { set: "root", at: "startNode" }],
      ["'blades' of view s/Turbine@v1", { set: "root", at: { source: "s/Blade@v1", property: "turbine" } }],
    ]);
    expect(JSON.stringify(plan.stages)).toContain('{"parameter":"condition2"}');
  });

  it("is asked anew each time a list runs", async () => {
    const list = farm.on("turbine").list({ where: { blades: { some: { name: "new" } } } });
    expect(await list).toEqual([]);
    await farm.write([node("blade", "T1-1", { is_damaged: false, name: "new" })]);
    expect(ids(await list)).toEqual(["T1"]);
  });

  it.each<[string, UntypedArgs, string, RegExp]>([
    [
      "a misspelt property",
      { blades: { some: { isDamagd: true } } },
      "QUERY.UNKNOWN_PROPERTY",
      /Blade@v1.*'isDamaged'/,
    ],
    ["another operator", { blades: { some: {}, exists: true } }, "QUERY.UNKNOWN_OPTION", /'exists'.*'blades'/],
    ["no operator", { blades: {} }, "QUERY.NOT_FILTERABLE", /'blades'/],
    ["a relation without some", { blades: { is: {} } }, "QUERY.NOT_FILTERABLE", /'blades'/],
    [
      "a part of edges that is none",
      { metmasts: { some: { height: 1 } } },
      "QUERY.UNKNOWN_OPTION",
      /'height'.*'metmasts'/,
    ],
    ["edges by a text", { metmasts: { some: "M1" } }, "QUERY.INVALID_VALUE", /'metmasts/],
    ["a single relation", { farm: { some: {} } }, "QUERY.UNKNOWN_OPERATOR", /'some'.*'farm'/],
    ["a value", { name: { some: {} } }, "QUERY.UNKNOWN_OPERATOR", /'some'.*'name'/],
    ["is of a list, also beside it", { similar: { is: {}, some: {} } }, "QUERY.UNKNOWN_OPERATOR", /'is'.*'similar'/],
    ["what is wrong beside it", { blades: { some: {} }, nmae: 1 }, "QUERY.UNKNOWN_PROPERTY", /'nmae'/],
    ["no object", { blades: { some: 5 } }, "QUERY.INVALID_WHERE", /a number/],
    ["a list of relations without a view", { similar: { some: { nam: 1 } } }, "QUERY.UNKNOWN_PROPERTY", /'nam'/],
  ])("refuses %s, before anything is sent", async (_name, where, code, message) => {
    farm.requests.length = 0;
    await expect(farm.on("turbine").list({ where })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    expect(farm.requests).toHaveLength(0);
  });
});
