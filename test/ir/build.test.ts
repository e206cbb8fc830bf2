import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  buildIr,
  type IrDirect,
  type IrReverse,
  type IrScalar,
  readModelDocument,
  schemaOf,
} from "../../src/ir/index.js";
import type { PropertyType } from "../../src/models/index.js";
import { built, container, direct, edges, file, property, reverse, text, told, view } from "./models.js";

const names = (json: object): readonly string[] => built(json).model.views[0]?.properties.map(({ id }) => id) ?? [];

describe("stored properties", () => {
  const types: PropertyType["type"][] = [
    "text",
    "boolean",
    "int32",
    "int64",
    "float32",
    "float64",
    "timestamp",
    "date",
    "json",
    "timeseries",
    "file",
    "sequence",
  ];
  it.each(types)("contract 10: %s, single and list, nullable and not", (type) => {
    const json = file({
      A: {
        properties: {
          one: { type: { type } as PropertyType },
          many: { type: { type, list: true } as PropertyType, nullable: false },
        },
      },
    });
    const { model, diagnostics } = built(json);
    expect(diagnostics).toEqual([]);
    expect(property(model, "A", "one")).toMatchObject({ kind: "scalar", type, list: false, nullable: true });
    expect(property(model, "A", "many")).toMatchObject({ kind: "scalar", type, list: true, nullable: false });
  });

  it("knows units, enums, defaults, auto-increment and immutability", () => {
    const { model } = built(
      file({
        A: {
          properties: {
            power: { type: { type: "float64", unit: { externalId: "power:megaw" } } },
            state: { type: { type: "enum", values: { stop: { name: "Stopped" }, run: {} } } },
            active: { type: { type: "boolean" }, nullable: false, defaultValue: false },
            serial: { type: { type: "int64" }, autoIncrement: true, immutable: true },
          },
        },
      }),
    );
    expect(property(model, "A", "power")).toMatchObject({ unit: "power:megaw", hasDefault: false });
    expect((property(model, "A", "state") as IrScalar).values).toEqual([
      { value: "run" },
      { value: "stop", name: "Stopped" },
    ]);
    expect(property(model, "A", "active")).toMatchObject({ hasDefault: true, defaultValue: false, nullable: false });
    expect(property(model, "A", "serial")).toMatchObject({ hasDefault: true, immutable: true });
  });

  it("leaves out a property of an unknown type, and one whose container is not there, and says so", () => {
    const { model, diagnostics } = built(
      file({
        A: {
          properties: {
            ok: text,
            odd: { type: { type: "hologram" } as unknown as PropertyType },
            noValues: { type: { type: "enum" } as unknown as PropertyType },
            lost: { raw: { container: container("Nowhere"), containerPropertyIdentifier: "x" } },
            gone: { raw: { container: container("A_v1"), containerPropertyIdentifier: "x" } },
            strange: { raw: { connectionType: "wormhole" } },
          },
        },
      }),
    );
    expect(model.views[0]?.properties.map(({ id }) => id)).toEqual(["ok"]);
    expect(told(diagnostics)).toEqual([
      "IR.CONTAINER_PROPERTY_MISSING s/A@v1.gone",
      "IR.CONTAINER_MISSING s/A@v1.lost",
      "IR.TYPE_UNKNOWN s/A@v1.noValues",
      "IR.TYPE_UNKNOWN s/A@v1.odd",
      "IR.PROPERTY_KIND_UNKNOWN s/A@v1.strange",
    ]);
    for (const { hint } of diagnostics) expect(hint).toBeTruthy();
  });

  it("contract 11.5: knows which properties of assets the service computes", () => {
    const asset = (id: string): object => ({
      container: container("CogniteAsset", "cdf_cdm"),
      containerPropertyIdentifier: id,
      type: { type: "direct", list: false },
      nullable: true,
    });
    const { model } = built({
      items: [
        {
          space: "s",
          externalId: "Asset",
          version: "v1",
          usedFor: "node",
          writable: true,
          properties: { root: asset("assetHierarchy_root"), parent: asset("assetHierarchy_parent") },
        },
      ],
    });
    expect(property(model, "Asset", "root")).toMatchObject({ readOnly: true });
    expect(property(model, "Asset", "parent")).toMatchObject({ readOnly: false });
  });
});

