import type { Api, Json } from "../api.js";

/** A reference to a view of space `m`. */
export function view(externalId: string): Json {
  return { type: "view", space: "m", externalId, version: "v1" };
}

/** A reference to a container of space `m`. */
export function container(externalId: string): Json {
  return { type: "container", space: "m", externalId };
}

/** The id of an instance of space `d`. */
export function id(externalId: string): Json {
  return { space: "d", externalId };
}

/** The ids of nodes of space `d`, as bodies name them. */
export function nodes(...names: readonly string[]): readonly Json[] {
  return names.map((name) => ({ instanceType: "node", ...id(name) }));
}

/** A property of view Thing, as filters and sorts name it. */
export function thing(property: string): readonly string[] {
  return ["m", "Thing/v1", property];
}

/** A node to write through a view, or without data. */
export function node(externalId: string, properties?: Json, through = "Thing"): Json {
  const sources = properties ? { sources: [{ source: view(through), properties }] } : {};
  return { instanceType: "node", ...id(externalId), ...sources };
}

/** An edge of type `d:wire` to write. */
export function edge(externalId: string, start: string, end: string, properties?: Json): Json {
  const sources = properties ? { sources: [{ source: view("Link"), properties }] } : {};
  const ends = { type: id("wire"), startNode: id(start), endNode: id(end) };
  return { instanceType: "edge", ...id(externalId), ...ends, ...sources };
}

/** The external ids of items. */
export function names(items: readonly Json[]): readonly string[] {
  return items.map((item) => String(item["externalId"]));
}

/** What a view shows of an instance. */
export function shown(item: Json, through = "Thing"): Json {
  return item["properties"]["m"][`${through}/v1`];
}

const listOf = (type: string): Json => ({ type: { type, list: true } });
const one = (type: string, more: Json = {}): Json => ({ type: { type, ...more } });

const thingProperties: Json = {
  name: one("text"),
  local: one("text", { collation: "nb-NO" }),
  tags: listOf("text"),
  size: one("int32"),
  big: one("int64"),
  weight: one("float64", { unit: { externalId: "mass:kilogm" } }),
  heat: { type: { type: "float32", list: true, unit: { externalId: "temperature:deg_c" } } },
  active: one("boolean"),
  seen: one("timestamp"),
  until: one("timestamp"),
  day: one("date"),
  info: one("json"),
  parent: one("direct"),
  friends: listOf("direct"),
  color: one("enum", { values: { red: {}, green: {} }, unknownValue: "green" }),
  sizes: listOf("int64"),
  series: one("timeseries"),
};

const containers: readonly Json[] = [
  {
    externalId: "Thing",
    properties: thingProperties,
    indexes: {
      byName: { properties: ["name"], cursorable: true },
      byTags: { indexType: "inverted", properties: ["tags"] },
    },
  },
  {
    externalId: "Machine",
    properties: {
      serial: { ...one("text"), nullable: false, immutable: true },
      code: { ...one("int32"), defaultValue: 7 },
      number: { ...one("int32"), autoIncrement: true },
      model: one("direct", { container: container("Thing") }),
      hidden: { ...one("text"), defaultValue: "kept" },
    },
    constraints: {
      uniqueSerial: { constraintType: "uniqueness", properties: ["serial"] },
      needsThing: { constraintType: "requires", require: container("Thing") },
    },
  },
  { externalId: "Link", usedFor: "edge", properties: { length: one("float64") } },
];

function mapping(name: string, properties: readonly string[]): Json {
  return Object.fromEntries(
    properties.map((property) => [property, { container: container(name), containerPropertyIdentifier: property }]),
  );
}

const views: readonly Json[] = [
  {
    externalId: "Thing",
    properties: {
      ...mapping("Thing", Object.keys(thingProperties)),
      wires: { type: id("wire"), source: view("Thing"), edgeSource: view("Link") },
      children: {
        connectionType: "multi_reverse_direct_relation",
        source: view("Thing"),
        through: { source: view("Thing"), identifier: "parent" },
      },
    },
  },
  {
    externalId: "Machine",
    implements: [view("Thing")],
    properties: mapping("Machine", ["serial", "code", "number", "model"]),
  },
  { externalId: "Code", properties: mapping("Machine", ["code"]) },
  { externalId: "Link", properties: mapping("Link", ["length"]) },
  {
    externalId: "Red",
    properties: mapping("Thing", ["name", "color"]),
    filter: { equals: { property: ["m", "Thing", "color"], value: "red" } },
  },
  {
    externalId: "Everything",
    properties: mapping("Thing", ["name"]),
    filter: { matchAll: {} },
  },
];

/** Puts spaces `m` (schema) and `d` (instances), containers and views into a project. */
export async function makeSchema(api: Api): Promise<void> {
  await api.ok("/models/spaces", { items: [{ space: "m" }, { space: "d" }, { space: "e" }] });
  await api.ok("/models/containers", { items: containers.map((item) => ({ space: "m", ...item })) });
  await api.ok("/models/views", { items: views.map((item) => ({ space: "m", version: "v1", ...item })) });
}

/** Five things, of which the last has no values, and a node without data; edges 1-2, 2-3, 3-1, 1-4 and 4-5. */
export const things: readonly Json[] = [
  node("t1", {
    name: "Alpha pump",
    local: "a",
    tags: ["red", "big"],
    size: 1,
    big: 10,
    weight: 10,
    heat: [0, 100],
    active: true,
    seen: "2024-01-01T00:00:00Z",
    until: "2024-02-01T00:00:00Z",
    day: "2024-01-01",
    info: { a: 1 },
    color: "red",
    sizes: [1, 2],
    series: "ts1",
  }),
  node("t2", {
    name: "Beta pump",
    local: "å",
    tags: ["blue"],
    size: 2,
    weight: 20,
    active: false,
    seen: "2024-03-01T00:00:00Z",
    until: "2024-04-01T00:00:00Z",
    day: "2024-03-01",
    info: { a: 2 },
    sizes: [2, 3],
    parent: id("t1"),
    friends: [id("t1")],
  }),
  node("t3", {
    name: "gamma valve",
    local: "z",
    tags: [],
    size: 3,
    weight: 30,
    parent: id("t1"),
    friends: [id("t1"), id("t2")],
  }),
  node("t4", { name: "Äpfel", parent: id("t2"), size: 2 }),
  node("t5", {}),
  node("bare"),
];

const edges: readonly Json[] = [
  edge("e1", "t1", "t2", { length: 1 }),
  edge("e2", "t2", "t3", { length: 2 }),
  edge("e3", "t3", "t1", { length: 3 }),
  edge("e4", "t1", "t4", { length: 4 }),
  edge("e5", "t4", "t5"),
];

/** {@link makeSchema}, and the instances. */
export async function makeWorld(api: Api): Promise<void> {
  await makeSchema(api);
  await api.ok("/models/instances", { items: [{ ...node("t1"), type: id("T") }, { ...node("wire") }] });
  await api.ok("/models/instances", { items: things });
  await api.ok("/models/instances", { items: edges });
}
