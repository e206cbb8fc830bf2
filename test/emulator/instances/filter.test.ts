import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProjectState, StoredInstance } from "../../../src/emulator/engine/state.js";
import type { Filter, JsonValue, PropertyPath } from "../../../src/models/index.js";
import { checkRequest, filterSchema } from "../../../src/models/requests/index.js";
import { apply, container, edge, found, list, node, project, query, ref, refusal, view } from "./project.js";

const thing = (id: string): PropertyPath => ["m", "Thing/v1", id];
const base = (id: string): PropertyPath => ["node", id];

function filled(): ProjectState {
  const state = project();
  apply(state, {
    items: [
      node("zero", {
        int: 0,
        float: 0,
        flag: false,
        text: "",
        texts: [],
        when: "2024-01-01T00:00:00Z",
        until: "2024-02-01T00:00:00Z",
      }),
      node("one", {
        int: 1,
        float: 1.5,
        flag: true,
        text: "one",
        texts: ["a", "b"],
        ints: [1, 2],
        day: "2024-01-01",
        color: "red",
      }),
      node("two", {
        int: 2,
        text: "two",
        texts: ["b", "c"],
        json: { a: [1] },
        link: ref("one"),
        links: [ref("one"), ref("zero")],
        series: "one",
      }),
      { ...node("none", {}), type: ref("T", "m") },
      node("bare"),
      node("n", { name: "N", text: "one", link: ref("gone") }, "Both"),
    ],
  });
  apply(state, { items: [], delete: [{ instanceType: "node", space: "d", externalId: "gone" }] });
  return state;
}

