import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyInstances, dropContainerData } from "../../../src/emulator/engine/instances/index.js";
import type { ProjectState } from "../../../src/emulator/engine/state.js";
import type { Filter, InstancesListRequest, SortKey } from "../../../src/models/index.js";
import { addView, apply, edge, idsOf, list, node, project, ref, refusal, view } from "./project.js";

const key = (id: string, rest: Partial<SortKey> = {}): SortKey => ({ property: ["m", "Thing/v1", id], ...rest });
const ids = (state: ProjectState, request: InstancesListRequest): readonly string[] =>
  idsOf(list(state, request).items);

describe("contract 7.5: listing", () => {
  it("lists nodes in creation order, without properties unless sources are named", () => {
    const state = project();
    apply(state, { items: [node("b", { int: 1 }), node("a"), edge("e", "a", "b")] });
    expect(list(state, {}).items).toEqual([
      {
        instanceType: "node",
        space: "d",
        externalId: "b",
        version: 1,
        createdTime: 1000,
        lastUpdatedTime: 1000,
        properties: undefined,
      },
      { instanceType: "node", space: "d", externalId: "a", version: 1, createdTime: 1000, lastUpdatedTime: 1000 },
    ]);
    expect(list(state, { instanceType: "edge" }).items).toMatchObject([
      { externalId: "e", startNode: ref("a"), endNode: ref("b"), type: ref("wire", "m") },
    ]);
    const typed = list(state, { sources: [{ source: view("Thing") }], includeTyping: true });
    expect(typed.items.map(({ properties }) => properties)).toEqual([{ m: { "Thing/v1": { int: 1 } } }]);
    expect(Object.keys(typed.typing?.["m"]?.["Thing/v1"] ?? {})).toHaveLength(14);
  });

  it("6.5: a view shows what its filter matches or, without one, what has data in all its containers", () => {
    const state = project();
    addView(state, {
      space: "m",
      externalId: "Gone",
      version: "v1",
      filter: { exists: { property: ["m", "Nope", "x"] } },
    });
    addView(state, { space: "m", externalId: "Bare", version: "v1" });
    apply(state, {
      items: [node("t", {}), node("n", { name: "N" }, "Both"), { ...node("typed"), type: ref("T", "m") }],
    });
    const shown = (name: string): readonly string[] => ids(state, { sources: [{ source: view(name) }] });
    expect(shown("Thing")).toEqual(["t", "n"]);
    expect(shown("Both")).toEqual(["n"]);
    expect(shown("Typed")).toEqual(["typed"]);
    expect(shown("Gone")).toEqual([]);
    expect(shown("Bare")).toEqual(["t", "n", "typed"]);
    expect(ids(state, { sources: [{ source: view("Thing") }, { source: view("Both") }] })).toEqual(["n"]);
    expect(list(state, { sources: [{ source: view("Typed") }] }).items[0]?.properties).toEqual({});
    expect(refusal(() => shown("Nope"))).toBe("400 One or more views do not exist: 'm:Nope/v1'");
    const units = [{ property: "float", unit: { externalId: "temperature:deg_f" } }];
    expect(refusal(() => list(state, { sources: [{ source: view("Thing"), targetUnits: units }] }))).toMatch(
      "Cannot convert property 'float' of view 'm:Thing/v1': it has no unit",
    );
  });

  it("shows nodes of system spaces only to filters that name the space", () => {
    const state = project();
    applyInstances(state, { items: [{ instanceType: "node", space: "sys", externalId: "u" }] }, { system: true });
    apply(state, { items: [node("a")] });
    expect(ids(state, {})).toEqual(["a"]);
    expect(ids(state, { filter: { equals: { property: ["node", "space"], value: "sys" } } })).toEqual(["u"]);
    expect(ids(state, { filter: { and: [{ in: { property: ["node", "space"], values: ["sys", "d"] } }] } })).toEqual([
      "u",
      "a",
    ]);
    expect(ids(state, { filter: { or: [{ instanceReferences: [ref("u", "sys")] }] } })).toEqual(["u"]);
    expect(ids(state, { filter: { equals: { property: ["node", "externalId"], value: "u" } } })).toEqual([]);
    expect(state.instances.sizeOf("sys")).toBe(1);
    expect(state.instances.sizeOf("m")).toBe(0);
  });

  it("5.4: data of a dropped container is gone from every list", () => {
    const state = project();
    apply(state, { items: [node("a", { name: "A" }, "Both")] });
    apply(state, { items: [node("b", { name: "B" }, "Both")] });
    dropContainerData(state, "m/Thing");
    expect(ids(state, { sources: [{ source: view("Thing") }] })).toEqual([]);
    apply(state, { items: [node("b", {})] });
    expect(ids(state, { sources: [{ source: view("Both") }] })).toEqual(["b"]);
  });

  it("3.4: refuses limits, sorts and sources beyond the bounds, and unknown fields", () => {
    const state = project();
    expect(refusal(() => list(state, { limit: 1001 }))).toMatch("limit must be between 1 and 1000");
    expect(refusal(() => list(state, { sort: Array.from({ length: 6 }, () => key("int")) }))).toMatch("sort");
    expect(refusal(() => list(state, { nope: 1 } as InstancesListRequest))).toBe("400 Unexpected field - nope");
  });
});

