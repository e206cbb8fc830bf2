import { describe, expect, it } from "vitest";
import {
  containersByIds,
  deleteContainers,
  listContainers,
  upsertContainers,
} from "../../../src/emulator/engine/containers.js";
import { applyInstances } from "../../../src/emulator/engine/instances/index.js";
import type { ProjectState } from "../../../src/emulator/engine/state.js";
import type { Container, ContainerCreate, ContainerPropertyCreate, PropertyType } from "../../../src/models/index.js";
import { container, project, TEXT } from "./project.js";

const all = { limit: 1000, includeGlobal: false };

function put(state: ProjectState, ...items: readonly ContainerCreate[]): readonly Container[] {
  return upsertContainers(state, { items }).items;
}

function putNode(state: ProjectState, externalId: string, properties: Readonly<Record<string, string>>): void {
  applyInstances(state, {
    items: [
      {
        instanceType: "node",
        space: "s",
        externalId,
        sources: [{ source: { type: "container", space: "s", externalId: "C" }, properties }],
      },
    ],
  });
}

describe("containers as they read", () => {
  it("contract 5.2: tells every property's facts, and the state of constraints and indexes", () => {
    const [read] = put(
      project(),
      container(
        "C",
        {
          a: TEXT,
          b: { type: { type: "int64", list: true, maxListSize: 1200 }, nullable: false },
          c: { type: { type: "enum", values: { x: {} } }, name: "See" },
          d: { type: { type: "text", maxTextSize: 10, collation: "und" }, immutable: true },
        },
        {
          constraints: { u: { constraintType: "uniqueness", properties: ["a"] } },
          indexes: { i: { properties: ["a"] }, j: { indexType: "inverted", properties: ["b"] } },
        },
      ),
    );
    const free = { nullable: true, immutable: false, autoIncrement: false, constraintState: {} };
    expect(read).toMatchObject({ usedFor: "node", isGlobal: false });
    expect(read?.properties).toEqual({
      a: { ...free, type: { type: "text", list: false, collation: "ucs_basic" } },
      b: {
        ...free,
        nullable: false,
        type: { type: "int64", list: true, maxListSize: 1200 },
        constraintState: { nullability: "current", maxListSize: "current" },
      },
      c: { ...free, type: { type: "enum", values: { x: {} } }, name: "See" },
      d: {
        ...free,
        immutable: true,
        type: { type: "text", list: false, maxTextSize: 10, collation: "und" },
        constraintState: { maxTextSize: "current" },
      },
    });
    expect(read?.constraints).toEqual({
      u: { constraintType: "uniqueness", properties: ["a"], bySpace: false, state: "current" },
    });
    expect(read?.indexes).toEqual({
      i: { indexType: "btree", properties: ["a"], cursorable: false, bySpace: false, state: "current" },
      j: { indexType: "inverted", properties: ["b"], state: "current" },
    });
  });

  it("keeps properties named like members of every object", () => {
    const [read] = put(project(), container("C", { constructor: TEXT, toString: TEXT }));
    expect(Object.keys(read?.properties ?? {})).toEqual(["constructor", "toString"]);
  });

  it("contract 5.3: lists those for records only when asked, and by space", () => {
    const state = project();
    put(state, container("N", { p: TEXT }), container("E", { p: TEXT }, { usedFor: "edge" }));
    put(state, container("R", { p: TEXT }, { usedFor: "record" }));
    const ids = (parameters: object) =>
      listContainers(state, { ...all, ...parameters }).items.map(({ externalId }) => externalId);
    expect(ids({})).toEqual(["E", "N"]);
    expect(ids({ usedFor: ["record", "edge"] })).toEqual(["E", "R"]);
    expect(ids({ space: "other" })).toEqual([]);
    expect(
      containersByIds(state, {
        items: [
          { space: "s", externalId: "R" },
          { space: "s", externalId: "X" },
        ],
      }).items,
    ).toHaveLength(1);
  });
});

