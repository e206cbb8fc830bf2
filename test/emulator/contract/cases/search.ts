import { expect } from "vitest";
import type { Api, Json } from "../api.js";
import { type ContractArea, casesOf } from "../case.js";
import { aggregates } from "./aggregates.js";
import { container, edge, id, makeSchema, names, node, shown, thing, view } from "./instances-world.js";

const search = casesOf("POST /models/instances/search");

const PATH = "/models/instances/search";
const ask = (rest: Json) => ({ view: view("Thing"), ...rest });
const found = async (api: Api, rest: Json) => names((await api.ok(PATH, ask(rest)))["items"]);

/** Five things with texts, numbers and lists; the last is outside of every list. */
async function makeTexts(api: Api): Promise<void> {
  await makeSchema(api);
  await api.ok("/models/instances", {
    items: [
      node("a", {
        name: "Main pump 12",
        tags: ["Rotating", "north"],
        size: 1,
        weight: 1.5,
        active: true,
        color: "red",
        sizes: [1, 2],
        friends: [id("b")],
      }),
      node("b", {
        name: "Spare pump",
        tags: ["rotating", "south"],
        size: 2,
        weight: 2.5,
        active: true,
        parent: id("a"),
        heat: [0, 100],
      }),
      node("c", { name: "Main valve", tags: [], size: 2, weight: 10, active: false, parent: id("a"), sizes: [2] }),
      node("d", { name: "pumpkin", size: 7, seen: "2024-01-01T00:00:00Z", info: { a: 1 } }),
      node("e", {}),
      node("bare"),
    ],
  });
  await api.ok("/models/instances", {
    items: [edge("ab", "a", "b", { length: 1 }), edge("bc", "b", "c", { length: 3 })],
  });
}