describe("contract 9.3: sorting", () => {
  const state = project();
  apply(state, {
    items: [
      node("n1", { int: 2, text: "\u{1F600}", link: ref("a", "d") }),
      node("n2", { text: "\uFFFD", flag: true }),
      node("n3", { int: 1, flag: false, link: ref("b", "d") }),
      node("n4", { int: 2, text: "a" }),
    ],
    autoCreateDirectRelations: false,
  });
  const sortedBy = (...sort: SortKey[]): readonly string[] => ids(state, { sort });

  it("puts nulls last in both directions, and first when asked", () => {
    expect(sortedBy(key("int"))).toEqual(["n3", "n1", "n4", "n2"]);
    expect(sortedBy(key("int", { direction: "descending" }))).toEqual(["n1", "n4", "n3", "n2"]);
    expect(sortedBy(key("int", { direction: "descending", nullsFirst: true }))).toEqual(["n2", "n1", "n4", "n3"]);
  });

  it("sorts text by code point, booleans false first, relations by id, and by several keys", () => {
    expect(sortedBy(key("text"))).toEqual(["n4", "n2", "n1", "n3"]);
    expect(sortedBy(key("flag"))).toEqual(["n3", "n2", "n1", "n4"]);
    expect(sortedBy(key("link", { direction: "descending" }))).toEqual(["n3", "n1", "n2", "n4"]);
    expect(sortedBy(key("int"), key("text"))).toEqual(["n3", "n4", "n1", "n2"]);
    expect(ids(state, { sort: [{ property: ["node", "externalId"], direction: "descending" }] })).toEqual([
      "n4",
      "n3",
      "n2",
      "n1",
    ]);
  });

  it("refuses lists and JSON", () => {
    for (const id of ["texts", "json"])
      expect(refusal(() => sortedBy(key(id)))).toMatch("lists and JSON have no order");
  });
});

