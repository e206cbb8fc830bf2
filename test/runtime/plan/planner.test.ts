import { describe, expect, it } from "vitest";
import type { InstancesQueryRequest } from "../../../src/models/index.js";
import { planList, planRetrieve } from "../../../src/runtime/plan/planner.js";
import type { QueryArgs } from "../../../src/runtime/plan/query-args.js";
import type { PlanLimits } from "../../../src/runtime/plan/scope.js";
import { Registry } from "../../../src/runtime/registry.js";
import { scope, viewNamed } from "../farm.js";

const ref = (externalId: string) => ({ type: "view", space: "s", externalId, version: "v1" }) as const;
const hasData = (externalId: string) => ({ hasData: [ref(externalId)] });
const plan = (view: string, args: QueryArgs, limits?: Partial<PlanLimits>) =>
  planList(viewNamed(view), args, scope(limits));
const query = (view: string, select: unknown, limits?: Partial<PlanLimits>): InstancesQueryRequest => {
  const [stage] = plan(view, { select }, limits).stages;
  if (stage.endpoint !== "query") throw new Error("no query");
  return stage.request;
};
const sources = (externalId: string, ...properties: string[]) => ({
  sources: [{ source: ref(externalId), properties }],
});
const near = { equals: { property: ["edge", "type"], value: { space: "s", externalId: "near" } } };