describe("inheritance", () => {
  it("E46: inherits from a parent in the model, inherited properties first", () => {
    const json = file({
      B: { properties: { b: text, z: text } },
      A: { implements: [view("B")], properties: { a: text } },
    });
    expect(names(json)).toEqual(["b", "z", "a"]);
    const { model } = built(json);
    expect(model.views[0]?.implements).toEqual([{ space: "s", externalId: "B", version: "v1" }]);
    expect(property(model, "A", "b")?.declaredBy.externalId).toBe("B");
    expect(property(model, "A", "a")?.declaredBy.externalId).toBe("A");
  });

  it("E47: flattens a parent that is not in the data model", () => {
    const json = file({ B: { properties: { b: text } }, A: { implements: [view("B")], properties: { a: text } } }, [
      view("A"),
    ]);
    const { model, diagnostics } = built(json);
    expect(model.views.map(({ id }) => id.externalId)).toEqual(["A"]);
    expect(model.views[0]?.implements).toEqual([]);
    expect(names(json)).toEqual(["b", "a"]);
    expect(diagnostics).toEqual([]);
  });

  it("E48: a child's own definition wins over its parent's", () => {
    const json = file({
      B: { properties: { to: direct(view("B")) } },
      A: { implements: [view("B")], properties: { to: direct(view("A")) } },
    });
    expect((property(built(json).model, "A", "to") as IrDirect).target?.externalId).toBe("A");
  });

  it("E50: of several parents the last one counts, and it is told", () => {
    const json = file({
      B: { properties: { x: { type: { type: "int32" } } } },
      C: { properties: { x: text } },
      A: { implements: [view("B"), view("C")] },
    });
    const { model, diagnostics } = built(json);
    expect(property(model, "A", "x")).toMatchObject({ type: "text" });
    expect(diagnostics).toMatchObject([{ code: "IR.SEVERAL_PARENTS", severity: "info", place: "s/A@v1.x" }]);
    expect(diagnostics[0]?.message).toContain("s/C@v1");
  });

  it("counts a property that a view repeats unchanged as the parent's", () => {
    const json = file({ B: { properties: { x: text } }, A: { implements: [view("B")] } }) as {
      views: { properties: object }[];
    };
    const [b, a] = json.views;
    if (a && b) a.properties = { ...b.properties };
    expect(property(built(json).model, "A", "x")?.declaredBy.externalId).toBe("B");
  });

  it("tells of a missing parent in create form; the rest of the view stays", () => {
    const json = file({ A: { implements: [view("Gone")], properties: { a: text } } });
    expect(built(json).diagnostics).toMatchObject([
      {
        code: "IR.PARENT_MISSING",
        severity: "warning",
        place: "s/A@v1",
        message: expect.stringContaining("s/Gone@v1"),
      },
    ]);
    expect(names(json)).toEqual(["a"]);
  });

  it("E47: needs no parents of views that the service returned, their properties are written out", () => {
    const properties = {
      x: { container: container("C"), containerPropertyIdentifier: "x", type: { type: "text" }, nullable: true },
    };
    const item = { space: "s", externalId: "A", version: "v1", usedFor: "node", writable: true, properties };
    const { model, diagnostics } = built({ items: [{ ...item, implements: [view("Gone")] }] });
    expect(diagnostics).toEqual([]);
    expect(model.views[0]?.properties).toHaveLength(1);
  });

  it.each([
    ["itself", { A: { implements: [view("A")], properties: { a: text } } }, ["s/A@v1"]],
    [
      "two views",
      {
        A: { implements: [view("B")], properties: { a: text } },
        B: { implements: [view("A")], properties: { b: text } },
      },
      ["s/A@v1", "s/B@v1"],
    ],
  ])("tells of a cycle of %s and ends", (_name, views, places) => {
    const { diagnostics } = built(file(views));
    expect(told(diagnostics)).toEqual(places.map((place) => `IR.PARENT_CYCLE ${place}`));
  });

  it("E53, E81: resolves a deep lattice of parents without growing with the number of paths", () => {
    const views: Record<string, object> = {};
    for (let level = 0; level < 40; level++) {
      const parents = level === 0 ? [] : [view(`L${level - 1}a`), view(`L${level - 1}b`)];
      for (const side of "ab")
        views[`L${level}${side}`] = { implements: parents, properties: { [`p${level}${side}`]: text } };
    }
    const { model } = built(file(views));
    expect(model.views.find(({ id }) => id.externalId === "L39a")?.properties).toHaveLength(79);
  });
});

