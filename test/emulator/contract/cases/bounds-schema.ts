import type { Json } from "../api.js";
import { type CaseMaker, casesOf } from "../case.js";
import { TEXT } from "./containers-world.js";
import { container, thing } from "./instances-world.js";

const spaces = casesOf("POST /models/spaces");
const containers = casesOf("POST /models/containers");
const views = casesOf("POST /models/views");
const models = casesOf("POST /models/datamodels");

const long = (length: number): string => "x".repeat(length);
const times = (count: number, one: Json): Json => ({ items: Array(count).fill(one) });
const box = (parts: Json): Json => ({
  items: [{ space: "m", externalId: "Box", properties: { p: TEXT, q: TEXT }, ...parts }],
});
const typed = (type: Json, facts: Json = {}): Json => box({ properties: { p: { type, ...facts } } });
const seen = (parts: Json): Json => ({ items: [{ space: "m", externalId: "Seen", version: "v1", ...parts }] });
const model = (parts: Json): Json => ({ items: [{ space: "m", externalId: "Model", version: "v1", ...parts }] });
const record = (facts: Json, parts: Json = {}): Json => box({ usedFor: "record", properties: { p: facts }, ...parts });
const unique = (properties: readonly string[], at = "u"): Json =>
  box({ constraints: { [at]: { constraintType: "uniqueness", properties } } });

/** A call that is refused: what is wrong, and words of the message. */
export type Row = readonly [maker: CaseMaker, option: string, name: string, body: Json, words: string];

const RESERVED =
  "Query Mutation Subscription String Int32 Int64 Int Float32 Float64 Float Timestamp JSONObject Date Numeric Boolean " +
  "PageInfo File Sequence TimeSeries";