describe("contract 1.6: paging", () => {
  it("gives a cursor when the page is full, and an empty last page if need be", () => {
    const state = project();
    apply(state, { items: [node("a"), node("b")] });
    const first = list(state, { limit: 2 });
    expect(list(state, { limit: 3 }).nextCursor).toBeUndefined();
    expect(list(state, { limit: 2, cursor: first.nextCursor ?? null })).toEqual({ items: [] });
    expect(idsOf(list(state, { limit: 2, cursor: null }).items)).toEqual(["a", "b"]);
  });

  it("refuses cursors of other requests and texts that are no cursors; the limit may change", () => {
    const state = project();
    apply(state, { items: [node("a"), node("b"), node("c")] });
    const cursor = list(state, { limit: 1 }).nextCursor ?? "";
    expect(idsOf(list(state, { limit: 5, cursor }).items)).toEqual(["b", "c"]);
    expect(refusal(() => list(state, { cursor, instanceType: "edge" }))).toMatch("belongs to another request");
    for (const wrong of ["", "!", btoa("[1]"), btoa('["x",1,2]'), btoa("null")]) {
      expect(refusal(() => list(state, { cursor: wrong }))).toMatch("400 Invalid cursor.");
    }
  });

  it.each([
    ["creation order", undefined],
    ["a sort with ties and nulls", [key("int", { nullsFirst: true })]],
    ["a descending sort", [key("int", { direction: "descending" })]],
  ] as const)(
    "gives every lasting instance exactly once under inserts and deletes between pages: %s",
    (_name, sort) => {
      const step = fc.record({
        add: fc.array(fc.option(fc.nat(3)), { maxLength: 3 }),
        remove: fc.array(fc.nat(20), { maxLength: 2 }),
      });
      fc.assert(
        fc.property(
          fc.array(fc.option(fc.nat(3)), { minLength: 1, maxLength: 15 }),
          fc.array(step, { maxLength: 8 }),
          fc.integer({ min: 1, max: 4 }),
          (start, steps, limit) => {
            const state = project();
            const write = (prefix: string, values: readonly (number | null)[]): void =>
              void apply(state, { items: values.map((int, index) => node(`${prefix}${index}`, { int })) });
            write("n", start);
            const lasting = new Set(start.map((_, index) => `n${index}`));
            const request: InstancesListRequest = { limit, ...(sort ? { sort } : {}) };
            const seen: string[] = [];
            let cursor: string | null | undefined = null;
            for (let page = 0; cursor !== undefined; page++) {
              const { items, nextCursor } = list(state, { ...request, cursor });
              seen.push(...idsOf(items));
              cursor = nextCursor;
              const change = steps[page];
              if (!change) continue;
              write(`p${page}_`, change.add);
              const remove = [...new Set(change.remove)].map((index) => `n${index}`);
              for (const id of remove) lasting.delete(id);
              apply(state, {
                items: [],
                delete: remove.map((externalId) => ({ instanceType: "node", ...ref(externalId) })),
              });
            }
            expect(new Set(seen).size).toBe(seen.length);
            expect([...lasting].filter((id) => !seen.includes(id))).toEqual([]);
          },
        ),
        { numRuns: 80 },
      );
    },
  );
});

it("contract 1.6: refuses a cursor that was tampered with", () => {
  const state = project();
  apply(state, { items: [node("a", { int: 1 }), node("b", { int: 2 })] });
  const request = { limit: 1, sort: [{ property: ["m", "Thing/v1", "int"] }] };
  const given = list(state, request).nextCursor ?? "";
  const parts = JSON.parse(atob(given.replaceAll("-", "+").replaceAll("_", "/"))) as unknown[];
  const cursor = btoa(JSON.stringify([...parts.slice(0, 2), [{ valueOf: 1, toString: 1 }]])).replaceAll("=", "");
  expect(refusal(() => list(state, { ...request, cursor }))).toMatch("400 Invalid cursor");
});

it("answers containsAny and containsAll with very many values in no time", () => {
  const state = project();
  // Compared each with each they would take minutes, beyond the limit of a test.
  const count = 200;
  const texts = Array.from({ length: 900 }, (_, index) => `t${index}`);
  apply(state, { items: Array.from({ length: count }, (_, index) => node(`n${index}`, { texts, ints: [1, index] })) });
  const values = Array.from({ length: 500_000 }, (_, index) => `z${index}`);
  const property = ["m", "Thing/v1", "texts"];
  const ask = (filter: Filter): number => list(state, { filter }).items.length;
  expect(ask({ containsAny: { property, values } })).toBe(0);
  expect(ask({ containsAny: { property, values: [...values, "t899"] } })).toBe(count);
  expect(ask({ containsAll: { property, values: ["t1", "t899", "t1"] } })).toBe(count);
  expect(ask({ containsAll: { property, values: ["t1", "z"] } })).toBe(0);
  expect(ask({ containsAll: { property: ["m", "Thing/v1", "ints"], values: [1, 7] } })).toBe(1);
  expect(ask({ containsAll: { property, values: [] } })).toBe(count);
  expect(ask({ containsAny: { property, values: [] } })).toBe(0);
});

it("follows nested filters through lists that point at each other, each node once", () => {
  const state = project();
  const all = ["a", "b", "c", "d"];
  apply(state, { items: all.map((id) => node(id, { links: all.map((other) => ref(other)) })) });
  const scope = ["m", "Thing/v1", "links"];
  let filter: Filter = { equals: { property: ["node", "externalId"], value: "nobody" } };
  for (let depth = 0; depth < 40; depth++) filter = { nested: { scope, filter } };
  expect(list(state, { filter }).items).toEqual([]);
  expect(idsOf(list(state, { filter: { not: filter } }).items)).toEqual(all);
});