describe("contract 9.2: operators", () => {
  const state = filled();
  const cases: readonly (readonly [string, Filter, readonly string[]])[] = [
    ["E90: equals 0", { equals: { property: thing("int"), value: 0 } }, ["zero"]],
    ["E90: equals false", { equals: { property: thing("flag"), value: false } }, ["zero"]],
    ["E90: equals empty text", { equals: { property: thing("text"), value: "" } }, ["zero"]],
    ["equals another property", { equals: { property: thing("text"), value: { property: thing("series") } } }, []],
    ["equals on a container", { equals: { property: ["m", "Thing", "text"], value: "one" } }, ["one", "n"]],
    [
      "E91: equals an instant however spelled",
      { equals: { property: thing("when"), value: "2024-01-01T02:00:00+02" } },
      ["zero"],
    ],
    ["equals JSON whole", { equals: { property: thing("json"), value: { a: [1] } } }, ["two"]],
    ["equals a direct relation", { equals: { property: thing("link"), value: ref("one") } }, ["two"]],
    ["equals a direct relation in short form", { equals: { property: base("type"), value: ["m", "T"] } }, ["none"]],
    ["equals an enum", { equals: { property: thing("color"), value: "red" } }, ["one"]],
    ["in", { in: { property: thing("int"), values: [0, 2] } }, ["zero", "two"]],
    ["in nothing", { in: { property: thing("int"), values: [] } }, []],
    [
      "in with a property among the values",
      { in: { property: thing("text"), values: ["two", { property: thing("text") }] } },
      ["zero", "one", "two", "n"],
    ],
    ["in the list of another property", { in: { property: thing("text"), values: { property: thing("texts") } } }, []],
    ["in on a list of relations", { in: { property: thing("links"), values: [ref("zero")] } }, ["two"]],
    ["in on JSON", { in: { property: thing("json"), values: [{ a: [1] }] } }, ["two"]],
    ["range", { range: { property: thing("int"), gt: 0 } }, ["one", "two"]],
    ["range with both bounds", { range: { property: thing("int"), gte: 0, lt: 1.5 } }, ["zero", "one"]],
    ["range on text", { range: { property: thing("text"), lte: "one" } }, ["zero", "one", "n"]],
    ["range on times", { range: { property: thing("when"), lt: "2024-01-01T00:00:00.001" } }, ["zero"]],
    [
      "range on the instances' own times",
      { range: { property: base("createdTime"), gte: "1970-01-01T00:00:01Z", lte: 1000 } },
      ["zero", "one", "two", "none", "bare", "n"],
    ],
    ["prefix", { prefix: { property: thing("text"), value: "o" } }, ["one", "n"]],
    ["prefix of external ids", { prefix: { property: base("externalId"), value: "n" } }, ["none", "n"]],
    ["exists: an empty list does", { exists: { property: thing("texts") } }, ["zero", "one", "two"]],
    ["containsAny", { containsAny: { property: thing("texts"), values: ["a", "c"] } }, ["one", "two"]],
    ["containsAll", { containsAll: { property: thing("texts"), values: ["a", "b"] } }, ["one"]],
    ["containsAll of nothing", { containsAll: { property: thing("ints"), values: [] } }, ["one"]],
    ["containsAny on relations", { containsAny: { property: thing("links"), values: [ref("one")] } }, ["two"]],
    ["matchAll", { and: [{ matchAll: {} }, { exists: { property: thing("int") } }] }, ["zero", "one", "two"]],
    [
      "not of a missing value",
      { and: [{ hasData: [view("Thing")] }, { not: { equals: { property: thing("int"), value: 1 } } }] },
      ["zero", "two", "none", "n"],
    ],
    [
      "nested",
      { nested: { scope: thing("link"), filter: { equals: { property: thing("flag"), value: true } } } },
      ["two"],
    ],
    [
      "nested through a list",
      { nested: { scope: thing("links"), filter: { equals: { property: base("externalId"), value: "zero" } } } },
      ["two"],
    ],
    [
      "overlaps",
      { overlaps: { startProperty: thing("when"), endProperty: thing("until"), gte: "2024-02-01T00:00:00Z" } },
      ["zero"],
    ],
    [
      "overlaps, outside",
      { overlaps: { startProperty: thing("when"), endProperty: thing("until"), lt: "2024-01-01T00:00:00Z" } },
      [],
    ],
    ["hasData of a view: all its containers", { hasData: [view("Both")] }, ["n"]],
    [
      "hasData of a container: a row of nulls counts",
      { hasData: [container("Thing")] },
      ["zero", "one", "two", "none", "n"],
    ],
    ["instanceReferences", { instanceReferences: [ref("two"), ref("one"), ref("nope")] }, ["one", "two"]],
    [
      "or",
      { or: [{ equals: { property: thing("int"), value: 2 } }, { equals: { property: thing("int"), value: 0 } }] },
      ["zero", "two"],
    ],
    ["facts of edges are missing on nodes", { exists: { property: ["edge", "startNode"] } }, []],
    ["no node is deleted", { exists: { property: base("deletedTime") } }, []],
    ["nothing is newer than itself", { range: { property: base("version"), gt: { property: base("version") } } }, []],
  ];
  it.each(cases)("%s", (_name, filter, ids) => expect(found(state, filter)).toEqual(ids));

  const wrong: readonly (readonly [Filter, string | RegExp])[] = [
    [{ equals: { property: thing("texts"), value: "a" } }, /^400 Invalid value for list property/],
    [{ in: { property: thing("texts"), values: ["a"] } }, /^400 Invalid value for list property/],
    [{ containsAny: { property: thing("text"), values: ["a"] } }, "it is not a list"],
    [
      { equals: { property: thing("int"), value: "1" } },
      "property 'int' of type int32 in a filter: expected a number, got text",
    ],
    [{ equals: { property: thing("text"), value: 1 } }, "expected text, got a number"],
    [{ equals: { property: thing("when"), value: "yesterday" } }, "expected a timestamp like"],
    [{ equals: { property: thing("color"), value: "blue" } }, "one of [red, green]"],
    [{ equals: { property: thing("link"), value: "one" } }, "expected {space, externalId}"],
    [{ equals: { property: thing("json"), value: 1 } }, "expected a JSON object"],
    [{ equals: { property: base("createdTime"), value: "x" } }, "milliseconds since 1970"],
    [{ equals: { property: thing("text"), value: { property: thing("int") } } }, "their types differ"],
    [{ in: { property: thing("text"), values: { property: thing("text") } } }, "expected a list of its type"],
    [{ equals: { property: thing("text"), value: { parameter: "p" } } }, "only queries have parameters"],
    [{ range: { property: thing("flag"), gt: true } }, "it has no ranges"],
    [{ prefix: { property: thing("int"), value: "1" } }, "it is not text"],
    [{ nested: { scope: thing("text"), filter: { matchAll: {} } } }, "it is not a direct relation"],
    [{ exists: { property: thing("nope") } }, "Unknown property 'nope' in view 'm:Thing/v1'"],
    [{ exists: { property: ["m", "Thing", "nope"] } }, "Unknown property 'nope' in container 'm:Thing'"],
    [{ exists: { property: ["m", "Thing", "constructor"] } }, "Unknown property 'constructor'"],
    [{ exists: { property: thing("externalId") } }, "Property identifier cannot be one of the reserved values"],
    [{ exists: { property: ["m", "Thing", "space"] } }, "Property identifier cannot be one of the reserved values"],
    [{ exists: { property: ["m", "Nope/v1", "x"] } }, "One or more views do not exist: 'm:Nope/v1'"],
    [{ exists: { property: ["m", "Nope", "x"] } }, "One or more containers do not exist: 'm:Nope'"],
    [{ exists: { property: ["node", "startNode"] } }, "Unknown property 'startNode' of nodes"],
    [{ exists: { property: ["text"] } }, "Invalid property reference [text]"],
    [{ exists: { property: ["m", "Partial/v1", "wires"] } }, "it is a connection"],
    [{ hasData: [container("Nope")] }, "One or more containers do not exist"],
    [{ hasData: [view("Nope")] }, "One or more views do not exist"],
  ];
  it.each(wrong)("refuses %j", (filter, message) => expect(refusal(() => found(state, filter))).toMatch(message));

  it("takes parameters in queries, and names those that are not given", () => {
    const ask = (value: JsonValue, parameters: Record<string, JsonValue>): readonly string[] =>
      (
        query(state, {
          with: { a: { nodes: { filter: { in: { property: thing("int"), values: value as never } } } } },
          select: { a: {} },
          parameters,
        }).items["a"] ?? []
      ).map(({ externalId }) => externalId);
    expect(ask({ parameter: "p" }, { p: [0, 1] })).toEqual(["zero", "one"]);
    expect(ask([{ parameter: "p" }], { p: 2 })).toEqual(["two"]);
    expect(refusal(() => ask({ parameter: "p" }, { p: 1 }))).toMatch("expected a list");
    expect(refusal(() => ask({ parameter: "q" }, { p: 1 }))).toMatch("Unknown parameter 'q'");
  });

  it("E119: filters edges by their own facts and the nodes at their ends", () => {
    const edges = filled();
    apply(edges, { items: [edge("e", "one", "two"), edge("f", "two", "one", "other")] });
    const ids = (filter: Filter): readonly string[] =>
      list(edges, { instanceType: "edge", filter }).items.map(({ externalId }) => externalId);
    expect(ids({ equals: { property: ["edge", "type"], value: ref("wire", "m") } })).toEqual(["e"]);
    expect(ids({ equals: { property: ["edge", "startNode"], value: ["d", "two"] } })).toEqual(["f"]);
    expect(
      ids({ nested: { scope: ["edge", "endNode"], filter: { equals: { property: thing("int"), value: 2 } } } }),
    ).toEqual(["e"]);
  });
});