/** Bounds and rules on names of containers, views, data models and spaces. */
export const schemaBounds: readonly Row[] = [
  [containers, "items", "an external id of more than 255 characters", box({ externalId: long(256) }), "externalId"],
  [containers, "items", "an external id that ends in an underscore", box({ externalId: "Box_" }), "must match"],
  [containers, "items", "more than 100", times(101, box({})["items"][0]), "items size must be between 1 and 100"],
  [containers, "items", "a name of more than 255 characters", box({ name: long(256) }), "name size"],
  [
    containers,
    "items",
    "a description of more than 1024 characters",
    box({ description: long(1025) }),
    "description size",
  ],
  [
    containers,
    "properties",
    "an id of more than 255 characters",
    box({ properties: { [long(256)]: TEXT } }),
    "must match",
  ],
  [containers, "properties", "an id that begins with a hyphen", box({ properties: { "-p": TEXT } }), "must match"],
  [
    containers,
    "properties",
    "a name of more than 255 characters",
    typed(TEXT["type"], { name: long(256) }),
    "name size",
  ],
  [
    containers,
    "properties",
    "a description of more than 1024 characters",
    typed(TEXT["type"], { description: long(1025) }),
    "description size",
  ],
  [
    containers,
    "properties",
    "a maxListSize beyond 2,000",
    typed({ type: "text", list: true, maxListSize: 2001 }),
    "maxListSize must be between 1 and 2000",
  ],
  [
    containers,
    "properties",
    "a maxListSize of 0",
    typed({ type: "text", list: true, maxListSize: 0 }),
    "maxListSize must be between 1 and 2000",
  ],
  [
    containers,
    "properties",
    "a maxListSize of what is no list",
    typed({ type: "text", maxListSize: 5 }),
    "it is no list",
  ],
  [
    containers,
    "properties",
    "a maxTextSize beyond 128,000",
    typed({ type: "text", maxTextSize: 128_001 }),
    "maxTextSize must be between 1 and 128000",
  ],
  [
    containers,
    "properties",
    "a maxTextSize of 0",
    typed({ type: "text", maxTextSize: 0 }),
    "maxTextSize must be between 1 and 128000",
  ],
  [containers, "properties", "an unknown collation", typed({ type: "text", collation: "no such" }), "collation"],
  [
    containers,
    "properties",
    "an enum without values",
    typed({ type: "enum", values: {} }),
    "values size must be between 1 and 32",
  ],
  [
    containers,
    "properties",
    "a list of an enum",
    typed({ type: "enum", values: { a: {} }, list: true }),
    "Unexpected field",
  ],
  [
    containers,
    "properties",
    "an unknownValue that is none of the values",
    typed({ type: "enum", values: { a: {} }, unknownValue: "b" }),
    "unknownValue must be one of the values",
  ],
  ...["1a", "a-b", long(129), "false", "null"].map(
    (value): Row => [
      containers,
      "properties",
      `an enum value ${value.slice(0, 10)}`,
      typed({ type: "enum", values: { [value]: {} } }),
      "values",
    ],
  ),
  [
    containers,
    "properties",
    "an enum value with a name of more than 255 characters",
    typed({ type: "enum", values: { a: { name: long(256) } } }),
    "name size",
  ],
  [containers, "constraints", "uniqueness of nothing", unique([]), "size must be between 1 and 10"],
  [
    containers,
    "constraints",
    "uniqueness of more than 10 properties",
    unique(Array(11).fill("p")),
    "size must be between 1 and 10",
  ],
  [
    containers,
    "constraints",
    "uniqueness of a property that is not there",
    unique(["none"]),
    "Unknown property 'none'",
  ],
  [
    containers,
    "constraints",
    "an id of more than 43 characters",
    unique(["p"], long(44)),
    "size must be between 1 and 43",
  ],
  [
    containers,
    "constraints",
    "of an unknown kind",
    box({ constraints: { c: { constraintType: "check" } } }),
    "constraintType",
  ],
  [containers, "indexes", "over nothing", box({ indexes: { i: { properties: [] } } }), "size must be between 1 and 10"],
  [
    containers,
    "indexes",
    "of an unknown kind",
    box({ indexes: { i: { indexType: "hash", properties: ["p"] } } }),
    "indexType",
  ],
  [
    containers,
    "indexes",
    "of containers for records",
    record(TEXT, { indexes: { i: { properties: ["p"] } } }),
    "Cannot use",
  ],
  [
    containers,
    "properties",
    "autoIncrement in containers for records",
    record({ type: { type: "int32" }, autoIncrement: true }),
    "Cannot use",
  ],
  [
    containers,
    "properties",
    "a collation in containers for records",
    record({ type: { type: "text", collation: "nb-NO" } }),
    "Cannot use",
  ],
  [
    containers,
    "properties",
    "a target container in containers for records",
    record({ type: { type: "direct", container: container("Thing") } }),
    "Cannot use",
  ],
  ...["timeseries", "file", "sequence"].map(
    (type): Row => [
      containers,
      "properties",
      `a ${type} in containers for records`,
      record({ type: { type } }),
      "Cannot use",
    ],
  ),
  ...RESERVED.split(" ").flatMap((name): readonly Row[] => [
    [containers, "items", `the name ${name} is reserved`, box({ externalId: name }), "reserved values"],
    [views, "items", `the name ${name} is reserved`, seen({ externalId: name }), "reserved values"],
  ]),
  [views, "items", "an external id with a hyphen", seen({ externalId: "a-b" }), "must match"],
  [views, "items", "a version of more than 43 characters", seen({ version: long(44) }), "version"],
  [views, "items", "a name of more than 255 characters", seen({ name: long(256) }), "name size"],
  [views, "items", "a description of more than 1024 characters", seen({ description: long(1025) }), "description size"],
  [
    views,
    "filter",
    "parameters",
    seen({ filter: { equals: { property: thing("name"), value: { parameter: "p" } } } }),
    "parameter",
  ],
  [
    views,
    "implements",
    "a reference without a version",
    seen({ implements: [{ type: "view", space: "m", externalId: "Thing" }] }),
    "version must not be null",
  ],
  [
    casesOf("POST /models/views/byids"),
    "items",
    "more than 100",
    times(101, { space: "m", externalId: "Thing" }),
    "items size must be between 1 and 100",
  ],
  [
    casesOf("POST /models/views/delete"),
    "items",
    "more than 100",
    times(101, { space: "m", externalId: "X", version: "v1" }),
    "items size must be between 1 and 100",
  ],
  [models, "items", "more than 100", times(101, model({})["items"][0]), "items size must be between 1 and 100"],
  [models, "items", "an external id with a hyphen", model({ externalId: "a-b" }), "must match"],
  [models, "items", "a name of more than 255 characters", model({ name: long(256) }), "name size"],
  [
    models,
    "items",
    "a description of more than 1024 characters",
    model({ description: long(1025) }),
    "description size",
  ],
  [
    casesOf("POST /models/datamodels/byids"),
    "items",
    "more than 100",
    times(101, { space: "m", externalId: "X" }),
    "items size must be between 1 and 100",
  ],
  [
    casesOf("POST /models/datamodels/delete"),
    "items",
    "more than 100",
    times(101, { space: "m", externalId: "X", version: "v1" }),
    "items size must be between 1 and 100",
  ],
  [
    casesOf("POST /models/spaces/delete"),
    "items",
    "more than 100",
    times(101, { space: "x" }),
    "items size must be between 1 and 100",
  ],
  [
    casesOf("POST /models/statistics/spaces/byids"),
    "items",
    "more than 100",
    times(101, { space: "x" }),
    "items size must be between 1 and 100",
  ],
  [casesOf("POST /models/containers/byids"), "items", "none", { items: [] }, "items size must be between 1 and 100"],
  [
    casesOf("POST /models/containers/delete"),
    "items",
    "more than 100",
    times(101, { space: "m", externalId: "X" }),
    "items size must be between 1 and 100",
  ],
  [
    casesOf("POST /models/containers/properties/retry"),
    "items",
    "more than 10",
    times(11, { space: "m", containerExternalId: "Thing", identifier: "name" }),
    "items size must be between 1 and 10",
  ],
  [spaces, "items", "an id with a dot", { items: [{ space: "a.b" }] }, "must match"],
];