describe("connections", () => {
  it("E60, E61: direct relations without a source, single and list", () => {
    const { model, diagnostics } = built(file({ A: { properties: { one: direct(), many: direct(undefined, true) } } }));
    expect(diagnostics).toEqual([]);
    expect(property(model, "A", "one")).toMatchObject({ kind: "direct", list: false });
    expect(property(model, "A", "many")).toMatchObject({ kind: "direct", list: true });
    expect(property(model, "A", "one")).not.toHaveProperty("target");
  });

  it("E62: keeps a relation whose target is not in the model, untyped", () => {
    const { model, diagnostics } = built(
      file({ B: { properties: { b: text } }, A: { properties: { to: direct(view("B")), edge: edges(view("B")) } } }, [
        view("A"),
      ]),
    );
    expect(told(diagnostics)).toEqual(["IR.TARGET_MISSING s/A@v1.edge", "IR.TARGET_MISSING s/A@v1.to"]);
    expect(property(model, "A", "to")).not.toHaveProperty("target");
    expect(property(model, "A", "edge")).toMatchObject({ kind: "edge" });
  });

  it("a target for edges cannot be related to", () => {
    const { model, diagnostics } = built(
      file({ E: { usedFor: "edge", properties: { x: text } }, A: { properties: { to: direct(view("E")) } } }),
    );
    expect(told(diagnostics)).toEqual(["IR.TARGET_NOT_NODES s/A@v1.to"]);
    expect(property(model, "A", "to")).not.toHaveProperty("target");
  });

  it("E70, E71: edges with kind and direction; outwards and many where nothing is said", () => {
    const { model } = built(
      file({
        A: {
          properties: {
            a: text,
            plain: edges(view("A")),
            back: edges(view("A"), { direction: "inwards", connectionType: "single_edge_connection" }),
          },
        },
      }),
    );
    expect(property(model, "A", "plain")).toMatchObject({
      single: false,
      direction: "outwards",
      edgeType: { space: "s", externalId: "link" },
    });
    expect(property(model, "A", "back")).toMatchObject({ single: true, direction: "inwards" });
  });

  it("E63: an edge view that is missing or for nodes costs only the edges' properties", () => {
    const { model, diagnostics } = built(
      file({
        A: {
          properties: {
            a: text,
            lost: edges(view("A"), { edgeSource: view("Gone") }),
            wrong: edges(view("A"), { edgeSource: view("A") }),
            right: edges(view("A"), { edgeSource: view("E") }),
          },
        },
        E: { usedFor: "edge", properties: { x: text } },
      }),
    );
    expect(told(diagnostics)).toEqual(["IR.EDGE_VIEW_MISSING s/A@v1.lost", "IR.EDGE_VIEW_NOT_EDGES s/A@v1.wrong"]);
    expect(property(model, "A", "lost")).not.toHaveProperty("edgeView");
    expect(property(model, "A", "lost")).toMatchObject({ target: { externalId: "A" } });
    expect(property(model, "A", "right")).toMatchObject({ edgeView: { externalId: "E" } });
  });

  it("E64: reverse relations through a view, its parent and a container", () => {
    const { model, diagnostics } = built(
      file({
        P: { properties: { to: direct(view("A")), all: direct(view("A"), true) } },
        B: { implements: [view("P")] },
        A: {
          properties: {
            a: text,
            byView: reverse(view("B"), "to"),
            byParent: reverse(view("B"), "to", view("P"), "single_reverse_direct_relation"),
            byContainer: reverse(view("B"), "to", container("P_v1")),
            byList: reverse(view("B"), "all"),
          },
        },
      }),
    );
    expect(diagnostics).toEqual([]);
    const through = (id: string) => (property(model, "A", id) as IrReverse).through;
    expect(through("byView")).toEqual({
      source: { space: "s", externalId: "B", version: "v1" },
      property: "to",
      list: false,
    });
    expect(through("byParent").source.externalId).toBe("P");
    expect(through("byContainer")).toEqual(through("byView"));
    expect(through("byList").list).toBe(true);
    expect(property(model, "A", "byParent")).toMatchObject({ single: true });
    expect(property(model, "A", "byView")).toMatchObject({ single: false, target: { externalId: "B" } });
  });

  it("E65: what a reverse relation goes through is missing or no relation: only that property is left out", () => {
    const { model, diagnostics } = built(
      file({
        B: { properties: { name: text, link: edges(view("A")) } },
        A: {
          properties: {
            a: text,
            noProperty: reverse(view("B"), "gone"),
            noView: reverse(view("B"), "x", view("Gone")),
            noContainer: reverse(view("B"), "x", container("Gone")),
            noContainerProperty: reverse(view("B"), "x", container("B_v1")),
            aText: reverse(view("B"), "name"),
            anEdge: reverse(view("B"), "link"),
          },
        },
      }),
    );
    expect(model.views[0]?.properties.map(({ id }) => id)).toEqual(["a"]);
    expect(told(diagnostics)).toEqual([
      "IR.THROUGH_NOT_RELATION s/A@v1.aText",
      "IR.THROUGH_NOT_RELATION s/A@v1.anEdge",
      "IR.THROUGH_MISSING s/A@v1.noContainer",
      "IR.THROUGH_MISSING s/A@v1.noContainerProperty",
      "IR.THROUGH_MISSING s/A@v1.noProperty",
      "IR.THROUGH_MISSING s/A@v1.noView",
    ]);
  });

  it("E49: in answers a reverse relation is resolved by the view of its nodes, by its container, or by the service's word", () => {
    const of = (id: string, type: object): object => ({
      container: container("C"),
      containerPropertyIdentifier: id,
      type,
      nullable: true,
    });
    const item = (externalId: string, properties: object): object => ({
      ...{ space: "s", externalId, version: "v1", usedFor: "node", writable: true, properties },
    });
    const { model, diagnostics } = built({
      items: [
        item("A", {
          a: of("a", { type: "text" }),
          absentParent: reverse(view("B"), "to", view("Gone")),
          byContainer: reverse(view("B"), "to_id", container("C")),
          told: { ...reverse(view("B"), "far", view("Gone")), targetsList: true },
        }),
        item("B", { other: of("a", { type: "text" }), to: of("to_id", { type: "direct", list: true }) }),
      ],
    });
    expect(diagnostics).toEqual([]);
    for (const id of ["absentParent", "byContainer", "told"]) {
      expect((property(model, "A", id) as IrReverse).through.list).toBe(true);
    }
    // The view calls the container's property by another name, and rows carry that one.
    expect(property(model, "A", "byContainer")).toMatchObject({
      through: { source: { externalId: "B" }, property: "to" },
    });
  });

  it("E68: a view may point at itself in every way", () => {
    const { diagnostics, model } = built(
      file({ A: { properties: { up: direct(view("A")), down: reverse(view("A"), "up"), link: edges(view("A")) } } }),
    );
    expect(diagnostics).toEqual([]);
    expect(model.views[0]?.properties).toHaveLength(3);
  });
});

