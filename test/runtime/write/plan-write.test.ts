import { describe, expect, it } from "vitest";
import type { ViewDescriptor } from "../../../src/ir/index.js";
import { edgeExternalId } from "../../../src/runtime/write/edge-id.js";
import { planWrite } from "../../../src/runtime/write/plan-write.js";
import { ref, scope, viewNamed } from "../farm.js";

const source = (externalId: string) => ({ type: "view", space: "s", externalId, version: "v1" }) as const;
const near = { space: "s", externalId: "near" };
const plan = (view: string, ...items: unknown[]) => planWrite([{ view: viewNamed(view), items }], scope()).writes;
const written = (view: string, externalId: string, properties: object, more: object = {}) => ({
  instanceType: "node",
  ...ref(externalId),
  sources: [{ source: source(view), properties }],
  ...more,
});

describe("what is written", () => {
  it("E12, E91, E101: ids of CDF, ISO times, null clears, undefined leaves alone", () => {
    expect(
      plan("turbine", {
        externalId: "T1",
        name: "n",
        capacity: null,
        day: undefined,
        count: 7,
        isActive: false,
        startedAt: new Date(5),
        times: [new Date(0), "2024-01-01T00:00:00Z"],
        tags: [],
        meta: { space: "x", externalId: "y" },
        status: "running",
      }),
    ).toEqual([
      written("Turbine", "T1", {
        name: "n",
        capacity: null,
        count: 7,
        is_active: false,
        started_at: "1970-01-01T00:00:00.005Z",
        times: ["1970-01-01T00:00:00.000Z", "2024-01-01T00:00:00Z"],
        tags: [],
        meta: { space: "x", externalId: "y" },
        status: "running",
      }),
    ]);
  });

  it("takes the space of the item, else the default one; a node type; an existing version", () => {
    expect(
      plan(
        "farm",
        { externalId: "F1", space: "other", $type: ref("t", "s"), $existingVersion: 0 },
        { externalId: "F2", $type: null },
      ),
    ).toEqual([
      { ...written("Farm", "F1", {}), space: "other", type: ref("t", "s"), existingVersion: 0 },
      written("Farm", "F2", {}, { type: null }),
    ]);
  });

  it("E51: gives new nodes the type that the view's filter asks for, unless another is given", () => {
    const typed: ViewDescriptor = { ...viewNamed("farm"), nodeType: ref("Farm", "s") };
    const items = [{ externalId: "a" }, { externalId: "b", $type: ref("other", "s") }];
    expect(planWrite([{ view: typed, items }], scope()).writes).toMatchObject([
      { type: ref("Farm", "s") },
      { type: ref("other", "s") },
    ]);
  });

  it("direct relations: a string or exactly { space, externalId } is an id, any further key a node to write first", () => {
    expect(
      plan("turbine", {
        externalId: "T1",
        name: "n",
        farm: { externalId: "F1", name: "Horns" },
        next: ref("T2", "other"),
        owner: "someone",
        similar: ["T3", { externalId: "T4", name: "four" }],
      }),
    ).toEqual([
      written("Farm", "F1", { name: "Horns" }),
      written("Turbine", "T4", { name: "four" }),
      written("Turbine", "T1", {
        name: "n",
        farm: ref("F1"),
        next: ref("T2", "other"),
        owner: ref("someone"),
        similar: [ref("T3"), ref("T4")],
      }),
    ]);
  });

  it("reverse relations: each node gets its relation set; ids get just that", () => {
    expect(
      plan("turbine", {
        externalId: "T1",
        name: "n",
        blades: [{ externalId: "B1", isDamaged: false }, "B2"],
        previous: "T0",
      }),
    ).toEqual([
      written("Turbine", "T1", { name: "n" }),
      written("Blade", "B1", { is_damaged: false, turbine: ref("T1") }),
      written("Blade", "B2", { turbine: ref("T1") }),
      written("Turbine", "T0", { next: ref("T1") }),
    ]);
  });

  it("reverse relations of a view that lacks the relation, and through a container, are written where they are named", () => {
    const sources = plan("farm", { externalId: "F1", bigs: ["T1"], byContainer: ["T2"] }).map((write) => write.sources);
    expect(sources.slice(1)).toEqual([
      [{ source: source("Turbine"), properties: { farm: ref("F1") } }],
      [{ source: { type: "container", space: "s", externalId: "Turbine_v1" }, properties: { farm: ref("F1") } }],
    ]);
  });

  it("E70, E75, E77: edges in the space of their start, inwards ones the other way round", () => {
    expect(
      plan("turbine", {
        externalId: "T1",
        name: "n",
        metmasts: [
          "M1",
          {
            node: { externalId: "M2", height: 3 },
            edge: { externalId: "own", distance: 4, surveyor: { externalId: "F1", name: "f" } },
          },
        ],
      }),
    ).toEqual([
      written("Farm", "F1", { name: "f" }),
      written("Turbine", "T1", { name: "n" }),
      written("Metmast", "M2", { height: 3 }),
      { instanceType: "edge", ...ref("T1:M1:s/near"), type: near, startNode: ref("T1"), endNode: ref("M1") },
      {
        instanceType: "edge",
        ...ref("own"),
        type: near,
        startNode: ref("T1"),
        endNode: ref("M2"),
        sources: [{ source: source("Distance"), properties: { distance: 4, surveyor: ref("F1") } }],
      },
    ]);
    expect(plan("metmast", { externalId: "M1", turbines: [ref("T1", "other")] })[1]).toEqual({
      instanceType: "edge",
      space: "other",
      externalId: expect.stringMatching(/^T1:M1:s\/near~[0-9a-f]{16}$/),
      type: near,
      startNode: ref("T1", "other"),
      endNode: ref("M1"),
    });
  });

  it("E71: a single edge is one value", () => {
    expect(plan("turbine", { externalId: "T1", gateway: "M1" })[1]).toMatchObject({
      endNode: ref("M1"),
      type: { externalId: "gate" },
    });
  });

  it("E82: an edge that is met from both its ends is written once", () => {
    const graph = { externalId: "T1", name: "n", metmasts: [{ externalId: "M1", height: 1, turbines: ["T1"] }] };
    expect(plan("turbine", graph).filter(({ instanceType }) => instanceType === "edge")).toHaveLength(1);
  });

  it("E68, E69: shared and cyclic nodes are written once", () => {
    const farm: Record<string, unknown> = { externalId: "F1", name: "f" };
    const one: Record<string, unknown> = { externalId: "T1", name: "1", farm };
    const two = { externalId: "T2", name: "2", farm, next: one };
    one["next"] = two;
    farm["turbines"] = [one, two];
    const writes = plan("turbine", one, two);
    expect(writes.map(({ externalId }) => externalId).sort()).toEqual(["F1", "T1", "T2"]);
    expect(writes).toContainEqual(written("Turbine", "T1", { name: "1", farm: ref("F1"), next: ref("T2") }));
  });

  it("merges what is said of one node in several places and through several views", () => {
    const groups = [
      {
        view: viewNamed("turbine"),
        items: [
          { externalId: "T1", name: "n" },
          { externalId: "T1", capacity: 3 },
        ],
      },
      { view: viewNamed("big"), items: [{ externalId: "T1", capacity: 3 }] },
    ];
    expect(planWrite(groups, scope()).writes).toEqual([
      {
        instanceType: "node",
        ...ref("T1"),
        sources: [
          { source: source("Turbine"), properties: { name: "n", capacity: 3 } },
          { source: source("Big"), properties: { capacity: 3 } },
        ],
      },
    ]);
  });

  it("walks chains deeper than the call stack", () => {
    let chain: object = { externalId: "T0", name: "0" };
    for (let n = 1; n < 50_000; n++) chain = { externalId: `T${n}`, name: `${n}`, next: chain };
    const writes = plan("turbine", chain);
    expect(writes).toHaveLength(50_000);
    expect(writes[0]?.externalId).toBe("T0");
  });

  it("edges by their own view", () => {
    expect(
      plan("distance", { externalId: "e", $type: near, $startNode: "T1", $endNode: ref("M1"), distance: 2 }),
    ).toEqual([
      {
        instanceType: "edge",
        ...ref("e"),
        type: near,
        startNode: ref("T1"),
        endNode: ref("M1"),
        sources: [{ source: source("Distance"), properties: { distance: 2 } }],
      },
    ]);
  });

  it("E77, E103: external ids of edges that are given none tell edges apart, within 255 characters", () => {
    const idOf = (start: string, end: string, more: { type?: string; space?: string } = {}) =>
      edgeExternalId({ type: ref(more.type ?? "near", "s"), startNode: ref(start), endNode: ref(end, more.space) });
    expect(idOf("a", "b")).toBe("a:b:s/near");
    const long = "x".repeat(200);
    const ids = [
      idOf("a", "b", { type: "gate" }),
      idOf("a", "b", { space: "other" }),
      idOf("a:b", "c"),
      idOf("a", "b:c"),
      idOf("a:b:c", "d"),
      idOf(long, `${long}a`),
      idOf(long, `${long}b`),
    ];
    expect(new Set([...ids, idOf("a", "b")]).size).toBe(8);
    expect(ids.map(({ length }) => length <= 255)).not.toContain(false);
  });
});