describe("contract 9.2: form", () => {
  const accepts = (filter: unknown): string => {
    const checked = checkRequest(filterSchema, filter);
    return checked.ok ? "accepted" : checked.message;
  };
  it.each([
    [{}, "exactly one operator"],
    [{ not: { exists: { property: ["a"] } }, and: [] }, "exactly one operator of the service, got 'not', 'and'"],
    [{ nope: {} }, "got 'nope'"],
    [{ constructor: {} }, "got 'constructor'"],
    [{ invalid: {} }, "got 'invalid'"],
    [{ equals: { property: ["node", "space"], value: null } }, "use not and exists"],
    [{ equals: { property: ["node", "space"], value: "a", extra: 1 } }, "Unexpected field - equals.extra"],
    [{ range: { property: ["node", "version"] } }, "must have a bound"],
    [{ range: { property: ["node", "version"], gt: 1, gte: 1 } }, "both gt and gte"],
    [{ range: { property: ["node", "version"], lt: 1, lte: 1 } }, "both lt and lte"],
    [{ in: { property: ["node", "space"], values: "a" } }, "must be an array"],
    [{ in: { property: ["node", "space"], values: [null] } }, "must be an array"],
    [{ and: [] }, "size must be"],
    [5, "must be an object"],
  ])("refuses %j", (filter, message) => expect(accepts(filter)).toContain(message));

  it("refuses endless nesting without running out of stack", () => {
    let filter: unknown = { matchAll: {} };
    for (let depth = 0; depth < 20_000; depth++) filter = { not: filter };
    expect(accepts(filter)).toContain("must not nest deeper than 500 levels");
  });
});