describe("views", () => {
  it("E39: tells of a view that the data model names and nobody has", () => {
    const { model, diagnostics } = built(file({ A: { properties: { a: text } } }, [view("A"), view("Gone")]));
    expect(told(diagnostics)).toEqual(["IR.VIEW_MISSING s/Model@v1"]);
    expect(model.views).toHaveLength(1);
  });

  it("E134: tells of a data model without a usable view", () => {
    expect(told(built(file({ A: { usedFor: "record", properties: { a: text } } })).diagnostics)).toEqual([
      "IR.RECORD_VIEW s/A@v1",
      "IR.NO_VIEWS s/Model@v1",
    ]);
  });

  it("E43: knows views for nodes, for edges and for both", () => {
    const { model } = built(
      file({
        A: { properties: { a: text } },
        E: { usedFor: "edge", properties: { a: text } },
        X: { usedFor: "all", properties: { a: text } },
      }),
    );
    expect(model.views.map(({ usedFor }) => usedFor)).toEqual(["node", "edge", "all"]);
  });

  it("E32: without the service's word the containers say what a view is for, those of answers by their views", () => {
    const parent = {
      ...{ space: "s", externalId: "P", version: "v1", usedFor: "edge", writable: true },
      properties: {
        x: { container: container("C"), containerPropertyIdentifier: "x", type: { type: "text" }, nullable: true },
      },
    };
    const child = { space: "s", externalId: "A", version: "v1", implements: [view("P")] };
    expect(built({ views: [parent, child] }).model.views[0]).toMatchObject({ usedFor: "edge", writable: true });
  });

  it("E40: a view without properties is for nodes and can be written through", () => {
    expect(built(file({ A: {} })).model.views[0]).toMatchObject({ usedFor: "node", writable: true, properties: [] });
  });

  it("E44: an edge view has no connections of its own; stored properties stay", () => {
    const { model, diagnostics } = built(
      file({
        A: { properties: { to: direct(view("A")) } },
        E: { usedFor: "edge", properties: { x: text, rev: reverse(view("A"), "to"), link: edges(view("A")) } },
      }),
    );
    expect(model.views[1]?.properties.map(({ id }) => id)).toEqual(["x"]);
    expect(told(diagnostics)).toEqual(["IR.CONNECTION_ON_EDGE s/E@v1.link", "IR.CONNECTION_ON_EDGE s/E@v1.rev"]);
  });

  it("E45: a view is writable when it maps every required property, or when the service says so", () => {
    const required = { ...text, nullable: false };
    const json = file({ A: { properties: { a: text, must: required } }, B: { properties: { a: text } } }) as {
      views: { properties: Record<string, unknown> }[];
    };
    delete json.views[0]?.properties["must"];
    expect(built(json).model.views.map(({ writable }) => writable)).toEqual([false, true]);
  });

  const nodeType = (externalId: string): object => ({
    equals: { property: ["node", "type"], value: { space: "s", externalId } },
  });
  it.each([
    ["equals", nodeType("T"), "T"],
    ["and", { and: [{ hasData: [view("A")] }, nodeType("T")] }, "T"],
    ["or of one type", { or: [nodeType("T"), nodeType("T")] }, "T"],
    ["or of several types", { or: [nodeType("T"), nodeType("U")] }, undefined],
    ["in", { in: { property: ["node", "type"], values: [{ space: "s", externalId: "T" }] } }, "T"],
    ["not", { not: nodeType("T") }, undefined],
    ["another property", { equals: { property: ["node", "space"], value: "s" } }, undefined],
    ["a parameter", { equals: { property: ["node", "type"], value: { parameter: "p" } } }, undefined],
    ["values of a parameter", { in: { property: ["node", "type"], values: { parameter: "p" } } }, undefined],
  ])("E51: the node type that a filter with %s asks for", (_name, filter, expected) => {
    const { model } = built(file({ A: { filter, properties: { a: text } } }));
    expect(model.views[0]?.nodeType?.externalId).toBe(expected);
    expect(model.views[0]?.filter).toEqual(filter);
  });

  it("leaves out a filter that no longer holds", () => {
    const { model, diagnostics } = built(file({ A: { filter: { invalid: {} }, properties: { a: text } } }));
    expect(model.views[0]).not.toHaveProperty("filter");
    expect(told(diagnostics)).toEqual(["IR.FILTER_INVALID s/A@v1"]);
  });

  it("E15: takes names and descriptions that say something", () => {
    const { model } = built(
      file({ A: { name: " ", description: "Pumps.", properties: { a: { ...text, name: "The a", description: "" } } } }),
    );
    expect(model.views[0]).toMatchObject({ description: "Pumps." });
    expect(model.views[0]).not.toHaveProperty("name");
    expect(property(model, "A", "a")).toMatchObject({ name: "The a" });
    expect(property(model, "A", "a")).not.toHaveProperty("description");
  });

  it("takes whole views from the data model before those of the schema", () => {
    const document = readModelDocument(file({ A: { properties: { a: text } } }));
    const whole = { space: "s", externalId: "A", version: "v1", properties: {} };
    const { model } = buildIr({ space: "s", externalId: "M", version: "v1", views: [whole] }, schemaOf(document));
    expect(model.views[0]?.properties).toEqual([]);
    expect(told(buildIr({ space: "s", externalId: "M", version: "v1" }).diagnostics)).toEqual(["IR.NO_VIEWS s/M@v1"]);
  });
});

