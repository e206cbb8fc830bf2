import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Filter, Instance, JsonValue } from "../../../src/models/index.js";
import { nothing } from "../../../src/runtime/plan/condition.js";
import { simplify } from "../../../src/runtime/plan/simplify.js";
import { whereToFilter } from "../../../src/runtime/plan/where-to-filter.js";
import { Registry } from "../../../src/runtime/registry.js";
import { localFilter } from "../../../src/runtime/sync/match-filter.js";
import { ref, scope, viewNamed, views } from "../farm.js";

const turbine = viewNamed("turbine");
const path = (id: string) => ["s", "Turbine/v1", id];
const of = (where: unknown): Filter | undefined => whereToFilter(where, turbine, scope());
const equals = (id: string, value: JsonValue): Filter => ({ equals: { property: path(id), value } });
const isIn = (id: string, ...values: JsonValue[]): Filter => ({ in: { property: path(id), values } });
const name = (value: string) => equals("name", value);

describe("conditions are simplified", () => {
  it.each<[string, unknown, unknown]>([
    [
      "nested combinations are one",
      { $and: [{ $and: [{ name: "a" }, { capacity: 1 }] }] },
      { and: [name("a"), equals("capacity", 1)] },
    ],
    ["what is said twice is said once", { name: "a", $and: [{ name: "a" }] }, name("a")],
    ["alternatives of one value too", { $or: [{ name: "a" }, { name: "a" }] }, name("a")],
    [
      "alternatives of one property are a list",
      { $or: [{ name: "a" }, { name: { in: ["b", "a"] } }] },
      isIn("name", "a", "b"),
    ],
    [
      "but not of enums",
      { $or: [{ status: "running" }, { status: "stopped" }] },
      { or: [equals("status", "running"), equals("status", "stopped")] },
    ],
    ["two lists are what they share", { name: { in: ["a", "b"] }, $and: [{ name: { in: ["b", "c"] } }] }, name("b")],
    [
      "of enums too",
      { $and: [{ status: { in: ["running", "stopped"] } }, { status: "stopped" }] },
      equals("status", "stopped"),
    ],
    ["a list loses what is excluded", { name: { in: ["a", "b"] }, $not: { name: "b" } }, name("a")],
    ["and what is out of range", { capacity: { in: [1, 5, 9], gt: 1, lt: 9 } }, equals("capacity", 5)],
    ["and what has another prefix", { name: { in: ["ab", "b"], prefix: "a" } }, name("ab")],
    [
      "ranges are one",
      { capacity: { gt: 1 }, $and: [{ capacity: { gte: 3, lt: 9 } }, { capacity: { lte: 9 } }] },
      { range: { property: path("capacity"), gte: 3, lt: 9 } },
    ],
    [
      "prefixes are one",
      { name: { prefix: "a" }, $and: [{ name: { prefix: "ab" } }] },
      { prefix: { property: path("name"), value: "ab" } },
    ],
    [
      "a value is there where it is something",
      { capacity: { exists: true, gt: 1 } },
      { range: { property: path("capacity"), gt: 1 } },
    ],
    ["what follows from another is left out", { name: "a", $or: [{ name: "a" }, { capacity: 1 }] }, name("a")],
    ["also among alternatives", { $or: [{ name: "a" }, { name: "a", capacity: 1 }] }, name("a")],
    ["twice not is not", { $not: { $not: { name: "a" } } }, name("a")],
    [
      "what is about another node",
      { farm: { is: { $or: [{ name: "a" }, { name: "b" }] } } },
      { nested: { scope: path("farm"), filter: { in: { property: ["s", "Farm/v1", "name"], values: ["a", "b"] } } } },
    ],
    ["all that there is stays", { $raw: { matchAll: {} } }, { matchAll: {} }],
    ["all beside something is left out", { $raw: { matchAll: {} }, name: "a" }, name("a")],
  ])("%s", (_name, where, expected) => {
    expect(of(where)).toEqual(expected);
  });

  it.each<[string, unknown]>([
    ["two values", { name: "a", $and: [{ name: "b" }] }],
    ["lists that share nothing", { name: { in: ["a"] }, $and: [{ name: { in: ["b"] } }] }],
    ["an empty list", { name: { in: [] } }],
    ["an empty list among others", { capacity: 1, $and: [{ tags: { containsAny: [] } }] }],
    ["a range that holds nothing", { capacity: { gt: 5, lt: 5 } }],
    ["ranges that do not meet", { capacity: { gt: 5 }, $and: [{ capacity: { lte: 5 } }] }],
    ["a value out of range", { count: 3, $and: [{ count: { gt: 3 } }] }],
    ["a value that is not set", { name: "a", $and: [{ name: null }] }],
    ["set and not set", { tags: { exists: true }, $and: [{ tags: null }] }],
    ["prefixes of nothing", { name: { prefix: "a" }, $and: [{ name: { prefix: "b" } }] }],
    ["a condition and its opposite", { tags: { containsAny: ["a"] }, $not: { tags: { containsAny: ["a"] } } }],
    ["two nodes", { farm: { equals: "F1" }, $and: [{ farm: { equals: ref("F2") } }] }],
    ["alternatives that are all none", { $or: [{ name: { in: [] } }, { capacity: { gt: 2, lt: 1 } }] }],
    ["what no other node can be", { farm: { is: { name: { in: [] } } } }],
  ])("nothing matches %s", (_name, where) => {
    expect(of(where)).toBe(nothing);
  });

  it.each<[string, Filter]>([
    [
      "times that may be written in several ways",
      { and: [equals("started_at", "2020-01-01T00:00:00Z"), equals("started_at", "2020-01-01T00:00:00.000Z")] },
    ],
    [
      "values of other properties",
      { and: [name("a"), { equals: { property: path("name"), value: { property: path("day") } } }] },
    ],
    [
      "properties that are not known",
      {
        and: [
          { equals: { property: ["x", "Y/v1", "z"], value: 1 } },
          { equals: { property: ["x", "Y/v1", "z"], value: 2 } },
        ],
      },
    ],
    [
      "lists",
      {
        and: [
          { containsAny: { property: path("tags"), values: ["a"] } },
          { containsAny: { property: path("tags"), values: ["b"] } },
        ],
      },
    ],
    [
      "what depends on missing values within not",
      { not: { and: [{ exists: { property: path("name") } }, name("a")] } },
    ],
  ])("leaves %s alone", (_name, filter) => {
    expect(simplify(filter, new Registry(Object.values(views)))).toEqual(filter);
  });
});