describe("contract 5.4: upserts merge", () => {
  it("keeps what is left out and adds what is new", () => {
    const state = project();
    put(state, container("C", { a: TEXT }, { usedFor: "all", indexes: { i: { properties: ["a"] } } }));
    const [merged] = put(
      state,
      container("C", { b: TEXT }, { constraints: { u: { constraintType: "uniqueness", properties: ["a", "b"] } } }),
    );
    expect(Object.keys(merged?.properties ?? {})).toEqual(["a", "b"]);
    expect(merged).toMatchObject({ usedFor: "all", indexes: { i: {} }, constraints: { u: {} } });
  });

  it("is no change when it says nothing new, whatever it leaves out", () => {
    const state = project();
    const [first] = put(state, container("C", { a: TEXT, b: TEXT }, { indexes: { i: { properties: ["a"] } } }));
    const version = state.schemaVersion;
    const [again] = put(
      state,
      container(
        "C",
        { a: { type: { type: "text", list: false }, nullable: true } },
        { indexes: { i: { indexType: "btree", properties: ["a"] } } },
      ),
    );
    expect(again).toEqual(first);
    expect(state.schemaVersion).toBe(version);
  });

  const typed = (type: PropertyType): ContainerPropertyCreate => ({ type });
  it.each<[string, PropertyType, PropertyType]>([
    ["the type from text to int32", { type: "text" }, { type: "int32" }],
    ["list from false to true", { type: "text" }, { type: "text", list: true }],
    ["the collation", { type: "text" }, { type: "text", collation: "und" }],
    ["maxTextSize", { type: "text" }, { type: "text", maxTextSize: 100 }],
    ["maxListSize from 1000 down to 10", { type: "text", list: true }, { type: "text", list: true, maxListSize: 10 }],
    [
      "maxListSize from 100 down to 99",
      { type: "direct", list: true },
      { type: "direct", list: true, maxListSize: 99 },
    ],
    [
      "the enum by removing 'b'",
      { type: "enum", values: { a: {}, b: {} } },
      { type: "enum", values: { a: {}, c: {} } },
    ],
    [
      "the target container",
      { type: "direct" },
      { type: "direct", container: { type: "container", space: "s", externalId: "C" } },
    ],
  ])("refuses to change %s", (words, before, after) => {
    const state = project();
    const [stored] = put(state, container("C", { p: typed(before) }));
    expect(() => put(state, container("C", { p: typed(after) }))).toThrow(`Cannot change ${words}`);
    expect(() => put(state, container("C", { p: typed(after) }))).toThrow("property 'p' of container 's:C'");
    expect(containersByIds(state, { items: [{ space: "s", externalId: "C" }] }).items).toEqual([stored]);
  });

  it.each<[string, PropertyType, PropertyType]>([
    [
      "an enum value",
      { type: "enum", values: { a: {} } },
      { type: "enum", values: { a: {}, b: {} }, unknownValue: "a" },
    ],
    ["a longer list", { type: "text", list: true }, { type: "text", list: true, maxListSize: 1500 }],
    ["a unit", { type: "float64" }, { type: "float64", unit: { externalId: "pressure:bar" } }],
    ["a longer text", { type: "text", maxTextSize: 1 }, { type: "text", maxTextSize: 2 }],
  ])("allows %s", (_words, before, after) => {
    const state = project();
    put(state, container("C", { p: typed(before) }));
    expect(put(state, container("C", { p: typed(after) }))[0]?.properties["p"]?.type).toMatchObject(after);
  });

  it("refuses to change usedFor, a constraint or an index", () => {
    const state = project();
    const base = container("C", { a: TEXT, b: TEXT });
    put(state, {
      ...base,
      constraints: { u: { constraintType: "uniqueness", properties: ["a"] } },
      indexes: { i: { properties: ["a"] } },
    });
    expect(() => put(state, { ...base, usedFor: "edge" })).toThrow(
      "Cannot change usedFor of container 's:C' from node to edge.",
    );
    expect(() =>
      put(state, { ...base, constraints: { u: { constraintType: "uniqueness", properties: ["b"] } } }),
    ).toThrow("Constraint 'u'");
    expect(() => put(state, { ...base, indexes: { i: { properties: ["a"], cursorable: true } } })).toThrow("Index 'i'");
  });

  it("refuses a new required property without a default only where data is stored", () => {
    const state = project();
    const required = { ...TEXT, nullable: false };
    put(state, container("C", { a: TEXT }));
    put(state, container("C", { empty: required }));
    putNode(state, "n", { empty: "x" });
    expect(() => put(state, container("C", { late: required }))).toThrow("Cannot add property 'late'");
    expect(
      put(state, container("C", { given: { ...required, defaultValue: "d" } }))[0]?.properties["given"],
    ).toMatchObject({
      nullable: false,
      constraintState: { nullability: "current" },
    });
    expect(state.instances.get({ space: "s", externalId: "n" })?.rows.get("s/C")?.get("given")).toBe("d");
  });

  it("tells whether stored data fits a property that becomes required", () => {
    const state = project();
    const required = { ...TEXT, nullable: false };
    put(state, container("C", { a: TEXT, b: TEXT }));
    putNode(state, "n", { a: "x" });
    const properties = put(state, container("C", { a: required, b: required }))[0]?.properties;
    expect(properties?.["a"]?.constraintState).toEqual({ nullability: "current" });
    expect(properties?.["b"]?.constraintState).toEqual({ nullability: "failed" });
    expect(put(state, container("C", { b: TEXT }))[0]?.properties["b"]?.constraintState).toEqual({});
  });
});

