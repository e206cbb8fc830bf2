import type { Json } from "../api.js";
import { container, id, thing, view } from "./instances-world.js";

/** Filters that are taken, and the things of the world that they match. */
export const matched: readonly (readonly [what: string, filter: Json, found: readonly string[]])[] = [
  ["equals of text", { equals: { property: thing("name"), value: "Alpha pump" } }, ["t1"]],
  ["equals of a container's property", { equals: { property: ["m", "Thing", "size"], value: 2 } }, ["t2", "t4"]],
  ["equals of a boolean", { equals: { property: thing("active"), value: false } }, ["t2"]],
  ["equals of JSON, whatever the order of keys", { equals: { property: thing("info"), value: { a: 1 } } }, ["t1"]],
  ["equals of a direct relation", { equals: { property: thing("parent"), value: id("t1") } }, ["t2", "t3"]],
  [
    "equals of a direct relation in short form",
    { equals: { property: thing("parent"), value: ["d", "t1"] } },
    ["t2", "t3"],
  ],
  [
    "equals of a timestamp in another zone",
    { equals: { property: thing("seen"), value: "2024-01-01T01:00:00+01:00" } },
    ["t1"],
  ],
  ["equals of the external id", { equals: { property: ["node", "externalId"], value: "t3" } }, ["t3"]],
  ["equals of the type", { equals: { property: ["node", "type"], value: id("T") } }, ["t1"]],
  [
    "equals of another property",
    { equals: { property: thing("size"), value: { property: thing("size") } } },
    ["t1", "t2", "t3", "t4"],
  ],
  ["in", { in: { property: thing("size"), values: [1, 3, 9] } }, ["t1", "t3"]],
  ["in of a list of direct relations", { in: { property: thing("friends"), values: [id("t2")] } }, ["t3"]],
  ["in of an enum", { in: { property: thing("color"), values: ["red"] } }, ["t1"]],
  ["range of both bounds", { range: { property: thing("size"), gt: 1, lte: 3 } }, ["t2", "t3", "t4"]],
  ["range of one bound", { range: { property: thing("size"), gte: 3 } }, ["t3"]],
  ["range of text, by bytes", { range: { property: thing("name"), gte: "a" } }, ["t3", "t4"]],
  ["range of timestamps", { range: { property: thing("seen"), lt: "2024-02-01T00:00:00Z" } }, ["t1"]],
  ["range of dates", { range: { property: thing("day"), gte: "2024-02-01" } }, ["t2"]],
  [
    "range of a base property in milliseconds",
    { and: [{ range: { property: ["node", "createdTime"], gt: 0 } }, { hasData: [view("Thing")] }] },
    ["t1", "t2", "t3", "t4", "t5"],
  ],
  ["prefix, in its case", { prefix: { property: thing("name"), value: "Be" } }, ["t2"]],
  ["exists", { exists: { property: thing("weight") } }, ["t1", "t2", "t3"]],
  ["exists of an empty list, which is there", { exists: { property: thing("tags") } }, ["t1", "t2", "t3"]],
  ["containsAny", { containsAny: { property: thing("tags"), values: ["blue", "big"] } }, ["t1", "t2"]],
  ["containsAll", { containsAll: { property: thing("sizes"), values: [2, 3] } }, ["t2"]],
  [
    "and",
    { and: [{ exists: { property: thing("weight") } }, { equals: { property: thing("size"), value: 2 } }] },
    ["t2"],
  ],
  [
    "or",
    { or: [{ equals: { property: thing("size"), value: 1 } }, { equals: { property: thing("size"), value: 3 } }] },
    ["t1", "t3"],
  ],
  [
    "not, which a missing value matches",
    { and: [{ hasData: [view("Thing")] }, { not: { equals: { property: thing("size"), value: 2 } } }] },
    ["t1", "t3", "t5"],
  ],
  ["matchAll", { and: [{ matchAll: {} }, { instanceReferences: [id("bare")] }] }, ["bare"]],
  ["nested", { nested: { scope: thing("parent"), filter: { equals: { property: thing("size"), value: 2 } } } }, ["t4"]],
  [
    "nested in nested",
    {
      nested: {
        scope: thing("parent"),
        filter: { nested: { scope: thing("parent"), filter: { equals: { property: thing("size"), value: 1 } } } },
      },
    },
    ["t4"],
  ],
  [
    "nested through a list: any of its targets",
    { nested: { scope: thing("friends"), filter: { equals: { property: thing("size"), value: 2 } } } },
    ["t3"],
  ],
  [
    "overlaps",
    {
      overlaps: {
        startProperty: thing("seen"),
        endProperty: thing("until"),
        gte: "2024-03-15T00:00:00Z",
        lt: "2024-05-01T00:00:00Z",
      },
    },
    ["t2"],
  ],
  ["hasData of a view", { hasData: [view("Thing")] }, ["t1", "t2", "t3", "t4", "t5"]],
  ["hasData of several: all of them", { hasData: [container("Thing"), container("Machine")] }, []],
  ["instanceReferences", { instanceReferences: [id("t2"), id("none"), id("bare")] }, ["t2", "bare"]],
];

