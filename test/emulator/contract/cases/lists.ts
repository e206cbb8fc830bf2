import { expect } from "vitest";
import type { Api, Json } from "../api.js";
import { type ContractCase, casesOf } from "../case.js";
import { matched, refusedFilters } from "./filters.js";
import { id, names, shown, thing, view } from "./instances-world.js";

const list = casesOf("POST /models/instances/list");

const PATH = "/models/instances/list";
const sources = [{ source: view("Thing") }];
const found = async (api: Api, body: Json) => names((await api.ok(PATH, body))["items"]);
const sorted = (property: readonly string[], more: Json = {}) => ({ sources, sort: [{ property, ...more }] });
const codes = async (api: Api, body: Json): Promise<readonly string[]> =>
  (await api.ok(PATH, { debug: {}, ...body }))["debug"].notices.map((notice: Json) => notice["code"]);

/** Every page of a list, by its cursors. */
async function pages(api: Api, body: Json): Promise<readonly (readonly string[])[]> {
  const given: (readonly string[])[] = [];
  let cursor: unknown;
  do {
    const page: Json = await api.ok(PATH, { ...body, ...(cursor === undefined ? {} : { cursor }) });
    given.push(names(page["items"]));
    cursor = page["nextCursor"];
  } while (cursor !== undefined);
  return given;
}

