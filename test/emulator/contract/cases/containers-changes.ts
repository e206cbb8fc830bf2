import { expect } from "vitest";
import type { Json } from "../api.js";
import { type ContractCase, casesOf } from "../case.js";
import { body, property, read, reference, TEXT } from "./containers-world.js";

const upsert = casesOf("POST /models/containers");

/** Stores a container, then another form of it. */
function change(name: string, before: Json, after: Json, expected: Json | string): ContractCase["run"] {
  return async (api) => {
    await api.ok("/models/containers", body(name, before));
    const answer = await api.post("/models/containers", body(name, after));
    if (typeof expected !== "string") return expect(answer).toMatchObject({ status: 200, body: { items: [expected] } });
    return expect(answer).toMatchObject({
      status: 400,
      body: { error: { code: 400, message: expect.stringContaining(expected) } },
    });
  };
}

const changes: readonly (readonly [
  option: string,
  name: string,
  before: Json,
  after: Json,
  expected: Json | string,
])[] = [
  [
    "properties",
    "merges: one left out is kept",
    { properties: { p: TEXT, q: TEXT } },
    { properties: { p: TEXT } },
    { properties: { p: {}, q: {} } },
  ],
  [
    "properties",
    "takes a new one",
    {},
    { properties: { p: TEXT, q: TEXT } },
    { properties: { q: { nullable: true } } },
  ],
  [
    "properties",
    "refuses another type",
    {},
    { properties: { p: { type: { type: "int32" } } } },
    "Cannot change the type from text to int32",
  ],
  [
    "properties",
    "refuses to make a list of it",
    {},
    { properties: { p: { type: { type: "text", list: true } } } },
    "Cannot change list",
  ],
  [
    "properties",
    "refuses another collation",
    {},
    { properties: { p: { type: { type: "text", collation: "nb-NO" } } } },
    "Cannot change the collation",
  ],
  [
    "properties",
    "takes nullable from false to true",
    { properties: { p: { ...TEXT, nullable: false } } },
    {},
    { properties: { p: { nullable: true } } },
  ],
  [
    "properties",
    "takes a default value, immutable, a name",
    {},
    { properties: { p: { ...TEXT, defaultValue: "x", immutable: true, name: "P" } } },
    { properties: { p: { defaultValue: "x", immutable: true, name: "P" } } },
  ],
  [
    "properties",
    "takes another unit",
    { properties: { p: { type: { type: "float64", unit: { externalId: "length:m" } } } } },
    { properties: { p: { type: { type: "float64", unit: { externalId: "length:ft" } } } } },
    { properties: { p: { type: { unit: { externalId: "length:ft" } } } } },
  ],
  [
    "properties",
    "takes a larger maxTextSize",
    { properties: { p: { type: { type: "text", maxTextSize: 10 } } } },
    { properties: { p: { type: { type: "text", maxTextSize: 20 } } } },
    { properties: { p: { type: { maxTextSize: 20 } } } },
  ],
  [
    "properties",
    "refuses a smaller maxTextSize",
    { properties: { p: { type: { type: "text", maxTextSize: 10 } } } },
    { properties: { p: { type: { type: "text", maxTextSize: 5 } } } },
    "maxTextSize",
  ],
  [
    "properties",
    "takes a larger maxListSize",
    { properties: { p: { type: { type: "text", list: true } } } },
    { properties: { p: { type: { type: "text", list: true, maxListSize: 1500 } } } },
    { properties: { p: { type: { maxListSize: 1500 } } } },
  ],
  [
    "properties",
    "refuses a smaller maxListSize",
    { properties: { p: { type: { type: "text", list: true, maxListSize: 50 } } } },
    { properties: { p: { type: { type: "text", list: true, maxListSize: 40 } } } },
    "maxListSize",
  ],
  [
    "properties",
    "takes a value added to an enum",
    { properties: { p: { type: { type: "enum", values: { a: {} } } } } },
    { properties: { p: { type: { type: "enum", values: { a: {}, b: {} } } } } },
    { properties: { p: { type: { values: { b: {} } } } } },
  ],
  [
    "properties",
    "refuses a value removed from an enum",
    { properties: { p: { type: { type: "enum", values: { a: {}, b: {} } } } } },
    { properties: { p: { type: { type: "enum", values: { a: {} } } } } },
    "removing 'b'",
  ],
  ["usedFor", "refuses another one", {}, { usedFor: "edge" }, "Cannot change usedFor"],
  ["usedFor", "is kept when left out", { usedFor: "edge" }, {}, { usedFor: "edge" }],
  [
    "constraints",
    "keeps one left out",
    { constraints: { u: { constraintType: "uniqueness", properties: ["p"] } } },
    {},
    { constraints: { u: {} } },
  ],
  [
    "constraints",
    "refuses a changed one",
    { constraints: { u: { constraintType: "uniqueness", properties: ["p"] } } },
    { constraints: { u: { constraintType: "uniqueness", properties: ["p"], bySpace: true } } },
    "cannot be changed",
  ],
  ["indexes", "keeps one left out", { indexes: { i: { properties: ["p"] } } }, {}, { indexes: { i: {} } }],
  [
    "indexes",
    "refuses a changed one",
    { indexes: { i: { properties: ["p"] } } },
    { indexes: { i: { properties: ["p"], cursorable: true } } },
    "cannot be changed",
  ],
];

const ints = (type: string, maxListSize?: number): Json => ({
  properties: { p: TEXT, n: { type: { type, list: true, ...(maxListSize ? { maxListSize } : {}) } } },
});
const indexed = { indexes: { i: { properties: ["p", "n"], cursorable: true } } };
const held = (name: string, externalId: string, properties: Json): Json => ({
  items: [{ instanceType: "node", space: "s", externalId, sources: [{ source: reference(name), properties }] }],
});

