import { describe, expect, it } from "vitest";
import { is } from "../../../src/runtime/plan/is.js";
import { special } from "../../../src/runtime/plan/special-keys.js";
import { whereToFilter } from "../../../src/runtime/plan/where-to-filter.js";
import { ref, scope, viewNamed } from "../farm.js";

const turbine = viewNamed("turbine");
/** As written: what is simplified is another matter. */
const filter = (where: unknown, view = turbine, space: string | undefined = "data") =>
  whereToFilter(where, view, { ...scope({}, space), more: { special, is, simplify: (condition) => condition } });
const path = (id: string) => ["s", "Turbine/v1", id];
const nothing = { not: { matchAll: {} } };

describe("where to filter", () => {
  it.each<[string, unknown, unknown]>([
    ["nothing at all", undefined, undefined],
    ["no key", {}, undefined],
    ["undefined is no condition", { name: undefined }, undefined],
    ["no operator", { name: {} }, undefined],
    ["a bare value is equality", { name: "A" }, { equals: { property: path("name"), value: "A" } }],
    ["E90: false is a value", { isActive: false }, { equals: { property: path("is_active"), value: false } }],
    ["E90: 0 is a value", { capacity: 0 }, { equals: { property: path("capacity"), value: 0 } }],
    ["E90: an empty text is a value", { name: "" }, { equals: { property: path("name"), value: "" } }],
    ["E120: null is not set", { name: null }, { not: { exists: { property: path("name") } } }],
    ["E120: equals null too", { name: { equals: null } }, { not: { exists: { property: path("name") } } }],
    ["E12: the wire has CDF's id", { startedAt: null }, { not: { exists: { property: path("started_at") } } }],
    ["prefix", { name: { prefix: "H" } }, { prefix: { property: path("name"), value: "H" } }],
    ["exists", { name: { exists: true } }, { exists: { property: path("name") } }],
    ["in", { name: { in: ["a", "b", "a"] } }, { in: { property: path("name"), values: ["a", "b"] } }],
    ["E90: in nothing matches nothing", { name: { in: [] } }, nothing],
    [
      "one range for all bounds",
      { capacity: { gt: 1, lte: 3 } },
      { range: { property: path("capacity"), gt: 1, lte: 3 } },
    ],
    [
      "contract 9.2: two bounds of one side are two ranges",
      { capacity: { gt: 1, gte: 2 } },
      { and: [{ range: { property: path("capacity"), gt: 1 } }, { range: { property: path("capacity"), gte: 2 } }] },
    ],
    [
      "several operators must all hold",
      { name: { prefix: "a", in: ["ab"] } },
      { and: [{ prefix: { property: path("name"), value: "a" } }, { in: { property: path("name"), values: ["ab"] } }] },
    ],
    [
      "E91: times as ISO text with milliseconds",
      { startedAt: { gte: new Date(5), lt: "2024-01-01T00:00:00Z" } },
      { range: { property: path("started_at"), gte: "1970-01-01T00:00:00.005Z", lt: "2024-01-01T00:00:00Z" } },
    ],
    [
      "a bare Date",
      { startedAt: new Date(0) },
      { equals: { property: path("started_at"), value: "1970-01-01T00:00:00.000Z" } },
    ],
    ["dates", { day: { lt: "2024-02-01" } }, { range: { property: path("day"), lt: "2024-02-01" } }],
    ["files", { manual: "f" }, { equals: { property: path("manual"), value: "f" } }],
    [
      "contract 9.2: in on an enum is spelt out",
      { status: { in: ["running", "stopped"] } },
      {
        or: [
          { equals: { property: path("status"), value: "running" } },
          { equals: { property: path("status"), value: "stopped" } },
        ],
      },
    ],
    ["json", { meta: { equals: { a: 1 } } }, { equals: { property: path("meta"), value: { a: 1 } } }],
    ["list", { tags: { containsAny: ["a"] } }, { containsAny: { property: path("tags"), values: ["a"] } }],
    ["E90: contains any of nothing", { tags: { containsAny: [] } }, nothing],
    [
      "contains all of nothing, if there is a list",
      { tags: { containsAll: [] } },
      { exists: { property: path("tags") } },
    ],
    [
      "contains all",
      { tags: { containsAll: ["a", "b"] } },
      { containsAll: { property: path("tags"), values: ["a", "b"] } },
    ],
    [
      "times in lists",
      { times: { containsAny: [new Date(0)] } },
      { containsAny: { property: path("times"), values: ["1970-01-01T00:00:00.000Z"] } },
    ],
    ["ids in the default space", { farm: { equals: "F1" } }, { equals: { property: path("farm"), value: ref("F1") } }],
    [
      "ids in full",
      { owner: { in: [ref("x", "other"), "y"] } },
      { in: { property: path("owner"), values: [ref("x", "other"), ref("y")] } },
    ],
    [
      "instances as ids",
      { farm: { equals: { ...ref("F1"), name: "n" } } },
      { equals: { property: path("farm"), value: ref("F1") } },
    ],
    [
      "lists of relations",
      { similar: { containsAny: ["T1"] } },
      { containsAny: { property: path("similar"), values: [ref("T1")] } },
    ],
    [
      "is",
      { farm: { is: { name: "H" } } },
      { nested: { scope: path("farm"), filter: { equals: { property: ["s", "Farm/v1", "name"], value: "H" } } } },
    ],
    ["is anything", { farm: { is: {} } }, { exists: { property: path("farm") } }],
    ["facts", { externalId: { prefix: "T" } }, { prefix: { property: ["node", "externalId"], value: "T" } }],
    ["space", { space: "data" }, { equals: { property: ["node", "space"], value: "data" } }],
    ["node type", { $type: ref("t", "s") }, { equals: { property: ["node", "type"], value: ref("t", "s") } }],
    ["no node type", { $type: null }, { not: { exists: { property: ["node", "type"] } } }],
    ["node types", { $type: { in: [ref("t", "s")] } }, { in: { property: ["node", "type"], values: [ref("t", "s")] } }],
    [
      "contract 9.1: times of instances in milliseconds",
      { $createdTime: { gte: new Date(7) }, $lastUpdatedTime: { lt: "1970-01-01T00:00:01Z" } },
      {
        and: [
          { range: { property: ["node", "createdTime"], gte: 7 } },
          { range: { property: ["node", "lastUpdatedTime"], lt: 1000 } },
        ],
      },
    ],
    ["$not", { $not: { name: "a" } }, { not: { equals: { property: path("name"), value: "a" } } }],
    ["$not of everything", { $not: {} }, nothing],
    ["$or of nothing", { $or: [] }, nothing],
    ["$or with an open end", { $or: [{}, { name: "a" }] }, undefined],
    ["$and of nothing", { $and: [] }, undefined],
    [
      "nested $or is one",
      { $or: [{ name: "a" }, { $or: [{ name: "b" }, { name: "c" }] }] },
      { or: ["a", "b", "c"].map((value) => ({ equals: { property: path("name"), value } })) },
    ],
    ["ids", { $id: { in: ["a", ref("b", "other")] } }, { instanceReferences: [ref("a"), ref("b", "other")] }],
    ["an id", { $id: { equals: { ...ref("T1"), name: "n" } } }, { instanceReferences: [ref("T1")] }],
    ["E90: none of no ids", { $id: { in: [] } }, nothing],
    [
      "data in views and containers",
      { $hasData: [viewNamed("farm"), { type: "container", space: "s", externalId: "C" }] },
      {
        hasData: [
          { type: "view", space: "s", externalId: "Farm", version: "v1" },
          { type: "container", space: "s", externalId: "C" },
        ],
      },
    ],
    ["data in nothing in particular", { $hasData: [] }, undefined],
    [
      "overlaps",
      { $overlaps: { start: "startedAt", end: "day", gt: new Date(0), lte: "2024-01-01T00:00:00Z" } },
      {
        overlaps: {
          startProperty: path("started_at"),
          endProperty: path("day"),
          gt: "1970-01-01T00:00:00.000Z",
          lte: "2024-01-01T00:00:00Z",
        },
      },
    ],
    ["$raw as it is", { $raw: { matchAll: {} } }, { matchAll: {} }],
  ])("%s", (_name, where, expected) => {
    expect(filter(where)).toEqual(expected);
  });

  it("contract 3.4: splits long lists into alternatives of 1,000", () => {
    const ids = Array.from({ length: 2_500 }, (_, index) => `a${index}`);
    const split = filter({ name: { in: ids } }) as unknown as { or: { in: { values: string[] } }[] };
    expect(split.or.map((part) => part.in.values.length)).toEqual([1_000, 1_000, 500]);
    expect(split.or.flatMap((part) => part.in.values)).toEqual(ids);
  });

  it("E119: filters edges by their own facts", () => {
    const distance = viewNamed("distance");
    expect(filter({ $startNode: ref("T1"), $endNode: { in: [ref("M1")] }, externalId: "e" }, distance)).toEqual({
      and: [
        { equals: { property: ["edge", "startNode"], value: ref("T1") } },
        { in: { property: ["edge", "endNode"], values: [ref("M1")] } },
        { equals: { property: ["edge", "externalId"], value: "e" } },
      ],
    });
  });

  it.each<[string, unknown, string, RegExp]>([
    ["a misspelt property", { capasity: 1 }, "QUERY.UNKNOWN_PROPERTY", /'capasity'.*s\/Turbine@v1.*'capacity'/],
    ["a name of every object", { constructor: 1 }, "QUERY.UNKNOWN_PROPERTY", /'constructor'/],
    ["a fact of edges on nodes", { $startNode: ref("a") }, "QUERY.UNKNOWN_PROPERTY", /'\$startNode'/],
    [
      "a misspelt property of a related view",
      { farm: { is: { nam: "x" } } },
      "QUERY.UNKNOWN_PROPERTY",
      /Farm@v1.*'name'/,
    ],
    ["a misspelt operator", { name: { prefx: "a" } }, "QUERY.UNKNOWN_OPERATOR", /'prefx'.*'name'.*'prefix'/],
    ["an operator of another type", { capacity: { prefix: "a" } }, "QUERY.UNKNOWN_OPERATOR", /float64/],
    ["an operator that is a name of every object", { name: { toString: "a" } }, "QUERY.UNKNOWN_OPERATOR", /'toString'/],
    ["equality on a list", { tags: "a" }, "QUERY.INVALID_VALUE", /containsAny/],
    ["a bare id", { farm: ref("F1") }, "QUERY.UNKNOWN_OPERATOR", /'space'/],
    ["a bare text for a relation", { farm: "F1" }, "QUERY.INVALID_VALUE", /object of operators/],
    ["a wrong type", { capacity: "5" }, "QUERY.INVALID_VALUE", /finite number, got a string/],
    ["a number that is none", { capacity: Number.NaN }, "QUERY.INVALID_VALUE", /NaN/],
    ["a broken date", { startedAt: { gt: new Date("x") } }, "QUERY.INVALID_VALUE", /an invalid Date/],
    ["a broken time of the instance", { $createdTime: { gt: "x" } }, "QUERY.INVALID_VALUE", /ISO/],
    ["null in a list", { name: { in: [null] } }, "QUERY.INVALID_VALUE", /got null/],
    ["in without a list", { name: { in: "a" } }, "QUERY.INVALID_VALUE", /'in'.*an array, got a string/],
    ["exists without a boolean", { name: { exists: 1 } }, "QUERY.INVALID_VALUE", /a boolean, got a number/],
    ["something that is no id", { farm: { equals: 5 } }, "QUERY.INVALID_VALUE", /an id/],
    ["reverse relations", { blades: { some: {} } }, "QUERY.NOT_FILTERABLE", /'blades'/],
    ["a relation without a view", { owner: { is: {} } }, "QUERY.UNBOUND_VIEW", /'owner'/],
    ["no object", "name", "QUERY.INVALID_WHERE", /a string/],
    ["nothing among alternatives", { $or: [{ name: "a" }, undefined] }, "QUERY.INVALID_WHERE", /got null/],
    ["$or without a list", { $or: {} }, "QUERY.INVALID_VALUE", /an array/],
    ["an id without operator", { $id: "a" }, "QUERY.INVALID_VALUE", /'\$id'.*equals/],
    ["ids without a list", { $id: { in: "a" } }, "QUERY.INVALID_VALUE", /array of ids/],
    ["another operator on ids", { $id: { prefix: "a" } }, "QUERY.UNKNOWN_OPTION", /'prefix'.*'\$id'/],
    ["data in one thing", { $hasData: viewNamed("farm") }, "QUERY.INVALID_VALUE", /an array of views/],
    ["data in what is neither", { $hasData: [{ space: "s" }] }, "QUERY.INVALID_VALUE", /an array of views/],
    ["overlaps of text", { $overlaps: { start: "name", end: "day" } }, "QUERY.INVALID_VALUE", /numbers, timestamps/],
    ["overlaps of nothing known", { $overlaps: { start: "dy", end: "day" } }, "QUERY.UNKNOWN_PROPERTY", /'dy'.*'day'/],
    ["overlaps without an end", { $overlaps: { start: "day" } }, "QUERY.INVALID_VALUE", /start, end.*got undefined/],
    ["overlaps without ends", { $overlaps: 5 }, "QUERY.INVALID_VALUE", /start, end/],
    ["$raw without a filter", { $raw: 1 }, "QUERY.INVALID_VALUE", /a filter/],
  ])("refuses %s", (_name, where, code, message) => {
    expect(() => filter(where)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
  });

  it("E76: refuses an external id where there is no default space", () => {
    const where = { farm: { equals: "F1" } };
    expect(() => whereToFilter(where, turbine, { ...scope(), space: undefined })).toThrow(
      expect.objectContaining({ code: "QUERY.NO_SPACE", hint: expect.stringContaining("space") }),
    );
  });
});