export const searching: ContractArea = {
  name: "searching",
  world: makeTexts,
  cases: [
    search.check("query", "words in any case, and their beginnings", async (api) => {
      expect(await found(api, { query: "PUMP" })).toEqual(["a", "b", "d"]);
      expect(await found(api, { query: "12" })).toEqual(["a"]);
      expect(await found(api, { query: "umpk" })).toEqual([]);
    }),
    search.check("query", "lists of text too", async (api) => {
      expect(await found(api, { query: "rotating" })).toEqual(["a", "b"]);
    }),
    search.check("query", "left out, it is a filtered listing", async (api) => {
      expect(await found(api, {})).toEqual(["a", "b", "c", "d", "e"]);
      expect(await found(api, { query: " ,;" })).toHaveLength(5);
    }),
    search.check("query", "those that match most terms come first", async (api) => {
      expect((await found(api, { query: "spare rotating pump" }))[0]).toBe("b");
    }),
    search.check("operator", "OR when left out: any term", async (api) => {
      expect(await found(api, { query: "main pump" })).toEqual(["a", "b", "c", "d"]);
      expect(await found(api, { query: "main pump", operator: "OR" })).toHaveLength(4);
    }),
    search.check("operator", "AND: all terms", async (api) => {
      expect(await found(api, { query: "main pump", operator: "AND" })).toEqual(["a"]);
    }),
    search.refuses("operator", "anything else", ask({ query: "x", operator: "NOT" }), "operator"),
    search.check("properties", "only these are searched", async (api) => {
      expect(await found(api, { query: "rotating", properties: ["name"] })).toEqual([]);
      expect(await found(api, { query: "rotating", properties: ["tags"] })).toEqual(["a", "b"]);
      expect(await found(api, { query: "rotating", properties: [] })).toEqual(["a", "b"]);
    }),
    search.refuses(
      "properties",
      "an unknown one",
      ask({ query: "x", properties: ["none"] }),
      "Unknown property 'none' in view 'm:Thing/v1'",
    ),
    search.refuses(
      "properties",
      "one that holds no text",
      ask({ query: "x", properties: ["size"] }),
      "it holds no text",
    ),
    search.check("view", "its filter or hasData applies, and its properties come", async (api) => {
      const { items } = await api.ok(PATH, { view: view("Red"), query: "pump" });
      expect(items.map((item: Json) => shown(item, "Red"))).toEqual([{ name: "Main pump 12", color: "red" }]);
    }),
    search.refuses("view", "an unknown one", { view: view("None") }, "One or more views do not exist: 'm:None/v1'"),
    search.refuses("view", "left out", { query: "x" }, "view must not be null"),
    search.refuses("view", "a container", { view: container("Thing") }, "view.type"),
    search.check("instanceType", "edges", async (api) => {
      const { items } = await api.ok(PATH, { view: view("Link"), instanceType: "edge" });
      expect(names(items)).toEqual(["ab", "bc"]);
    }),
    search.check("filter", "with properties by their ids alone", async (api) => {
      expect(await found(api, { filter: { equals: { property: ["size"], value: 2 } } })).toEqual(["b", "c"]);
      expect(await found(api, { query: "main", filter: { not: { exists: { property: ["parent"] } } } })).toEqual(["a"]);
    }),
    search.check("filter", "with whole paths", async (api) => {
      expect(await found(api, { filter: { in: { property: thing("friends"), values: [id("b")] } } })).toEqual(["a"]);
      expect(
        await found(api, {
          filter: {
            nested: { scope: ["parent"], filter: { equals: { property: thing("name"), value: "Main pump 12" } } },
          },
        }),
      ).toEqual(["b", "c"]);
    }),
    search.refuses(
      "filter",
      "overlaps",
      ask({ filter: { overlaps: { startProperty: ["seen"], endProperty: ["until"], gt: "2024-01-01T00:00:00Z" } } }),
      "Cannot use overlaps",
    ),
    search.refuses(
      "filter",
      "an unknown property",
      ask({ filter: { exists: { property: ["none"] } } }),
      "Unknown property 'none'",
    ),
    search.check("sort", "takes the place of relevance", async (api) => {
      expect(await found(api, { query: "pump", sort: [{ property: ["size"], direction: "descending" }] })).toEqual([
        "d",
        "b",
        "a",
      ]);
    }),
    search.refuses(
      "sort",
      "nullsFirst",
      ask({ sort: [{ property: ["size"], nullsFirst: true }] }),
      "Unexpected field - sort[0].nullsFirst",
    ),
    search.refuses(
      "sort",
      "more than 5 keys",
      ask({ sort: Array(6).fill({ property: ["size"] }) }),
      "size must be between 0 and 5",
    ),
    search.refuses("sort", "lists", ask({ sort: [{ property: ["tags"] }] }), "lists and JSON have no order"),
    search.check("limit", "bounds what comes, without a cursor", async (api) => {
      const answer = await api.ok(PATH, ask({ limit: 2 }));
      expect([answer["items"].length, answer["nextCursor"]]).toEqual([2, undefined]);
    }),
    search.refuses("limit", "1,001", ask({ limit: 1001 }), "must be between 1 and 1000"),
    search.refuses("limit", "cursors", ask({ cursor: "x" }), "Unexpected field - cursor"),
    search.check("targetUnits", "convert what is shown", async (api) => {
      const targetUnits = [{ property: "weight", unit: { externalId: "mass:gm" } }];
      const { items } = await api.ok(PATH, ask({ query: "spare", targetUnits }));
      expect(shown(items[0])["weight"]).toBe(2500);
    }),
    search.refuses(
      "targetUnits",
      "of a property without unit",
      ask({ targetUnits: [{ property: "size", unit: { externalId: "mass:gm" } }] }),
      "it has no unit",
    ),
    search.accepts("includeTyping", "gives the facts of what is returned", ask({ includeTyping: true }), {
      typing: { m: { "Thing/v1": { size: { type: { type: "int32" } } } } },
    }),
    search.refuses("query", "unknown fields", ask({ text: "x" }), "Unexpected field - text"),
    ...aggregates,
  ],
};
