import { beforeAll, describe, expect, it } from "vitest";
import { bindViews } from "../../../src/runtime/bind.js";
import { defaultLimits } from "../../../src/runtime/plan/scope.js";
import type { UntypedArgs } from "../../../src/runtime/types/untyped.js";
import { edge, type Farm, node, ref, startFarm, viewNamed, views } from "../farm.js";

let farm: Farm;

beforeAll(async () => {
  farm = startFarm();
  await farm.write([
    node("farm", "F1", { name: "Horns" }),
    ...[1, 2, 3].map((n) => node("turbine", `T${n}`, { name: `T${n}`, capacity: n, farm: ref("F1") })),
    ...[1, 2, 3].flatMap((n) =>
      [1, 2, 3, 4].map((at) =>
        node("blade", `T${n}-${at}`, { name: `${(at * n) % 5}`, is_damaged: at === 1, turbine: ref(`T${n}`) }),
      ),
    ),
    node("metmast", "M1", { height: 1 }),
    edge("e1", "near", "T1", "M1", 5),
    edge("g1", "gate", "T1", "M1"),
  ]);
});

const never = { $and: [{ name: "a" }, { name: "b" }] };

async function sentFor(select: UntypedArgs) {
  farm.requests.length = 0;
  const list = farm.on("turbine").list({ select, where: { name: "T1" } });
  const [row] = await list;
  const { stages } = await list.explain();
  const sets = stages.flatMap(({ request }) => Object.keys("with" in request ? request.with : {}));
  return { row, sets, requests: farm.requests.length };
}

describe("branches that are empty for certain", () => {
  it.each<[string, object]>([
    ["conditions that contradict each other", { where: never }],
    ["a some that nothing can be true of", { where: { turbine: { is: { blades: { some: never } } } } }],
    ["a limit of none", { limit: 0 }],
  ])("ask nothing for %s, and are empty", async (_name, args) => {
    const { row, sets, requests } = await sentFor({ name: true, blades: { select: {}, ...args } });
    expect(row).toEqual({ ...ref("T1"), name: "T1", blades: [] });
    expect({ sets, requests }).toEqual({ sets: ["root"], requests: 1 });
  });

  it("ask nothing for edges either, of their own conditions or of their nodes'", async () => {
    const shapes = [
      { where: { $and: [{ height: 1 }, { height: 2 }] } },
      { edge: true, node: { where: { $and: [{ height: 1 }, { height: 2 }] } } },
      { edge: { where: { $and: [{ distance: { lt: 1 } }, { distance: { gt: 2 } }] } }, node: true },
    ];
    for (const metmasts of shapes) {
      const { row, sets } = await sentFor({ metmasts });
      expect(row).toEqual({ ...ref("T1"), metmasts: [] });
      expect(sets).toEqual(["root"]);
    }
  });

  it("ask nothing below them, nor in a stage of its own", async () => {
    const { row, sets, requests } = await sentFor({
      similarTo: { where: never, select: { blades: {}, similarTo: {} } },
      farm: { select: { turbines: { where: never, select: { blades: {} } } } },
    });
    expect(row).toEqual({ ...ref("T1"), similarTo: [], farm: { ...ref("F1"), turbines: [] } });
    expect({ sets, requests }).toEqual({ sets: ["root", "1_farm"], requests: 1 });
  });

  it("are told by explain()", async () => {
    const { text } = await farm
      .on("turbine")
      .list({ select: { blades: { where: never } } })
      .explain();
    expect(text).toContain("'blades' of root: none is asked for, or none can match");
  });

  it("ask nothing of a far side that nothing can be true of", async () => {
    for (const where of [
      { blades: { some: never } },
      { metmasts: { some: { node: { $and: [{ height: 1 }, { height: 2 }] } } } },
      { metmasts: { some: { edge: { $and: [{ distance: 1 }, { distance: 2 }] } } } },
    ]) {
      farm.requests.length = 0;
      expect(await farm.on("turbine").list({ where })).toEqual([]);
      expect(farm.requests).toHaveLength(0);
      expect(await farm.on("turbine").list({ where: { $not: where } })).toHaveLength(3);
      expect(farm.requests).toHaveLength(1);
    }
  });
});