describe("plans", () => {
  it("reads a view without a selection with list, in pages of 1,000", () => {
    expect(plan("turbine", { where: { name: "a" }, sort: [{ name: "desc" }] })).toEqual({
      view: "s/Turbine@v1",
      stages: [
        {
          endpoint: "list",
          reason: expect.any(String),
          request: {
            instanceType: "node",
            sources: [{ source: ref("Turbine") }],
            filter: { equals: { property: ["s", "Turbine/v1", "name"], value: "a" } },
            sort: [
              { property: ["s", "Turbine/v1", "name"], direction: "descending", nullsFirst: false },
              { property: ["node", "externalId"] },
              { property: ["node", "space"] },
            ],
            limit: 1000,
          },
          root: expect.objectContaining({ fields: expect.arrayContaining(["name", "farm", "similar"]), relations: [] }),
        },
      ],
    });
  });

  it("contract 6.5: puts the view's membership and the where into the root of a query, and reads only what is asked for", () => {
    const { stages } = plan("turbine", {
      where: { capacity: { gte: 5 } },
      select: { name: true, $version: true },
      limit: 7,
    });
    expect(stages).toHaveLength(1);
    expect(stages[0].request).toEqual({
      with: {
        root: {
          nodes: {
            filter: { and: [hasData("Turbine"), { range: { property: ["s", "Turbine/v1", "capacity"], gte: 5 } }] },
          },
          limit: 7,
        },
      },
      select: { root: sources("Turbine", "name") },
    });
  });

  it("contract 6.5: uses a view's own filter in the place of hasData", () => {
    const filter = viewNamed("big").filter as { and: unknown[] };
    expect(query("big", { name: true }).with["root"]).toEqual({ nodes: { filter }, limit: 1000 });
    expect(query("farm", { bigs: {} }).with["1_bigs"]).toMatchObject({ nodes: { filter } });
  });

  it.each<[string, string, unknown, object, object]>([
    [
      "a direct relation outwards",
      "turbine",
      { farm: { select: { name: true } } },
      {
        "1_farm": {
          nodes: {
            from: "root",
            through: { source: ref("Turbine"), identifier: "farm" },
            direction: "outwards",
            filter: hasData("Farm"),
          },
          limit: 10_000,
        },
      },
      { root: sources("Turbine", "farm"), "1_farm": sources("Farm", "name") },
    ],
    [
      "E74: a list of direct relations outwards",
      "farm",
      { featured: {} },
      {
        "1_featured": {
          nodes: {
            from: "root",
            through: { source: ref("Farm"), identifier: "featured" },
            direction: "outwards",
            filter: hasData("Turbine"),
          },
          limit: 10_000,
        },
      },
      { root: sources("Farm", "featured"), "1_featured": sources("Turbine", "*") },
    ],
    [
      "E64: a reverse relation inwards, with the key to join by",
      "turbine",
      { blades: { select: { isDamaged: true }, where: { isDamaged: true }, sort: [{ name: "asc" }], limit: 3 } },
      {
        "1_blades": {
          nodes: {
            from: "root",
            through: { source: ref("Blade"), identifier: "turbine" },
            direction: "inwards",
            filter: { and: [hasData("Blade"), { equals: { property: ["s", "Blade/v1", "is_damaged"], value: true } }] },
          },
          sort: [
            { property: ["s", "Blade/v1", "name"], direction: "ascending", nullsFirst: false },
            { property: ["node", "externalId"] },
            { property: ["node", "space"] },
          ],
          limit: 10_000,
        },
      },
      { root: {}, "1_blades": sources("Blade", "turbine", "name", "is_damaged") },
    ],
    [
      "ids of a reverse relation, whatever view they are in",
      "turbine",
      { previous: true },
      {
        "1_previous": {
          nodes: { from: "root", through: { source: ref("Turbine"), identifier: "next" }, direction: "inwards" },
          limit: 10_000,
        },
      },
      { root: {}, "1_previous": sources("Turbine", "next") },
    ],
    [
      "E64: a reverse relation through a container",
      "farm",
      { byContainer: true },
      {
        "1_byContainer": {
          nodes: {
            from: "root",
            through: { source: { type: "container", space: "s", externalId: "Turbine_v1" }, identifier: "farm" },
            direction: "inwards",
          },
          limit: 10_000,
        },
      },
      { root: {}, "1_byContainer": sources("Turbine", "farm") },
    ],
    [
      "E72: edges by type and direction, then the nodes",
      "turbine",
      { metmasts: { select: { height: true } } },
      {
        "1_metmastsEdges": {
          edges: { from: "root", direction: "outwards", maxDistance: 1, filter: near },
          limit: 10_000,
        },
        "2_metmasts": {
          nodes: { from: "1_metmastsEdges", chainTo: "destination", filter: hasData("Metmast") },
          limit: 10_000,
        },
      },
      { root: {}, "1_metmastsEdges": {}, "2_metmasts": sources("Metmast", "height") },
    ],
    [
      "E70: inwards edges with their properties",
      "metmast",
      { turbines: { edge: { select: { distance: true }, where: { distance: { lt: 3 } } }, node: true, limit: 2 } },
      {
        "1_turbinesEdges": {
          edges: {
            from: "root",
            direction: "inwards",
            maxDistance: 1,
            filter: { and: [near, { range: { property: ["s", "Distance/v1", "distance"], lt: 3 } }] },
            limitEach: 2,
          },
          limit: 10_000,
        },
      },
      { root: {}, "1_turbinesEdges": sources("Distance", "distance") },
    ],
  ])("reads %s in the same request", (_name, view, select, sets, selected) => {
    const [stage, ...more] = plan(view, { select }).stages;
    expect(more).toEqual([]);
    const { with: given, select: read } = stage.request as InstancesQueryRequest;
    const { root: _root, ...nested } = given;
    expect(nested).toEqual(sets);
    expect(read).toEqual(selected);
  });

  it("E68, E80: reads several branches and depths in one request, a self reference among them", () => {
    const request = query("farm", {
      turbines: { select: { next: { select: { blades: {} } }, metmasts: { edge: true, node: {} } } },
      featured: {},
    });
    const from = Object.entries(request.with).map(([name, set]) => [
      name,
      "nodes" in set ? set.nodes.from : "edges" in set ? set.edges.from : undefined,
    ]);
    expect(from).toEqual([
      ["root", undefined],
      ["1_turbines", "root"],
      ["2_next", "1_turbines"],
      ["3_blades", "2_next"],
      ["4_metmastsEdges", "1_turbines"],
      ["5_metmasts", "4_metmastsEdges"],
      ["6_featured", "root"],
    ]);
  });

  it("E66: reads a reverse relation through a list in a stage of its own, never with search", () => {
    const { stages } = plan("turbine", { select: { similarTo: { select: { name: true, farm: {} }, limit: 2 } } });
    expect(stages).toHaveLength(2);
    expect(stages[0].root.relations).toMatchObject([{ property: "similarTo", kind: "reverse", stage: 1, limit: 2 }]);
    expect(stages[1]).toMatchObject({
      endpoint: "query",
      reason: expect.stringContaining("Lists of direct relations"),
      link: { operator: "containsAny", property: ["s", "Turbine/v1", "similar"], chunk: 1_000 },
      request: { with: { root: { nodes: { filter: hasData("Turbine") }, limit: 10_000 }, "1_farm": {} } },
    });
  });

  it("reads direct relations of edges in a stage of their own", () => {
    const { stages } = plan("distance", { select: { surveyor: { select: { name: true } } } });
    expect(stages.map(({ endpoint, link }) => [endpoint, link?.operator])).toEqual([
      ["query", undefined],
      ["query", "instanceReferences"],
    ]);
    expect(stages[0].request).toMatchObject({
      with: { root: { edges: { filter: hasData("Distance") } } },
      select: { root: sources("Distance", "surveyor") },
    });
  });

  it("contract 3.4: never puts more than 50 sets into a request, and splits what goes beyond", () => {
    const deep = (depth: number): object => (depth === 0 ? {} : { next: { select: deep(depth - 1) } });
    const { stages } = plan("turbine", { select: deep(120) }, { depth: 120 });
    expect(stages.map(({ request }) => Object.keys((request as InstancesQueryRequest).with).length)).toEqual([
      50, 50, 21,
    ]);
    const split = plan("turbine", { select: { farm: {}, blades: {}, metmasts: {}, gateway: true } }, { sets: 2 });
    expect(split.stages.map(({ link }) => link?.operator)).toEqual([undefined, "in", "in", "in"]);
    expect(split.stages.map(({ request }) => Object.keys((request as InstancesQueryRequest).with).length)).toEqual([
      2, 1, 2, 1,
    ]);
  });

  it.each([
    [undefined, 1_000],
    [Number.POSITIVE_INFINITY, 1_000],
    [10, 10],
    [1_000, 1_000],
    [2_500, 834],
    [0, 1_000],
  ])("sizes the pages of limit %s as %s", (limit, page) => {
    expect(plan("turbine", { limit }).stages[0].request).toMatchObject({ limit: page });
  });

  it("reads by id with byids, or with a query where something is selected", () => {
    const byId = planRetrieve(viewNamed("turbine"), {}, scope());
    expect(byId.stages).toMatchObject([{ endpoint: "byids", link: { operator: "items", chunk: 1_000 } }]);
    const selected = planRetrieve(viewNamed("turbine"), { select: { farm: {} } }, scope());
    expect(selected.stages).toMatchObject([{ endpoint: "query", link: { operator: "instanceReferences" } }]);
  });

  it("is plain data, and the same for the same query", () => {
    const args = { select: { similarTo: {}, metmasts: { edge: true }, farm: {} }, sort: [{ name: "asc" }], limit: 3 };
    const first = plan("turbine", args);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
    expect(plan("turbine", args)).toEqual(first);
  });

  it("keeps a set's own name out of the way of what a property is called", () => {
    const names = Object.keys(query("turbine", { next: { select: { next: {} } }, blades: true }).with);
    expect(new Set(names).size).toBe(4);
  });
});