describe("contract 9.2: against a naive evaluator", () => {
  const values = fc.integer({ min: 0, max: 3 });
  const leaf: fc.Arbitrary<Filter> = fc.oneof(
    fc.record({ property: fc.constant(thing("int")), value: values }).map((equals) => ({ equals })),
    fc
      .record({ property: fc.constant(thing("int")), values: fc.array(values, { maxLength: 3 }) })
      .map((inside) => ({ in: inside })),
    fc.record({ property: fc.constant(thing("int")), gte: values }).map((range) => ({ range })),
    fc
      .record({ property: fc.constant(thing("ints")), values: fc.array(values, { maxLength: 2 }) })
      .map((containsAny) => ({ containsAny })),
    fc
      .record({ property: fc.constant(thing("ints")), values: fc.array(values, { maxLength: 2 }) })
      .map((containsAll) => ({ containsAll })),
    fc.constantFrom<Filter>({ exists: { property: thing("int") } }, { hasData: [view("Thing")] }, { matchAll: {} }),
  );
  const { filter: tree } = fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      fc.array(tie("filter"), { minLength: 1, maxLength: 3 }).map((and) => ({ and })),
      fc.array(tie("filter"), { minLength: 1, maxLength: 3 }).map((or) => ({ or })),
      tie("filter").map((not) => ({ not })),
    ),
  }));

  function naive(filter: Filter, instance: StoredInstance): boolean {
    const values = instance.rows.get("m/Thing");
    const int = values?.get("int") as number | undefined;
    const ints = values?.get("ints") as number[] | undefined;
    if ("and" in filter) return filter.and.every((inner) => naive(inner, instance));
    if ("or" in filter) return filter.or.some((inner) => naive(inner, instance));
    if ("not" in filter) return !naive(filter.not, instance);
    if ("equals" in filter) return int === filter.equals.value;
    if ("in" in filter) return int !== undefined && (filter.in.values as number[]).includes(int);
    if ("range" in filter) return int !== undefined && int >= (filter.range.gte as number);
    if ("containsAny" in filter) return !!ints && (filter.containsAny.values as number[]).some((v) => ints.includes(v));
    if ("containsAll" in filter)
      return !!ints && (filter.containsAll.values as number[]).every((v) => ints.includes(v));
    if ("exists" in filter) return int !== undefined;
    return "hasData" in filter ? values !== undefined : true;
  }

  it("finds the same instances for any filter, whatever it can skip", () => {
    const data = fc.array(
      fc.option(fc.record({ int: values, ints: fc.array(values, { maxLength: 3 }) }, { requiredKeys: [] }), {
        nil: undefined,
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(data, tree, (rows, filter) => {
        const state = project();
        apply(state, { items: rows.map((properties, index) => node(`n${index}`, properties)) });
        const expected = [...state.instances.values()].filter((instance) => naive(filter, instance));
        expect(found(state, filter)).toEqual(expected.map(({ externalId }) => externalId));
      }),
      { numRuns: 200 },
    );
  });
});