const small = fc.integer({ min: 0, max: 3 });
const word = fc.constantFrom("a", "ab", "b");
const leaf: fc.Arbitrary<Filter> = fc.oneof(
  word.map(name),
  fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => isIn("name", ...words)),
  word.map((value) => ({ prefix: { property: path("name"), value } })),
  fc.constantFrom("running", "stopped").map((value) => equals("status", value)),
  fc.boolean().map((value) => equals("is_active", value)),
  small.map((value) => equals("capacity", value)),
  fc.array(small, { minLength: 1, maxLength: 3 }).map((values) => isIn("count", ...values)),
  fc
    .tuple(
      fc.constantFrom("capacity", "count"),
      fc.constantFrom("gt", "gte"),
      fc.constantFrom("lt", "lte"),
      small,
      small,
    )
    .map(([id, low, high, a, b]): Filter => ({ range: { property: path(id), [low]: a, [high]: b } })),
  fc
    .tuple(fc.constantFrom("gt", "lte"), small)
    .map(([bound, a]): Filter => ({ range: { property: path("capacity"), [bound]: a } })),
  fc.constantFrom("name", "capacity", "tags").map((id) => ({ exists: { property: path(id) } })),
  fc.array(word, { minLength: 1, maxLength: 2 }).map((values) => ({ containsAny: { property: path("tags"), values } })),
  fc.constantFrom("F1", "F2").map((id) => equals("farm", ref(id))),
  fc.constantFrom<Filter>({ matchAll: {} }, { not: { matchAll: {} } }),
);
const { filter: anyFilter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.array(tie("filter"), { minLength: 1, maxLength: 4 }).map((and) => ({ and })),
    fc.array(tie("filter"), { minLength: 1, maxLength: 4 }).map((or) => ({ or })),
    tie("filter").map((not) => ({ not })),
  ),
}));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const instance: fc.Arbitrary<Instance> = fc
  .record({
    name: maybe(word),
    status: maybe(fc.constantFrom("running", "stopped")),
    is_active: maybe(fc.boolean()),
    capacity: maybe(small),
    count: maybe(small),
    tags: maybe(fc.array(word, { maxLength: 2 })),
    farm: maybe(fc.constantFrom("F1", "F2").map((id) => ref(id))),
  })
  .map((values) => {
    const properties = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
    const facts = { instanceType: "node", version: 1, createdTime: 0, lastUpdatedTime: 0 } as const;
    return { ...facts, ...ref("T1"), properties: { s: { "Turbine/v1": properties } } };
  });

describe("a simplified condition", () => {
  const registry = new Registry(Object.values(views));
  const simplified = (filter: Filter): Filter => {
    const simple = simplify(filter, registry);
    if (simple === true) throw new Error("A filter stays one.");
    return simple;
  };

  it("holds for the same instances, and is not larger", () => {
    fc.assert(
      fc.property(anyFilter, fc.array(instance, { minLength: 5, maxLength: 20 }), (filter, instances) => {
        const simple = simplified(filter);
        const [before, after] = [localFilter(filter, turbine), localFilter(simple, turbine)];
        for (const one of instances) expect(after?.matches(one)).toBe(before?.matches(one));
        expect(JSON.stringify(simple).length).toBeLessThanOrEqual(JSON.stringify(filter).length + 40);
      }),
      { seed: 20240611, numRuns: 3_000 },
    );
  });
});