describe("refused queries", () => {
  it.each<[string, QueryArgs, string, RegExp]>([
    ["an unknown property", { select: { nmae: true } }, "QUERY.UNKNOWN_PROPERTY", /'nmae'.*'name'/],
    [
      "an unknown nested property",
      { select: { farm: { select: { nme: true } } } },
      "QUERY.UNKNOWN_PROPERTY",
      /Farm@v1/,
    ],
    ["false", { select: { name: false } }, "QUERY.INVALID_VALUE", /'name'.*true, got a boolean/],
    ["a value read into", { select: { name: { select: {} } } }, "QUERY.INVALID_VALUE", /'name'.*true/],
    ["a relation read as text", { select: { farm: "name" } }, "QUERY.INVALID_VALUE", /'farm'/],
    ["no object", { select: ["name"] }, "QUERY.INVALID_SELECT", /an array/],
    ["an unknown option", { select: { blades: { limt: 3 } } }, "QUERY.UNKNOWN_OPTION", /'limt'.*'blades'.*'limit'/],
    ["a limit on one", { select: { farm: { limit: 3 } } }, "QUERY.UNKNOWN_OPTION", /'limit'/],
    [
      "an unknown part of pairs",
      { select: { metmasts: { edge: true, where: {} } } },
      "QUERY.UNKNOWN_OPTION",
      /'where'/,
    ],
    ["edges as a number", { select: { metmasts: { edge: 1 } } }, "QUERY.INVALID_VALUE", /edge: true/],
    ["nodes as a number", { select: { metmasts: { edge: true, node: 1 } } }, "QUERY.INVALID_VALUE", /node: true/],
    ["properties of edges without any", { select: { gateway: { edge: {} } } }, "QUERY.UNBOUND_VIEW", /not known/],
    ["a relation without a view", { select: { owner: {} } }, "QUERY.UNBOUND_VIEW", /'owner'/],
    ["a negative limit", { limit: -1 }, "QUERY.INVALID_LIMIT", /-1/],
    ["a broken limit", { limit: 1.5 }, "QUERY.INVALID_LIMIT", /1.5/],
    ["a limit as text", { limit: "5" }, "QUERY.INVALID_LIMIT", /a string/],
    ["a nested negative limit", { select: { blades: { limit: -1 } } }, "QUERY.INVALID_LIMIT", /'blades'/],
    ["an unknown sort", { sort: [{ nam: "asc" }] }, "QUERY.UNKNOWN_PROPERTY", /'name'/],
    ["sorting by a list", { sort: [{ tags: "asc" }] }, "QUERY.INVALID_SORT", /'tags'/],
    ["sorting by JSON", { sort: [{ meta: "asc" }] }, "QUERY.INVALID_SORT", /'meta'/],
    ["sorting by a reverse relation", { sort: [{ blades: "asc" }] }, "QUERY.INVALID_SORT", /'blades'/],
    ["two keys in one", { sort: [{ name: "asc", capacity: "asc" }] }, "QUERY.INVALID_SORT", /exactly one key, got 2/],
    ["an unknown order", { sort: [{ name: "up" }] }, "QUERY.INVALID_VALUE", /'asc'/],
    ["an unknown place of nulls", { sort: [{ name: { order: "asc", nulls: "top" } }] }, "QUERY.INVALID_VALUE", /nulls/],
    ["a sort without a list", { sort: { name: "asc" } }, "QUERY.INVALID_SORT", /array/],
    [
      "contract 3.4: six sort keys",
      { sort: ["name", "capacity", "count", "day", "status", "isActive"].map((key) => ({ [key]: "asc" })) },
      "QUERY.INVALID_SORT",
      /at most 5 keys, got 6/,
    ],
  ])("names %s", (_name, args, code, message) => {
    expect(() => plan("turbine", args)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });

  it("names the view that was not bound, and still reads its ids", () => {
    const alone = { ...scope(), registry: new Registry([viewNamed("turbine")]) };
    const into = (select: unknown) => () => planList(viewNamed("turbine"), { select }, alone);
    expect(into({ farm: {} })).toThrow(expect.objectContaining({ code: "QUERY.UNBOUND_VIEW" }));
    expect(into({ farm: {} })).toThrow(/s\/Farm@v1/);
    expect(into({ metmasts: { edge: true } })).toThrow(/s\/Distance@v1/);
    expect(into({ farm: true, blades: true, metmasts: true })().stages).toHaveLength(1);
  });

  it("names a relation through a container that no bound view has", () => {
    const alone = { ...scope(), registry: new Registry([viewNamed("farm")]) };
    expect(() => planList(viewNamed("farm"), { select: { byContainer: true } }, alone)).toThrow(
      expect.objectContaining({ code: "QUERY.NO_JOIN_KEY" }),
    );
  });

  it("adds as many tie-breakers as five keys leave room for", () => {
    const keys = (names: string[]) =>
      (plan("turbine", { sort: names.map((key) => ({ [key]: "asc" })) }).stages[0].request as { sort: unknown[] }).sort
        .length;
    expect(keys(["name", "capacity", "count", "day"])).toBe(5);
    expect(keys(["name", "capacity", "count", "day", "status"])).toBe(5);
    expect(keys(["externalId"])).toBe(2);
  });
});
