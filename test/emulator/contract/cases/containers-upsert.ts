import { expect } from "vitest";
import type { Json } from "../api.js";
import { type ContractCase, casesOf } from "../case.js";
import { body, numbered, property, reference, TEXT } from "./containers-world.js";

const upsert = casesOf("POST /models/containers");

const types: readonly (readonly [string, Json, Json])[] = [
  ["text", {}, { list: false, collation: "ucs_basic" }],
  ["boolean", { list: true }, { list: true }],
  ["int32", {}, { list: false }],
  ["int64", { list: true, maxListSize: 2000 }, { list: true, maxListSize: 2000 }],
  [
    "float32",
    { unit: { externalId: "pressure:bar", sourceUnit: "BAR" } },
    { unit: { externalId: "pressure:bar", sourceUnit: "BAR" } },
  ],
  ["float64", {}, { list: false }],
  ["timestamp", {}, { list: false }],
  ["date", {}, { list: false }],
  ["json", {}, { list: false }],
  ["direct", { container: reference("Base") }, { list: false, container: reference("Base") }],
  ["timeseries", {}, { list: false }],
  ["file", {}, { list: false }],
  ["sequence", { list: true }, { list: true }],
  [
    "enum",
    { values: { a: { name: "A" }, b: {} }, unknownValue: "a" },
    { values: { a: { name: "A" }, b: {} }, unknownValue: "a" },
  ],
];