describe("containers that do not hold together", () => {
  it("contract 2.3: refuses unknown spaces", () => {
    const state = project();
    const unknown = { ...container("C", { p: TEXT }), space: "nope" };
    expect(() => put(state, container("A", { p: TEXT }), unknown)).toThrow("One or more spaces do not exist: 'nope'");
    expect(state.containers.size).toBe(0);
  });

  it("lets containers of one request refer to each other, and refuses others that are not there", () => {
    const state = project();
    const to = (externalId: string): PropertyType => ({
      type: "direct",
      container: { type: "container", space: "s", externalId },
    });
    put(state, container("A", { b: { type: to("B") } }), container("B", { a: { type: to("A") } }));
    expect(() => put(state, container("C", { x: { type: to("X") } }))).toThrow(
      "One or more containers do not exist: 's:X'",
    );
    const requires = {
      constraintType: "requires",
      require: { type: "container", space: "s", externalId: "Y" },
    } as const;
    expect(() => put(state, container("D", { p: TEXT }, { constraints: { r: requires } }))).toThrow("'s:Y'");
    expect(
      put(
        state,
        container(
          "D",
          { p: TEXT },
          { constraints: { r: { ...requires, require: { ...requires.require, externalId: "A" } } } },
        ),
      ),
    ).toHaveLength(1);
  });

  it.each<[string, ContainerPropertyCreate]>([
    ["Cannot auto-increment", { ...TEXT, autoIncrement: true }],
    ["Cannot auto-increment", { type: { type: "int32", list: true }, autoIncrement: true }],
    ["it is a list", { type: { type: "text", list: true }, defaultValue: "x" }],
    ["it is no list", { type: { type: "text", maxListSize: 10 } }],
    ["is not of type text", { ...TEXT, defaultValue: 1 }],
    ["is not of type int32", { type: { type: "int32" }, defaultValue: 2 ** 31 }],
    ["is not of type int64", { type: { type: "int64" }, defaultValue: 1.5 }],
    ["is not of type float32", { type: { type: "float32" }, defaultValue: "1" }],
    ["is not of type boolean", { type: { type: "boolean" }, defaultValue: "true" }],
    ["is not of type json", { type: { type: "json" }, defaultValue: "{}" }],
    ["is not of type enum", { type: { type: "enum", values: { a: {} } }, defaultValue: "toString" }],
  ])("%s: refuses %j", (words, property) => {
    expect(() => put(project(), container("C", { p: property }))).toThrow(words);
  });

  it("refuses constraints and indexes over properties that are not there, inverted ones over single values", () => {
    const over = (parts: Partial<ContainerCreate>) => () => put(project(), container("C", { p: TEXT }, parts));
    expect(over({ constraints: { u: { constraintType: "uniqueness", properties: ["q"] } } })).toThrow(
      "Unknown property 'q' in 'u'",
    );
    expect(over({ indexes: { i: { properties: ["toString"] } } })).toThrow("Unknown property 'toString' in 'i'");
    expect(over({ indexes: { i: { indexType: "inverted", properties: ["p"] } } })).toThrow("property 'p' is no list");
  });

  it("contract 5.1: refuses what containers for records cannot have", () => {
    const record =
      (property: ContainerPropertyCreate, parts: Partial<ContainerCreate> = {}) =>
      () =>
        put(project(), container("C", { p: property }, { usedFor: "record", ...parts }));
    expect(record(TEXT, { indexes: { i: { properties: ["p"] } } })).toThrow("it has constraints or indexes");
    expect(record({ ...TEXT, immutable: true })).toThrow("property 'p' is of a kind");
    expect(record({ type: { type: "file" } })).toThrow("property 'p' is of a kind");
    expect(record(TEXT)()).toHaveLength(1);
  });
});