describe("refused writes", () => {
  const readOnly: ViewDescriptor = {
    ...viewNamed("farm"),
    properties: { path: { type: "text", readOnly: true }, name: { type: "text" } },
  };
  it.each<[string, string, unknown, string, RegExp]>([
    [
      "an unknown key",
      "turbine",
      { externalId: "a", nmae: "x" },
      "QUERY.UNKNOWN_PROPERTY",
      /'nmae'.*Turbine@v1.*'name'/,
    ],
    ["an unknown fact", "turbine", { externalId: "a", $version: 1 }, "QUERY.UNKNOWN_PROPERTY", /'\$version'/],
    [
      "a nested unknown key",
      "turbine",
      { externalId: "a", farm: { externalId: "f", nam: 1 } },
      "QUERY.UNKNOWN_PROPERTY",
      /Farm@v1/,
    ],
    ["no external id", "turbine", { name: "x" }, "QUERY.MISSING_PROPERTY", /externalId/],
    ["no object", "turbine", "T1", "QUERY.INVALID_VALUE", /Turbine@v1 is a string/],
    [
      "a number as text",
      "turbine",
      { externalId: "a", name: 5 },
      "QUERY.INVALID_VALUE",
      /'name'.*a string, got a number/,
    ],
    [
      "an infinite number",
      "turbine",
      { externalId: "a", capacity: Number.POSITIVE_INFINITY },
      "QUERY.INVALID_VALUE",
      /Infinity/,
    ],
    ["E104: an unsafe integer", "turbine", { externalId: "a", count: 2 ** 53 }, "QUERY.INVALID_VALUE", /within 2\^53/],
    [
      "a broken date",
      "turbine",
      { externalId: "a", startedAt: new Date("x") },
      "QUERY.INVALID_VALUE",
      /an invalid Date/,
    ],
    [
      "an object as a value",
      "turbine",
      { externalId: "a", name: {} },
      "QUERY.INVALID_VALUE",
      /'name'.*a string, got an object/,
    ],
    ["an object as a boolean", "turbine", { externalId: "a", isActive: {} }, "QUERY.INVALID_VALUE", /a boolean/],
    [
      "an object as a number",
      "turbine",
      { externalId: "a", capacity: {} },
      "QUERY.INVALID_VALUE",
      /a finite number, got an object/,
    ],
    ["one for a list", "turbine", { externalId: "a", tags: "x" }, "QUERY.INVALID_VALUE", /'tags'.*an array/],
    ["a list for one", "turbine", { externalId: "a", name: ["x"] }, "QUERY.INVALID_VALUE", /a single value/],
    ["a number as a relation", "turbine", { externalId: "a", farm: 5 }, "QUERY.INVALID_VALUE", /an id or an object/],
    [
      "one for a list of relations",
      "turbine",
      { externalId: "a", similar: "x" },
      "QUERY.INVALID_VALUE",
      /'similar'.*an array/,
    ],
    [
      "one for a reverse relation",
      "turbine",
      { externalId: "a", blades: "x" },
      "QUERY.INVALID_VALUE",
      /'blades'.*an array/,
    ],
    [
      "a node behind a relation without a view",
      "turbine",
      { externalId: "a", owner: { externalId: "o", x: 1 } },
      "QUERY.UNBOUND_VIEW",
      /'owner'/,
    ],
    [
      "a reverse relation through a list",
      "turbine",
      { externalId: "a", similarTo: ["b"] },
      "QUERY.NOT_WRITABLE",
      /'similarTo'/,
    ],
    ["clearing a reverse relation", "turbine", { externalId: "a", previous: null }, "QUERY.NOT_WRITABLE", /'previous'/],
    ["clearing edges", "turbine", { externalId: "a", gateway: null }, "QUERY.NOT_WRITABLE", /'gateway'/],
    [
      "an unknown part of a pair",
      "turbine",
      { externalId: "a", metmasts: [{ node: "m", egde: {} }] },
      "QUERY.UNKNOWN_PROPERTY",
      /'egde'.*'edge'/,
    ],
    [
      "an edge that is no object",
      "turbine",
      { externalId: "a", metmasts: [{ node: "m", edge: 1 }] },
      "QUERY.INVALID_VALUE",
      /'metmasts'/,
    ],
    [
      "an unknown property of an edge",
      "turbine",
      { externalId: "a", metmasts: [{ node: "m", edge: { dist: 1 } }] },
      "QUERY.UNKNOWN_PROPERTY",
      /'dist'/,
    ],
    [
      "a property of an edge that has none",
      "turbine",
      { externalId: "a", gateway: { node: "m", edge: { x: 1 } } },
      "QUERY.UNKNOWN_PROPERTY",
      /'x'/,
    ],
    [
      "a broken id of an edge",
      "turbine",
      { externalId: "a", metmasts: [{ node: "m", edge: { externalId: 1 } }] },
      "QUERY.INVALID_VALUE",
      /externalId/,
    ],
    [
      "a broken space of an edge",
      "turbine",
      { externalId: "a", metmasts: [{ node: "m", edge: { space: 1 } }] },
      "QUERY.INVALID_VALUE",
      /space/,
    ],
    [
      "an edge without ends",
      "distance",
      { externalId: "e", $type: near, $startNode: "T1" },
      "QUERY.MISSING_PROPERTY",
      /\$endNode/,
    ],
    [
      "a broken end",
      "distance",
      { externalId: "e", $type: near, $startNode: 1, $endNode: "M" },
      "QUERY.INVALID_VALUE",
      /\$startNode/,
    ],
    [
      "a broken version",
      "turbine",
      { externalId: "a", $existingVersion: "1" },
      "QUERY.INVALID_VALUE",
      /\$existingVersion/,
    ],
  ])("%s", (_name, view, item, code, message) => {
    expect(() => plan(view, item)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
  });

  it("E99: a read-only property", () => {
    expect(() => planWrite([{ view: readOnly, items: [{ externalId: "a", path: "x" }] }], scope())).toThrow(
      expect.objectContaining({ code: "QUERY.NOT_WRITABLE", message: expect.stringContaining("'path'") }),
    );
  });

  it.each<[string, unknown[]]>([
    [
      "two values",
      [
        { externalId: "a", name: "1" },
        { externalId: "a", name: "2" },
      ],
    ],
    [
      "two lists",
      [
        { externalId: "a", tags: ["1"] },
        { externalId: "a", tags: ["1", "2"] },
      ],
    ],
    [
      "two types",
      [
        { externalId: "a", $type: ref("1") },
        { externalId: "a", $type: ref("2") },
      ],
    ],
    [
      "two versions",
      [
        { externalId: "a", $existingVersion: 1 },
        { externalId: "a", $existingVersion: 2 },
      ],
    ],
    [
      "two edges of one id",
      [
        {
          externalId: "a",
          metmasts: [{ edge: { externalId: "e" }, node: "m" }],
          gateway: { edge: { externalId: "e" }, node: "m" },
        },
      ],
    ],
    [
      "a node and an edge of one id",
      [
        { externalId: "a:m:s/near", metmasts: [] },
        { externalId: "a", metmasts: ["m"] },
      ],
    ],
  ])("%s of one instance", (_name, items) => {
    expect(() => plan("turbine", ...items)).toThrow(expect.objectContaining({ code: "QUERY.CONFLICT" }));
  });

  it("E77: edges of two types between the same nodes are two, and of one id a conflict", () => {
    expect(plan("turbine", { externalId: "a", metmasts: ["m"], gateway: "m" })).toHaveLength(3);
    const edge = { externalId: "e" };
    const twice = () =>
      plan("turbine", { externalId: "a", metmasts: [{ edge, node: "m" }], gateway: { edge, node: "m" } });
    expect(twice).toThrow("Instance 'e' in space 'data' is an edge of two types in one write.");
    expect(twice).toThrow(expect.objectContaining({ hint: expect.stringContaining("{ edge: { externalId: '...' }") }));
    const ends = { $type: { space: "s", externalId: "near" }, $startNode: "a", $endNode: "m" };
    const items = [
      { externalId: "e", ...ends },
      { externalId: "e", ...ends, $endNode: "n" },
    ];
    expect(() => plan("distance", ...items)).toThrow("is an edge with two pairs of ends");
    expect(() =>
      planWrite(
        [
          { view: viewNamed("distance"), items: [{ externalId: "e", ...ends }] },
          { view: viewNamed("metmast"), items: [{ externalId: "e" }] },
        ],
        scope(),
      ),
    ).toThrow("Instance 'e' in space 'data' is a node and an edge in one write.");
  });

  it("the same JSON in another order of keys is no conflict", () => {
    const items = [
      { externalId: "a", meta: { x: 1, y: [2] } },
      { externalId: "a", meta: { y: [2], x: 1 } },
    ];
    expect(plan("turbine", ...items)).toHaveLength(1);
  });

  it("names a space that is no text", () => {
    expect(() => plan("turbine", { externalId: "a", space: 3 })).toThrow(
      "'space' of view s/Turbine@v1 must be a string, got a number.",
    );
  });

  it("E76: no default space", () => {
    const write = (item: object) => () =>
      planWrite([{ view: viewNamed("turbine"), items: [item] }], { registry: scope().registry, space: undefined });
    expect(write({ externalId: "a" })).toThrow(expect.objectContaining({ code: "QUERY.NO_SPACE" }));
    expect(write({ ...ref("a"), farm: "f" })).toThrow(expect.objectContaining({ code: "QUERY.NO_SPACE" }));
    expect(write({ ...ref("a"), farm: ref("f") })().writes).toHaveLength(1);
  });
});