describe("schemaOf", () => {
  it("lets the first of several documents count", () => {
    const first = { space: "s", externalId: "A", version: "v1", name: "first" };
    const schema = schemaOf({ views: [first] }, { views: [{ ...first, name: "second" }] });
    expect(schema.view(view("A"))?.name).toBe("first");
  });
});

describe("E131", () => {
  const json = file({
    P: {
      filter: { equals: { property: ["node", "type"], value: { space: "s", externalId: "T" } } },
      properties: { p2: text, p1: { type: { type: "json" }, defaultValue: { b: 1, a: 2 } } },
    },
    A: { implements: [view("P")], properties: { b: text, a: direct(view("B")), r: reverse(view("B"), "to") } },
    B: { properties: { to: direct(view("A")), lost: direct(view("Gone")) } },
  });

  function shuffled(value: unknown, next: () => number): unknown {
    const mixed = <T>(items: readonly T[]): T[] =>
      items
        .map((item) => ({ item, key: next() }))
        .sort((a, b) => a.key - b.key)
        .map(({ item }) => item);
    if (Array.isArray(value)) return value.map((item) => shuffled(item, next));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      mixed(Object.entries(value)).map(([key, inner]) => [
        key,
        key === "views" ? mixed(inner as unknown[]).map((item) => shuffled(item, next)) : shuffled(inner, next),
      ]),
    );
  }

  it("the representation and the diagnostics do not depend on the order of views and properties", () => {
    const expected = JSON.stringify(built(json));
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (stream) => {
        const next = (): number => stream.next().value ?? 0;
        expect(JSON.stringify(built(shuffled(json, next) as object))).toBe(expected);
      }),
      { numRuns: 50 },
    );
  });
});