/** Filters that are refused wherever they come, and words of the reason. */
export const refusedFilters: readonly (readonly [what: string, filter: Json, words: string])[] = [
  ["no operator", {}, "exactly one operator of the service, got none"],
  ["two operators", { matchAll: {}, exists: { property: thing("name") } }, "exactly one operator"],
  ["an unknown operator", { like: {} }, "exactly one operator"],
  ["and of nothing", { and: [] }, "size must be at least 1"],
  ["equals null", { equals: { property: thing("name"), value: null } }, "must not be null: use not and exists"],
  ["equals of a list", { equals: { property: thing("tags"), value: "red" } }, "Invalid value for list property"],
  [
    "a value of another type",
    { equals: { property: thing("size"), value: "1" } },
    "of type int32 in a filter: expected a number",
  ],
  [
    "in of a list that is no relation",
    { in: { property: thing("tags"), values: ["red"] } },
    "Invalid value for list property",
  ],
  ["containsAny of a single value", { containsAny: { property: thing("name"), values: ["x"] } }, "it is not a list"],
  ["range without a bound", { range: { property: thing("size") } }, "must have a bound"],
  ["range of gt and gte", { range: { property: thing("size"), gt: 1, gte: 1 } }, "must not have both gt and gte"],
  ["range of lt and lte", { range: { property: thing("size"), lt: 1, lte: 1 } }, "must not have both lt and lte"],
  ["range of a boolean", { range: { property: thing("active"), gt: true } }, "it has no ranges"],
  ["prefix of a number", { prefix: { property: thing("size"), value: "1" } }, "it is not text"],
  ["nested of a text", { nested: { scope: thing("name"), filter: { matchAll: {} } } }, "it is not a direct relation"],
  ["an unknown property", { exists: { property: thing("none") } }, "Unknown property 'none' in view 'm:Thing/v1'"],
  ["an unknown view", { exists: { property: ["m", "None/v1", "x"] } }, "One or more views do not exist: 'm:None/v1'"],
  ["an unknown container", { hasData: [container("None")] }, "One or more containers do not exist: 'm:None'"],
  [
    "a base property through a view",
    { exists: { property: thing("externalId") } },
    "Property identifier cannot be one of the reserved values: [instanceType",
  ],
  ["an unknown base property", { exists: { property: ["node", "name"] } }, "Unknown property 'name' of nodes"],
  ["a connection", { exists: { property: thing("wires") } }, "it is a connection"],
  ["a path of one", { exists: { property: ["name"] } }, "Invalid property reference"],
  ["a filter of the read form", { invalid: {} }, "exactly one operator"],
  ["unknown fields", { equals: { property: thing("name"), vale: "x" } }, "Unexpected field - filter.equals.vale"],
];