describe("branches that are the same", () => {
  const turbine = viewNamed("turbine");
  const { blades, metmasts } = turbine.properties;
  if (blades?.type !== "reverse" || metmasts?.type !== "edge") throw new Error("no such relations");
  const twice = {
    ...turbine,
    properties: {
      ...turbine.properties,
      parts: { ...blades, id: "blades" },
      masts: { ...metmasts, id: "metmasts" },
    },
  };
  const list = (select: UntypedArgs) => {
    const handle = bindViews(farm.client, { ...views, turbine: twice }, { space: "data" }, defaultLimits)["turbine"];
    return handle?.list({ select, where: { name: "T1" } }) ?? Promise.reject(new Error("no view"));
  };
  const setsOf = async (query: ReturnType<typeof list>) => {
    if (query instanceof Promise) throw new Error("no view");
    const [stage] = (await query.explain()).stages;
    return Object.keys("with" in stage.request ? stage.request.with : {});
  };

  it("are read once, and each property has what it gives", async () => {
    const args = { select: { isDamaged: true }, sort: [{ externalId: "desc" }], limit: 2 };
    const query = list({ blades: args, parts: args, metmasts: { edge: true }, masts: { edge: true } });
    const [row] = await query;
    const rows = [4, 3].map((at) => ({ ...ref(`T1-${at}`), isDamaged: false }));
    expect(row).toMatchObject({ blades: rows, parts: rows });
    expect(row?.["masts"]).toEqual(row?.["metmasts"]);
    expect(row?.["masts"]).toHaveLength(1);
    expect(row?.["masts"]).not.toBe(row?.["metmasts"]);
    expect(await setsOf(query)).toEqual(["root", "1_blades", "2_metmastsEdges"]);
  });

  it("are told by explain()", async () => {
    const query = list({ blades: {}, parts: {} });
    if (query instanceof Promise) throw new Error("no view");
    expect((await query.explain()).text).toContain("'blades', 'parts' of root");
  });

  it("are apart where anything differs", async () => {
    for (const parts of [{ limit: 1 }, { where: { isDamaged: true } }, { select: {} }, true]) {
      expect(await setsOf(list({ blades: {}, parts }))).toHaveLength(3);
    }
  });
});

describe("what the planner adds and the rows do not have", () => {
  it("takes the keys of joins and of orders off again", async () => {
    const query = farm.on("turbine").list({
      where: { name: "T1" },
      select: { farm: { select: {} }, blades: { select: { isDamaged: true }, sort: [{ name: "asc" }], limit: 1 } },
    });
    const [stage] = (await query.explain()).stages;
    const read = "select" in stage.request ? stage.request.select : {};
    expect(read["root"]?.sources?.[0]?.properties).toEqual(["farm"]);
    expect(read["2_blades"]?.sources?.[0]?.properties).toEqual(["turbine", "name", "is_damaged"]);
    expect(await query).toEqual([{ ...ref("T1"), farm: ref("F1"), blades: [{ ...ref("T1-1"), isDamaged: true }] }]);
  });

  it("takes off those of a stage of its own", async () => {
    await farm.write([node("turbine", "T9", { name: "T9", similar: [ref("T1")] })]);
    const [row] = await farm.on("turbine").list({ where: { name: "T1" }, select: { similarTo: { select: {} } } });
    expect(row).toEqual({ ...ref("T1"), similarTo: [ref("T9")] });
  });
});

describe("a limit per parent", () => {
  const named = (rows: unknown) => (rows as { name: string }[]).map(({ name }) => name);

  it.each([1, 2, 5, 100])("takes the first of each parent by the order within it, by pages of %i", async (setPage) => {
    const rows = await farm.on("turbine", { setPage }).list({
      where: { name: { in: ["T1", "T2", "T3"] } },
      select: { name: true, blades: { select: { name: true }, sort: [{ name: "desc" }], limit: 2 } },
      sort: [{ name: "asc" }],
    });
    expect(rows.map(({ blades }) => named(blades))).toEqual([
      ["4", "3"],
      ["4", "3"],
      ["4", "3"],
    ]);
  });

  it("lets the service cut only where no order is asked for", async () => {
    const cutBy = async (metmasts: object) =>
      JSON.stringify(await farm.on("turbine").list({ select: { metmasts } }).explain()).includes("limitEach");
    expect(await cutBy({ edge: true, limit: 1 })).toBe(true);
    expect(await cutBy({ edge: true, node: { select: {}, sort: [{ height: "asc" }] }, limit: 1 })).toBe(false);
    expect(await cutBy({ select: {}, sort: [{ height: "asc" }], limit: 1 })).toBe(false);
  });
});