describe("deleting containers", () => {
  it("contract 5.4: drops the data that instances have there, and nothing else", () => {
    const state = project();
    put(state, container("C", { a: TEXT }), container("Other", { a: TEXT }));
    putNode(state, "n", { a: "x" });
    const ids = [
      { space: "s", externalId: "C" },
      { space: "s", externalId: "X" },
    ];
    expect(deleteContainers(state, { items: ids }).items).toEqual([{ space: "s", externalId: "C" }]);
    expect(state.instances.get({ space: "s", externalId: "n" })?.rows.size).toBe(0);
    expect([...state.containers.keys()]).toEqual(["s/Other"]);
  });

  it("refuses system containers", () => {
    const state = project();
    upsertContainers(state, { items: [container("C", { a: TEXT })] }, { system: true });
    state.spaces.set("s", { space: "s", createdTime: 0, lastUpdatedTime: 0, isGlobal: true });
    expect(() => deleteContainers(state, { items: [{ space: "s", externalId: "C" }] })).toThrow("system space");
  });
});

describe("containers beyond the limits", () => {
  it.each<[string, ContainerPropertyCreate]>([
    ["is not of type timestamp", { type: { type: "timestamp" }, defaultValue: "today" }],
    ["is not of type date", { type: { type: "date" }, defaultValue: "2024-02-30" }],
    ["is not of type direct", { type: { type: "direct" }, defaultValue: { a: 1 } }],
    ["is not of type text", { type: { type: "text", maxTextSize: 1 }, defaultValue: "ab" }],
    ["is not of type json", { type: { type: "json" }, defaultValue: { text: "x".repeat(50_000) } }],
  ])("contract 5.1, 3.5: %s: refuses a default value that could not be written: %j", (words, property) => {
    const state = project();
    expect(() => put(state, container("C", { p: property }))).toThrow(words);
    expect(state.containers.size).toBe(0);
  });

  it("takes every default value that could be written, and the one for unknown values of an enum", () => {
    const type: PropertyType = { type: "enum", values: { a: {}, b: {} }, unknownValue: "a" };
    const state = project();
    put(
      state,
      container("C", {
        e: { type, defaultValue: "a" },
        when: { type: { type: "timestamp" }, defaultValue: "2024-01-31T12:30:00Z" },
        link: { type: { type: "direct" }, defaultValue: { space: "s", externalId: "x" } },
      }),
    );
    expect(state.containers.size).toBe(1);
  });

  it("contract 3.3: counts what a container holds once merged", () => {
    const state = project();
    const texts = (from: number, count: number): Record<string, ContainerPropertyCreate> =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${from + index}`, TEXT]));
    const [stored] = put(state, container("C", texts(0, 100)));
    expect(() => put(state, container("C", texts(100, 1)))).toThrow("it would have 101 properties, at most 100");
    const indexes = (prefix: string): ContainerCreate["indexes"] =>
      Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`${prefix}${index}`, { properties: ["p0"] }]));
    put(state, container("C", texts(0, 1), { indexes: indexes("i") ?? {} }));
    expect(() => put(state, container("C", texts(0, 1), { indexes: indexes("k") ?? {} }))).toThrow("12 indexes");
    const unique = (prefix: string): ContainerCreate["constraints"] =>
      Object.fromEntries(
        Array.from({ length: 6 }, (_, index) => [
          `${prefix}${index}`,
          { constraintType: "uniqueness", properties: ["p0"] } as const,
        ]),
      );
    put(state, container("C", texts(0, 1), { constraints: unique("u") ?? {} }));
    expect(() => put(state, container("C", texts(0, 1), { constraints: unique("v") ?? {} }))).toThrow(
      "12 uniqueness constraints, at most 10",
    );
    expect(Object.keys(state.containers.get("s/C")?.properties ?? {})).toEqual(Object.keys(stored?.properties ?? {}));
  });
});