/** Lists, and every filter operator. */
export const lists: readonly ContractCase[] = [
  list.check("filter", "left out, all nodes come, without properties", async (api) => {
    const { items } = await api.ok(PATH, {});
    expect(names(items)).toEqual(expect.arrayContaining(["t1", "bare", "wire"]));
    expect(items[0]).not.toHaveProperty("properties");
  }),
  ...matched.map(([what, filter, expected]) =>
    list.check("filter", what, async (api) => expect(await found(api, { filter })).toEqual(expected)),
  ),
  ...refusedFilters.map(([what, filter, words]) => list.refuses("filter", what, { filter }, words)),
  list.refuses(
    "filter",
    "parameters",
    { filter: { equals: { property: thing("name"), value: { parameter: "p" } } } },
    "only queries have parameters",
  ),
  list.check("filter", "nodes of system spaces come only when it names the space", async (api) => {
    expect(await found(api, { filter: { equals: { property: ["node", "space"], value: "cdf_cdm" } } })).toEqual([]);
  }),

  list.check("instanceType", "edges", async (api) => {
    expect(await found(api, { instanceType: "edge" })).toEqual(["e1", "e2", "e3", "e4", "e5"]);
    const filter = { equals: { property: ["edge", "startNode"], value: id("t1") } };
    expect(await found(api, { instanceType: "edge", filter })).toEqual(["e1", "e4"]);
  }),
  list.check("instanceType", "edges through a view, and by their ends' values", async (api) => {
    const filter = {
      nested: { scope: ["edge", "endNode"], filter: { equals: { property: thing("size"), value: 2 } } },
    };
    const { items } = await api.ok(PATH, { instanceType: "edge", sources: [{ source: view("Link") }], filter });
    expect(items.map((item: Json) => shown(item, "Link")["length"])).toEqual([1, 4]);
  }),
  list.refuses("instanceType", "anything else", { instanceType: "nodes" }, "instanceType"),

  list.check("sources", "a view shows what has data in all its containers", async (api) => {
    expect(await found(api, { sources })).toEqual(["t1", "t2", "t3", "t4", "t5"]);
    expect(await found(api, { sources: [{ source: view("Machine") }] })).toEqual([]);
  }),
  list.check("sources", "a view's filter replaces the implicit hasData", async (api) => {
    expect(await found(api, { sources: [{ source: view("Everything") }] })).toContain("bare");
    expect(await found(api, { sources: [{ source: view("Red") }] })).toEqual(["t1"]);
    expect(await found(api, { sources: [...sources, { source: view("Everything") }] })).not.toContain("bare");
  }),
  list.check("sources", "targetUnits convert what is shown, not what is compared", async (api) => {
    const targetUnits = [{ property: "weight", unit: { externalId: "mass:gm" } }];
    const { items } = await api.ok(PATH, {
      sources: [{ source: view("Thing"), targetUnits }],
      filter: { range: { property: thing("weight"), gt: 25 } },
    });
    expect(items.map((item: Json) => shown(item)["weight"])).toEqual([30_000]);
  }),
  list.refuses(
    "sources",
    "an unknown view",
    { sources: [{ source: view("None") }] },
    "One or more views do not exist: 'm:None/v1'",
  ),
  list.refuses("sources", "more than 10", { sources: Array(11).fill(sources[0]) }, "size must be between 0 and 10"),

  list.check("sort", "ascending, with missing values last", async (api) => {
    expect(await found(api, sorted(thing("size")))).toEqual(["t1", "t2", "t4", "t3", "t5"]);
  }),
  list.check("sort", "descending, with missing values last", async (api) => {
    expect(await found(api, sorted(thing("size"), { direction: "descending" }))).toEqual([
      "t3",
      "t2",
      "t4",
      "t1",
      "t5",
    ]);
  }),
  list.check("sort", "nullsFirst", async (api) => {
    expect(await found(api, sorted(thing("size"), { nullsFirst: true }))).toEqual(["t5", "t1", "t2", "t4", "t3"]);
  }),
  list.check("sort", "by bytes where the collation is ucs_basic", async (api) => {
    expect(await found(api, sorted(thing("name")))).toEqual(["t1", "t2", "t3", "t4", "t5"]);
  }),
  list.check("sort", "by the collation of a property: in Norwegian å comes after z", async (api) => {
    expect(await found(api, sorted(thing("local")))).toEqual(["t1", "t3", "t2", "t4", "t5"]);
  }),
  list.check("sort", "by a base property and by a relation", async (api) => {
    expect(await found(api, sorted(["node", "externalId"], { direction: "descending" }))).toEqual([
      "t5",
      "t4",
      "t3",
      "t2",
      "t1",
    ]);
    expect(await found(api, sorted(thing("parent")))).toEqual(["t2", "t3", "t4", "t1", "t5"]);
  }),
  list.check("sort", "by several properties", async (api) => {
    const sort = [{ property: thing("size") }, { property: ["node", "externalId"], direction: "descending" }];
    expect(await found(api, { sources, sort })).toEqual(["t1", "t4", "t2", "t3", "t5"]);
  }),
  list.refuses("sort", "lists", sorted(thing("tags")), "lists and JSON have no order"),
  list.refuses("sort", "JSON", sorted(thing("info")), "lists and JSON have no order"),
  list.refuses(
    "sort",
    "more than 5 keys",
    { sort: Array(6).fill({ property: thing("size") }) },
    "size must be between 0 and 5",
  ),
  list.refuses("sort", "an unknown property", sorted(thing("none")), "Unknown property 'none'"),

  list.check("cursor", "pages hold every instance once, in order", async (api) => {
    expect(await pages(api, { sources, limit: 2 })).toEqual([["t1", "t2"], ["t3", "t4"], ["t5"]]);
    expect((await pages(api, { ...sorted(thing("size")), limit: 2 })).flat()).toEqual(["t1", "t2", "t4", "t3", "t5"]);
  }),
  list.check("cursor", "a full last page has one, and an empty page follows", async (api) => {
    expect(await pages(api, { sources, limit: 5 })).toEqual([["t1", "t2", "t3", "t4", "t5"], []]);
  }),
  list.check("cursor", "null means: from the start", async (api) => {
    const answer = await api.post(PATH, { sources, limit: 1, cursor: null }, false);
    expect(names(answer.body["items"])).toEqual(["t1"]);
  }),
  list.check("body", "null is as left out, for fields that may be", async (api) => {
    const fields = ["instanceType", "filter", "sort", "limit", "includeTyping", "debug"];
    const nulls = Object.fromEntries(fields.map((field) => [field, null]));
    const answer = await api.post(PATH, { ...nulls, sources: [{ ...sources[0], targetUnits: null }] }, false);
    expect(answer.body).toEqual(await api.ok(PATH, { sources }));
    const equals = { property: thing("name"), value: null };
    expect((await api.post(PATH, { filter: { equals } }, false)).status).toBe(400);
  }),
  list.check("cursor", "changes in between neither repeat nor drop what stays", async (api) => {
    const first = await api.ok(PATH, { sources, limit: 2 });
    await api.ok("/models/instances", {
      items: [{ instanceType: "node", ...id("late"), sources: [{ source: view("Thing"), properties: {} }] }],
    });
    await api.ok("/models/instances/delete", { items: [{ instanceType: "node", ...id("late") }] });
    const { items } = await api.ok(PATH, { sources, limit: 2, cursor: first["nextCursor"] });
    expect(names(items)).toEqual(["t3", "t4"]);
  }),
  list.refuses("cursor", "that no list gave", { cursor: "abc" }, "Invalid cursor"),
  list.check(
    "cursor",
    "of another request is refused",
    async (api) => {
      const { nextCursor } = await api.ok(PATH, { sources, limit: 1 });
      expect((await api.post(PATH, { limit: 1, cursor: nextCursor })).status).toBe(400);
    },
    400,
  ),
  list.check("limit", "is 1,000 when left out", async (api) => {
    const items = Array.from({ length: 1000 }, (_, index) => ({
      instanceType: "node",
      space: "e",
      externalId: `n${index}`,
    }));
    await api.ok("/models/instances", { items });
    const { items: given, nextCursor } = await api.ok(PATH, {});
    expect([given.length, typeof nextCursor]).toEqual([1000, "string"]);
    await api.ok("/models/instances/delete", { items });
  }),
  list.refuses("limit", "1,001", { limit: 1001 }, "must be between 1 and 1000"),
  list.refuses("limit", "0", { limit: 0 }, "must be between 1 and 1000"),
  list.accepts(
    "includeTyping",
    "gives the facts of what is returned",
    { sources, includeTyping: true },
    { typing: { m: { "Thing/v1": { parent: { type: { type: "direct" } } } } } },
  ),
  list.refuses("includeTyping", "what is no boolean", { includeTyping: "yes" }, "includeTyping"),

  list.check("debug", "tells of sorts with and without an index", async (api) => {
    expect(await codes(api, sorted(thing("size")))).toEqual(["sortNotBackedByIndex"]);
    expect(await codes(api, sorted(thing("name")))).toEqual(["filterMatchesCursorableSort"]);
  }),
  list.check("debug", "tells of filters without an index, nested ones and those by id", async (api) => {
    expect(await codes(api, { filter: { equals: { property: thing("size"), value: 1 } } })).toEqual([
      "containersWithoutIndexesInvolved",
    ]);
    expect(await codes(api, { filter: { equals: { property: thing("name"), value: "x" } } })).toEqual([]);
    expect(await codes(api, { filter: { equals: { property: ["node", "externalId"], value: "x" } } })).toEqual([
      "selectiveExternalIDFilter",
    ]);
    expect(await codes(api, { filter: { nested: { scope: ["node", "type"], filter: { matchAll: {} } } } })).toEqual([
      "intractableCursorWithNestedFilter",
    ]);
  }),
  list.check("debug", "with emitResults false there are no items", async (api) => {
    expect(await api.ok(PATH, { debug: { emitResults: false, timeout: 60_000 } })).toEqual({
      items: [],
      debug: { notices: [] },
    });
  }),
  list.check(
    "debug",
    "timeout: what takes longer ends in 408, where no results are asked for",
    async (api) => {
      const timed = (debug: Json) => api.post(PATH, { sources, debug });
      expect(await timed({ emitResults: false, timeout: 0 })).toMatchObject({
        status: 408,
        body: { error: { code: 408, message: expect.stringMatching(/^Graph query timed out/) } },
      });
      expect((await timed({ emitResults: false, timeout: 60_000 })).status).toBe(200);
      expect((await timed({ timeout: 0 })).status).toBe(200);
    },
    408,
  ),
  list.check("debug", "tells of options that have no effect", async (api) => {
    expect(await codes(api, { debug: { timeout: 1_000_000 } })).toEqual(["excessiveTimeout", "noTimeoutWithResults"]);
    expect(await codes(api, { debug: { profile: true } })).toEqual(["noTimeoutWithResults"]);
  }),
  list.refuses("debug", "unknown fields", { debug: { emit: true } }, "Unexpected field - debug.emit"),
];
