import { expect } from "vitest";
import type { Api, Json } from "../api.js";
import { type ContractCase, casesOf } from "../case.js";
import { id, thing, view } from "./instances-world.js";

const aggregate = casesOf("POST /models/instances/aggregate");

const PATH = "/models/instances/aggregate";
const ask = (rest: Json) => ({ view: view("Thing"), ...rest });
const of = (name: string, property?: string) => [{ [name]: property === undefined ? {} : { property } }];
const values = async (api: Api, rest: Json) =>
  (await api.ok(PATH, ask(rest)))["items"].map((item: Json) => item["aggregates"].map((one: Json) => one["value"]));
const groups = async (api: Api, rest: Json) =>
  (await api.ok(PATH, ask({ aggregates: of("count"), ...rest })))["items"].map((item: Json) => [
    item["group"],
    item["aggregates"][0].value,
  ]);
const oneValue = (name: string, property: string | undefined, value: number | undefined) =>
  aggregate.check("aggregates", `${name} of ${property ?? "instances"}`, async (api) => {
    expect(await values(api, { aggregates: of(name, property) })).toEqual([[value]]);
  });

/** Aggregations over the world of the searches. */
export const aggregates: readonly ContractCase[] = [
  oneValue("count", undefined, 5),
  oneValue("count", "name", 4),
  oneValue("count", "externalId", 5),
  oneValue("count", "tags", 3),
  oneValue("sum", "size", 12),
  oneValue("avg", "size", 3),
  oneValue("min", "weight", 1.5),
  oneValue("max", "weight", 10),
  oneValue("sum", "sizes", 5),
  oneValue("sum", "big", undefined),
  oneValue("count", "big", 0),
  aggregate.accepts("aggregates", "say which they are", ask({ aggregates: [...of("count"), ...of("max", "size")] }), {
    items: [
      {
        instanceType: "node",
        aggregates: [
          { aggregate: "count", value: 5 },
          { aggregate: "max", property: "size", value: 7 },
        ],
      },
    ],
  }),
  aggregate.accepts(
    "aggregates",
    "histogram: intervals from their multiples, empty ones left out",
    ask({ aggregates: [{ histogram: { property: "size", interval: 2 } }] }),
    {
      items: [
        {
          aggregates: [
            {
              aggregate: "histogram",
              property: "size",
              interval: 2,
              buckets: [
                { start: 0, count: 1 },
                { start: 2, count: 2 },
                { start: 6, count: 1 },
              ],
            },
          ],
        },
      ],
    },
  ),
  aggregate.refuses(
    "aggregates",
    "a histogram with an interval of 0",
    ask({ aggregates: [{ histogram: { property: "size", interval: 0 } }] }),
    "must be greater than 0",
  ),
  aggregate.refuses("aggregates", "avg of text", ask({ aggregates: of("avg", "name") }), "it is not numeric"),
  aggregate.refuses(
    "aggregates",
    "avg without a property",
    ask({ aggregates: of("avg") }),
    "property must not be null",
  ),
  aggregate.refuses(
    "aggregates",
    "an unknown property",
    ask({ aggregates: of("sum", "none") }),
    "Unknown property 'none'",
  ),
  aggregate.refuses(
    "aggregates",
    "an unknown one",
    ask({ aggregates: of("median", "size") }),
    "must have exactly one of [avg, min, max, sum, count, histogram]",
  ),
  aggregate.refuses(
    "aggregates",
    "more than 5",
    ask({ aggregates: Array(6).fill({ count: {} }) }),
    "size must be between 0 and 5",
  ),
  aggregate.check("groupBy", "text, and missing values without the key", async (api) => {
    expect(await groups(api, { groupBy: ["size"] })).toEqual([
      [{ size: 1 }, 1],
      [{ size: 2 }, 2],
      [{ size: 7 }, 1],
      [{}, 1],
    ]);
  }),
  aggregate.check("groupBy", "booleans and floats", async (api) => {
    expect(await groups(api, { groupBy: ["active"] })).toEqual([
      [{ active: true }, 2],
      [{ active: false }, 1],
      [{}, 2],
    ]);
    expect((await groups(api, { groupBy: ["weight"] }))[0]).toEqual([{ weight: 1.5 }, 1]);
  }),
  aggregate.check("groupBy", "direct relations", async (api) => {
    expect(await groups(api, { groupBy: ["parent"] })).toEqual([
      [{}, 3],
      [{ parent: id("a") }, 2],
    ]);
  }),
  aggregate.check("groupBy", "lists of text and of relations: a group per element", async (api) => {
    expect(await groups(api, { groupBy: ["tags"] })).toEqual([
      [{ tags: "Rotating" }, 1],
      [{ tags: "north" }, 1],
      [{ tags: "rotating" }, 1],
      [{ tags: "south" }, 1],
      [{}, 3],
    ]);
    expect(await groups(api, { groupBy: ["friends"] })).toEqual([
      [{ friends: id("b") }, 1],
      [{}, 4],
    ]);
  }),
  aggregate.check("groupBy", "enums", async (api) => {
    expect(await groups(api, { groupBy: ["color"] })).toEqual([
      [{ color: "red" }, 1],
      [{}, 4],
    ]);
  }),
  aggregate.check("groupBy", "several properties", async (api) => {
    expect(await groups(api, { groupBy: ["active", "size"] })).toContainEqual([{ active: true, size: 2 }, 1]);
  }),
  aggregate.accepts("groupBy", "without aggregates gives the distinct values", ask({ groupBy: ["active"] }), {
    items: [
      { group: { active: true }, aggregates: [] },
      { group: { active: false }, aggregates: [] },
      { group: {}, aggregates: [] },
    ],
  }),
  ...["seen", "info", "sizes"].map((property) =>
    aggregate.refuses(
      "groupBy",
      `a property of another type: ${property}`,
      ask({ groupBy: [property] }),
      "cannot be used in group by. Supported types are [",
    ),
  ),
  aggregate.refuses("groupBy", "none", ask({ groupBy: [] }), "size must be between 1 and 5"),
  aggregate.refuses("groupBy", "an unknown property", ask({ groupBy: ["none"] }), "Unknown property 'none'"),
  aggregate.check("filter", "with properties by their ids alone, and with whole paths", async (api) => {
    expect(
      await values(api, { aggregates: of("count"), filter: { equals: { property: ["size"], value: 2 } } }),
    ).toEqual([[2]]);
    expect(
      await values(api, { aggregates: of("count"), filter: { prefix: { property: thing("name"), value: "Main" } } }),
    ).toEqual([[2]]);
  }),
  aggregate.check("filter", "without a match: one item, count 0 and no other values", async (api) => {
    expect(
      await values(api, {
        aggregates: [...of("count"), ...of("max", "size")],
        filter: { equals: { property: ["size"], value: 99 } },
      }),
    ).toEqual([[0, undefined]]);
  }),
  aggregate.refuses(
    "filter",
    "an unknown property",
    ask({ filter: { exists: { property: ["none"] } } }),
    "Unknown property 'none'",
  ),
  aggregate.check("query", "aggregates what a search finds", async (api) => {
    expect(await values(api, { query: "pump", aggregates: of("count") })).toEqual([[3]]);
  }),
  aggregate.check("operator", "AND: all terms", async (api) => {
    expect(await values(api, { query: "main pump", operator: "AND", aggregates: of("count") })).toEqual([[1]]);
  }),
  aggregate.check("properties", "only these are searched", async (api) => {
    expect(await values(api, { query: "rotating", properties: ["name"], aggregates: of("count") })).toEqual([[0]]);
  }),
  aggregate.refuses("properties", "none", ask({ query: "x", properties: [] }), "size must be between 1 and 200"),
  aggregate.check("instanceType", "edges", async (api) => {
    const { items } = await api.ok(PATH, { view: view("Link"), instanceType: "edge", aggregates: of("sum", "length") });
    expect(items).toMatchObject([{ instanceType: "edge", aggregates: [{ value: 4 }] }]);
  }),
  aggregate.refuses("view", "an unknown one", { view: view("None") }, "One or more views do not exist: 'm:None/v1'"),
  aggregate.check("view", "its filter applies", async (api) => {
    const { items } = await api.ok(PATH, { view: view("Red"), aggregates: of("count") });
    expect(items[0].aggregates[0].value).toBe(1);
  }),
  aggregate.check("limit", "bounds the groups", async (api) => {
    expect(await groups(api, { groupBy: ["size"], limit: 2 })).toHaveLength(2);
  }),
  aggregate.refuses("limit", "1,001", ask({ limit: 1001 }), "must be between 1 and 1000"),
  aggregate.check("targetUnits", "convert before they aggregate", async (api) => {
    const targetUnits = [{ property: "weight", unit: { externalId: "mass:gm" } }];
    expect(await values(api, { aggregates: of("sum", "weight"), targetUnits })).toEqual([[14_000]]);
    expect((await groups(api, { groupBy: ["weight"], targetUnits }))[0]).toEqual([{ weight: 1500 }, 1]);
  }),
  aggregate.accepts(
    "includeTyping",
    "gives the facts of the view's properties",
    ask({ includeTyping: true, aggregates: of("count") }),
    { typing: { m: { "Thing/v1": { size: { type: { type: "int32" } } } } } },
  ),
];