/** Making containers, one property type and rule after the other. */
export const containerUpserts: readonly ContractCase[] = [
  upsert.accepts("items", "fills in what is left out", body("Made"), {
    items: [
      {
        usedFor: "node",
        isGlobal: false,
        constraints: {},
        indexes: {},
        properties: {
          p: {
            nullable: true,
            immutable: false,
            autoIncrement: false,
            constraintState: {},
            type: { type: "text", list: false, collation: "ucs_basic" },
          },
        },
      },
    ],
  }),
  upsert.check("items", "an unchanged definition is a no-op and keeps its times", async (api) => {
    const parts = {
      indexes: { i: { properties: ["p"] } },
      constraints: { u: { constraintType: "uniqueness", properties: ["p"] } },
    };
    const first = await api.ok("/models/containers", body("Same", parts));
    api.later(1000);
    expect(await api.ok("/models/containers", body("Same", parts))).toEqual(first);
  }),
  ...types.map(([type, given, expected]) =>
    upsert.accepts("properties", `of type ${type}`, property(`Of_${type}x`, { type: { type, ...given } }), {
      items: [{ properties: { p: { type: { type, ...expected } } } }],
    }),
  ),
  ...["node", "edge", "all", "record"].map((usedFor) =>
    upsert.accepts("usedFor", usedFor, body(`For_${usedFor}x`, { usedFor }), { items: [{ usedFor }] }),
  ),
  upsert.refuses("usedFor", "anything else", body("X", { usedFor: "nodes" }), "usedFor"),
  upsert.accepts(
    "properties",
    "required: its constraint is current",
    property("Required", { ...TEXT, nullable: false }),
    { items: [{ properties: { p: { nullable: false, constraintState: { nullability: "current" } } } }] },
  ),
  upsert.accepts(
    "properties",
    "autoIncrement of an int32",
    property("Counted", { type: { type: "int32" }, autoIncrement: true }),
    { items: [{ properties: { p: { autoIncrement: true } } }] },
  ),
  upsert.refuses(
    "properties",
    "autoIncrement of a text",
    property("X", { ...TEXT, autoIncrement: true }),
    "Cannot auto-increment",
  ),
  upsert.refuses(
    "properties",
    "a default value of another type",
    property("X", { ...TEXT, defaultValue: 5 }),
    "default value",
  ),
  upsert.refuses(
    "properties",
    "a default value of a list",
    property("X", { type: { type: "text", list: true }, defaultValue: "x" }),
    "it is a list",
  ),
  upsert.refuses("properties", "none", body("X", { properties: {} }), "properties size must be"),
  upsert.refuses(
    "properties",
    "more than 100",
    body("X", { properties: numbered(101, TEXT) }),
    "properties size must be between 1 and 100",
  ),
  upsert.accepts(
    "properties",
    "up to 1,000 for records",
    body("ManyRecords", { usedFor: "record", properties: numbered(1000, TEXT) }),
    { items: [{ usedFor: "record" }] },
  ),
  ...[
    "space",
    "externalId",
    "createdTime",
    "lastUpdatedTime",
    "deletedTime",
    "edge_id",
    "node_id",
    "project_id",
    "property_group",
    "seq",
    "tg_table_name",
    "extensions",
  ].map((id) =>
    upsert.refuses("properties", `the reserved id ${id}`, body("X", { properties: { [id]: TEXT } }), "reserved values"),
  ),
  upsert.refuses("properties", "an unknown type", property("X", { type: { type: "string" } }), "must be one of [text"),
  upsert.refuses(
    "properties",
    "a unit of an integer",
    property("X", { type: { type: "int32", unit: { externalId: "length:m" } } }),
    "Unexpected field",
  ),
  upsert.refuses(
    "properties",
    "a target container that does not exist",
    property("X", { type: { type: "direct", container: reference("None") } }),
    "One or more containers do not exist: 's:None'",
  ),
  upsert.refuses(
    "properties",
    "an enum of more than 32 values",
    property("X", { type: { type: "enum", values: numbered(33, {}) } }),
    "values size must be between 1 and 32",
  ),
  upsert.refuses(
    "properties",
    "an enum value called true",
    property("X", { type: { type: "enum", values: { true: {} } } }),
    "reserved",
  ),
  upsert.check("properties", "containers of one request may refer to each other", async (api) => {
    const to = (name: string) => ({ properties: { p: { type: { type: "direct", container: reference(name) } } } });
    await api.ok("/models/containers", {
      items: [...body("Here", to("There")).items, ...body("There", to("Here")).items],
    });
  }),
  ...["Query", "Mutation", "String", "Int32", "File", "Sequence", "TimeSeries", "PageInfo"].map((name) =>
    upsert.refuses("items", `the reserved name ${name}`, body(name), "reserved values"),
  ),
  upsert.refuses("items", "a name with a hyphen", body("a-b"), "must match"),
  upsert.refuses(
    "items",
    "an unknown space",
    { items: [{ space: "none", externalId: "X", properties: { p: TEXT } }] },
    "One or more spaces do not exist: 'none'",
  ),
  upsert.refuses(
    "items",
    "system spaces",
    { items: [{ space: "cdf_cdm", externalId: "X", properties: { p: TEXT } }] },
    "system space",
  ),
  upsert.refuses(
    "items",
    "the same container twice",
    { items: [...body("X").items, ...body("X").items] },
    "more than once",
  ),
  upsert.refuses("items", "unknown fields", body("X", { propertys: {} }), "Unexpected field - items[0].propertys"),
  upsert.accepts(
    "indexes",
    "btree when the type is left out",
    body("Indexed", { indexes: { i: { properties: ["p"] } } }),
    { items: [{ indexes: { i: { indexType: "btree", cursorable: false, bySpace: false, state: "current" } } }] },
  ),
  upsert.accepts(
    "indexes",
    "inverted over a list",
    body("Inverted", {
      properties: { p: { type: { type: "text", list: true } } },
      indexes: { i: { indexType: "inverted", properties: ["p"] } },
    }),
    { items: [{ indexes: { i: { indexType: "inverted", state: "current" } } }] },
  ),
  upsert.refuses(
    "indexes",
    "inverted over a single value",
    body("X", { indexes: { i: { indexType: "inverted", properties: ["p"] } } }),
    "is no list",
  ),
  upsert.refuses(
    "indexes",
    "over a property that is not there",
    body("X", { indexes: { i: { properties: ["q"] } } }),
    "Unknown property 'q'",
  ),
  upsert.refuses(
    "indexes",
    "more than 10",
    body("X", { indexes: numbered(11, { properties: ["p"] }) }),
    "indexes size",
  ),
  upsert.refuses(
    "indexes",
    "an id of more than 43 characters",
    body("X", { indexes: { ["x".repeat(44)]: { properties: ["p"] } } }),
    "size must be between 1 and 43",
  ),
  upsert.refuses(
    "indexes",
    "over more than 10 properties",
    body("X", { indexes: { i: { properties: Array(11).fill("p") } } }),
    "size must be between 1 and 10",
  ),
  upsert.accepts(
    "constraints",
    "uniqueness",
    body("Unique", { constraints: { u: { constraintType: "uniqueness", properties: ["p"], bySpace: true } } }),
    {
      items: [
        { constraints: { u: { constraintType: "uniqueness", properties: ["p"], bySpace: true, state: "current" } } },
      ],
    },
  ),
  upsert.accepts(
    "constraints",
    "requires",
    body("Needs", { constraints: { r: { constraintType: "requires", require: reference("Base") } } }),
    { items: [{ constraints: { r: { constraintType: "requires", require: reference("Base"), state: "current" } } }] },
  ),
  upsert.refuses(
    "constraints",
    "requires a container that does not exist",
    body("X", { constraints: { r: { constraintType: "requires", require: reference("None") } } }),
    "do not exist: 's:None'",
  ),
  upsert.refuses(
    "constraints",
    "more than 10 of uniqueness",
    body("X", { constraints: numbered(11, { constraintType: "uniqueness", properties: ["p"] }) }),
    "at most 10",
  ),
  upsert.refuses(
    "constraints",
    "more than 25 of requires",
    body("X", { constraints: numbered(26, { constraintType: "requires", require: reference("Base") }) }),
    "at most 25",
  ),
  upsert.refuses(
    "constraints",
    "of containers for records",
    body("X", { usedFor: "record", constraints: { u: { constraintType: "uniqueness", properties: ["p"] } } }),
    "Cannot use",
  ),
  upsert.refuses(
    "properties",
    "immutable in containers for records",
    body("X", { usedFor: "record", properties: { p: { ...TEXT, immutable: true } } }),
    "Cannot use",
  ),
];