/** Lists of integers in a btree index are shorter than others. */
const indexedLists: readonly ContractCase[] = [
  ...(
    [
      ["int32", 600],
      ["int64", 300],
    ] as const
  ).flatMap(([type, most]) => [
    upsert.accepts(
      "indexes",
      `btree over a list of ${type} of up to ${most} values`,
      body(`Listed_${type}x`, { ...ints(type, most), ...indexed }),
      { items: [{ indexes: { i: { state: "current" } } }] },
    ),
    upsert.refuses(
      "indexes",
      `btree over a list of ${type} of more than ${most} values`,
      body("X", { ...ints(type, most + 1), ...indexed }),
      `at most ${most} values`,
    ),
    upsert.check(
      "indexes",
      `lists of ${type} that a btree index holds have at most ${most} values, unless it says`,
      async (api) => {
        const name = `Long_${type}x`;
        await api.ok("/models/containers", body(name, { ...ints(type), ...indexed }));
        await api.ok("/models/instances", held(name, `long_${type}`, { n: Array(most).fill(1) }));
        expect(
          await api.post("/models/instances", held(name, `long_${type}`, { n: Array(most + 1).fill(1) })),
        ).toMatchObject({
          status: 400,
          body: { error: { message: expect.stringContaining(`at most ${most} values`) } },
        });
      },
      400,
    ),
  ]),
  upsert.check("indexes", "one that cannot hold what is stored has failed, until it can", async (api) => {
    await api.ok("/models/containers", body("Broken", ints("int64")));
    await api.ok("/models/instances", held("Broken", "broken", { n: Array(301).fill(1) }));
    const broken = body("Broken", { ...ints("int64"), ...indexed });
    expect((await api.ok("/models/containers", broken))["items"]).toMatchObject([
      { indexes: { i: { state: "failed" } } },
    ]);
    expect((await api.ok("/models/containers", broken))["items"]).toMatchObject([
      { indexes: { i: { state: "failed" } } },
    ]);
    const sort = [{ property: ["s", "Broken", "p"] }];
    const { debug } = await api.ok("/models/instances/list", { sort, debug: {} });
    const index = { space: "s", containerExternalId: "Broken", identifier: "i" };
    expect(debug.notices).toMatchObject([{ code: "filterMatchesBrokenCursorableIndex", sort, index }]);
    const retried = async () => {
      await api.ok("/models/containers/indexes/retry", { items: [index] });
      return (await read(api, "Broken"))["indexes"].i.state;
    };
    expect(await retried()).toBe("failed");
    await api.ok("/models/instances", held("Broken", "broken", { n: [1] }));
    expect(await retried()).toBe("current");
  }),
  upsert.check("constraints", "one that what is stored breaks has failed, until it holds", async (api) => {
    await api.ok("/models/containers", body("Twice"));
    await api.ok("/models/instances", held("Twice", "twice1", { p: "same" }));
    await api.ok("/models/instances", held("Twice", "twice2", { p: "same" }));
    const constraints = {
      u: { constraintType: "uniqueness", properties: ["p"] },
      r: { constraintType: "requires", require: reference("Base") },
    };
    const { items } = await api.ok("/models/containers", body("Twice", { constraints }));
    expect(items).toMatchObject([{ constraints: { u: { state: "failed" }, r: { state: "failed" } } }]);
    const parts = ["u", "r"].map((identifier) => ({ space: "s", containerExternalId: "Twice", identifier }));
    const states = async () => {
      await api.ok("/models/containers/constraints/retry", { items: parts });
      const { u, r } = (await read(api, "Twice"))["constraints"];
      return [u.state, r.state];
    };
    expect(await states()).toEqual(["failed", "failed"]);
    await api.ok("/models/instances/delete", {
      items: [{ instanceType: "node", space: "s", externalId: "twice1" }],
    });
    expect(await states()).toEqual(["current", "failed"]);
    await api.ok("/models/instances", held("Base", "twice2", {}));
    expect(await states()).toEqual(["current", "current"]);
  }),
];

/** What of a container may change, and what not. */
export const containerChanges: readonly ContractCase[] = [
  ...indexedLists,
  ...changes.map(([option, name, before, after, expected], index) =>
    upsert.check(
      option,
      name,
      change(`Change_${index}x`, before, after, expected),
      typeof expected === "string" ? 400 : 200,
    ),
  ),
  upsert.check(
    "properties",
    "required ones added without default are refused once there is data, with one they fill it in",
    async (api) => {
      await api.ok("/models/containers", body("Holds"));
      const node = {
        instanceType: "node",
        space: "s",
        externalId: "held",
        sources: [{ source: reference("Holds"), properties: { p: "x" } }],
      };
      await api.ok("/models/instances", { items: [node] });
      const added = (facts: Json) => body("Holds", { properties: { q: { ...TEXT, nullable: false, ...facts } } });
      expect((await api.post("/models/containers", added({}))).status).toBe(400);
      await api.ok("/models/containers", added({ defaultValue: "y" }));
    },
  ),
  upsert.check("properties", "made required while values are missing: its constraint has failed", async (api) => {
    await api.ok("/models/containers", body("Fails"));
    const node = {
      instanceType: "node",
      space: "s",
      externalId: "fails",
      sources: [{ source: reference("Fails"), properties: {} }],
    };
    await api.ok("/models/instances", { items: [node] });
    const { items } = await api.ok("/models/containers", property("Fails", { ...TEXT, nullable: false }));
    expect(items[0].properties.p.constraintState).toEqual({ nullability: "failed" });
  }),
];
