import { expect } from "vitest";
import type { Json } from "../api.js";
import { type ContractArea, type ContractCase, casesOf } from "../case.js";
import { dmlUploads, model, upload, WIND_FARM } from "./dml.js";

const graphql = casesOf("POST /userapis/.../graphql");

const pathOf = ({ space, externalId, version }: Json = model) =>
  `/userapis/spaces/${space}/datamodels/${externalId}/versions/${version}/graphql`;
/** The query gives this data, and no errors. */
const gives = (option: string, name: string, query: string, data: Json, rest: Json = {}): ContractCase =>
  graphql.check(option, name, async (api) => {
    const answer = await api.ok(pathOf(), { query, ...rest });
    expect(answer).not.toHaveProperty("errors");
    expect(answer["data"]).toEqual(data);
  });
/** The query ends in an error, which GraphQL tells in an answer with 200. */
const fails = (option: string, name: string, query: string, words: string, rest: Json = {}): ContractCase =>
  graphql.check(
    option,
    name,
    async (api) => {
      const { errors } = await api.ok(pathOf(), { query, ...rest });
      expect(errors).toMatchObject([{ message: expect.stringContaining(words) }]);
    },
    400,
  );
/** The turbines that a filter leaves. */
const filtered = (name: string, filter: Json, found: readonly string[]): ContractCase =>
  gives(
    "listT filter",
    name,
    "query ($filter: _ListTurbineFilter) { listTurbine(filter: $filter) { items { externalId } } }",
    { listTurbine: ids(...found) },
    { variables: { filter } },
  );
const ids = (...names: readonly string[]) => ({ items: names.map((externalId) => ({ externalId })) });

const lists: readonly ContractCase[] = [
  gives(
    "listT",
    "items, edges with cursors, and facts of the page",
    "{ listFarm { items { externalId name } edges { node { name } } pageInfo { hasNextPage hasPreviousPage } } }",
    {
      listFarm: {
        items: [
          { externalId: "A", name: "Farm A" },
          { externalId: "B", name: "Farm B" },
        ],
        edges: [{ node: { name: "Farm A" } }, { node: { name: "Farm B" } }],
        pageInfo: { hasNextPage: false, hasPreviousPage: false },
      },
    },
  ),
  fails(
    "listT",
    "a field that the type does not have",
    "{ listFarm { items { nme } } }",
    "Field 'nme' in type 'Farm' is undefined",
  ),
  fails(
    "listT",
    "of a type that the model does not have",
    "{ listTower { items { name } } }",
    "Field 'listTower' in type 'Query' is undefined",
  ),
  filtered("eq", { capacity: { eq: 11 } }, ["B1"]),
  filtered("in", { externalId: { in: ["A1", "B2"] } }, ["A1", "B2"]),
  filtered("prefix", { name: { prefix: "Turbine B" } }, ["B1", "B2"]),
  filtered("gt and lt", { capacity: { gt: 1, lt: 12 } }, ["A2", "B1"]),
  filtered("gte and lte", { capacity: { gte: 2, lte: 11 } }, ["A2", "B1"]),
  filtered("isNull", { blades: { isNull: true } }, ["A2", "B2"]),
  filtered("containsAny", { tags: { containsAny: ["n1"] } }, ["A1", "B1"]),
  filtered("containsAll", { tags: { containsAll: ["A", "n2"] } }, ["A2"]),
  filtered(
    "and, or, not",
    { and: [{ or: [{ capacity: { eq: 1 } }, { capacity: { eq: 2 } }] }, { not: { blades: { eq: 3 } } }] },
    ["A2"],
  ),
  filtered("of what a relation points at", { farm: { name: { eq: "Farm B" } } }, ["B1", "B2"]),
  fails(
    "listT filter",
    "of a property that the type does not have",
    "{ listTurbine(filter: { none: { eq: 1 } }) { items { name } } }",
    'Field "none" is not defined',
  ),
  gives(
    "listT sort",
    "by several keys, either way",
    "{ listTurbine(sort: [{ blades: ASC }, { capacity: DESC }]) { items { externalId } } }",
    { listTurbine: ids("B1", "A1", "B2", "A2") },
  ),
  gives(
    "listT first",
    "as many as asked for",
    "{ listTurbine(first: 3) { items { externalId } pageInfo { hasNextPage } } }",
    {
      listTurbine: { ...ids("A1", "A2", "B1"), pageInfo: { hasNextPage: true } },
    },
  ),
  fails(
    "listT first",
    "more than 1,000",
    "{ listTurbine(first: 1001) { items { name } } }",
    "first must be between 0 and 1000",
  ),
  graphql.check("listT after", "goes on after the cursor of an edge, or the end of a page", async (api) => {
    const query =
      "query ($after: String) { listTurbine(first: 2, after: $after) { edges { cursor node { externalId } } pageInfo { endCursor } } }";
    const page = async (after?: string) =>
      (await api.ok(pathOf(), { query, variables: { after } }))["data"].listTurbine;
    const found = (given: Json) => given["edges"].map((edge: Json) => edge["node"].externalId);
    const first = await page();
    expect(found(await page(first.pageInfo.endCursor))).toEqual(["B1", "B2"]);
    expect(found(await page(first.edges[0].cursor))).toEqual(["A2", "B1"]);
  }),
  fails(
    "listT after",
    "a cursor that no page gave",
    '{ listTurbine(after: "x") { items { name } } }',
    "Invalid cursor",
  ),
];

const others: readonly ContractCase[] = [
  gives(
    "getTById",
    "one instance, or none",
    '{ a: getTurbineById(instance: { space: "wind", externalId: "A1" }) { items { name } } b: getTurbineById(instance: { space: "wind", externalId: "none" }) { items { name } } }',
    {
      a: { items: [{ name: "Turbine A1" }] },
      b: { items: [] },
    },
  ),
  fails("getTById", "without an instance", "{ getTurbineById { items { name } } }", "instance"),
  gives(
    "searchT",
    "words of texts, in the fields named, within a filter",
    '{ one: searchTurbine(query: "a2") { items { externalId } } two: searchTurbine(query: "turbine", fields: ["name"], filter: { capacity: { gt: 2 } }, first: 1) { items { externalId } } }',
    { one: ids("A2"), two: ids("B1") },
  ),
  fails("searchT", "without a query", "{ searchTurbine { items { name } } }", "query"),
  fails(
    "searchT",
    "fields that are no texts",
    '{ searchTurbine(query: "a", fields: ["capacity"]) { items { name } } }',
    "capacity",
  ),
  gives(
    "aggregateT",
    "counts and numbers of all, or of a filter",
    '{ all: aggregateTurbine { items { count { externalId blades } sum { capacity } } } some: aggregateTurbine(filter: { farm: { externalId: { eq: "A" } } }) { items { avg { capacity } min { capacity } max { capacity } } } }',
    {
      all: { items: [{ count: { externalId: 4, blades: 2 }, sum: { capacity: 26 } }] },
      some: { items: [{ avg: { capacity: 1.5 }, min: { capacity: 1 }, max: { capacity: 2 } }] },
    },
  ),
  graphql.check("aggregateT", "groups come page by page", async (api) => {
    const query =
      'query ($after: String) { aggregateTurbine(groupBy: ["farm"], first: 1, after: $after) { items { group count { externalId } } pageInfo { hasNextPage endCursor } } }';
    const page = async (after?: string) =>
      (await api.ok(pathOf(), { query, variables: { after } }))["data"].aggregateTurbine;
    const first = await page();
    const group = (externalId: string) => [
      { group: { farm: { space: "wind", externalId } }, count: { externalId: 2 } },
    ];
    expect([first.items, first.pageInfo.hasNextPage]).toEqual([group("A"), true]);
    const second = await page(first.pageInfo.endCursor);
    expect([second.items, second.pageInfo.hasNextPage]).toEqual([group("B"), false]);
  }),
  fails(
    "aggregateT",
    "groups of a property that is not there",
    '{ aggregateTurbine(groupBy: ["none"]) { items { group } } }',
    "none",
  ),
  gives(
    "relations",
    "direct, reverse, lists and edges, to any depth, with pages of their own",
    `{
    listFarm(first: 1) { items { turbines(first: 1, sort: [{ capacity: DESC }]) {
      items { externalId farm { name } also { items { externalId } } masts { items { height } edges { properties { metres } node { height } } } }
      pageInfo { hasNextPage }
    } } }
  }`,
    {
      listFarm: {
        items: [
          {
            turbines: {
              items: [
                {
                  externalId: "A2",
                  farm: { name: "Farm A" },
                  also: ids("B", "A"),
                  masts: { items: [{ height: 9 }], edges: [{ properties: { metres: 7 }, node: { height: 9 } }] },
                },
              ],
              pageInfo: { hasNextPage: true },
            },
          },
        ],
      },
    },
  ),
  gives(
    "operationName",
    "tells which operation is meant",
    "query One { listFarm(first: 1) { items { name } } } query Two { __typename }",
    { __typename: "Query" },
    { operationName: "Two" },
  ),
  fails(
    "operationName",
    "left out where there are several",
    "query One { __typename } query Two { __typename }",
    "operation name",
  ),
  gives(
    "variables",
    "stand for arguments",
    "query ($first: Int) { listFarm(first: $first) { items { name } } }",
    { listFarm: { items: [{ name: "Farm A" }] } },
    { variables: { first: 1 } },
  ),
  fails(
    "variables",
    "of another type",
    "query ($first: Int) { listFarm(first: $first) { items { name } } }",
    'Variable "$first"',
    { variables: { first: "one" } },
  ),
  fails("query", "that is no GraphQL", "{ listFarm {", "Syntax Error"),
  graphql.check(
    "query",
    "left out is refused",
    async (api) =>
      expect(await api.post(pathOf(), {})).toMatchObject({
        status: 400,
        body: { error: { message: expect.stringContaining("query must not be null") } },
      }),
    400,
  ),
  graphql.check(
    "path",
    "an unknown data model is 404",
    async (api) =>
      expect((await api.post(pathOf({ ...model, version: "v9" }), { query: "{ __typename }" })).status).toBe(404),
    404,
  ),
  graphql.as("refused", "nothing is written by mutations").check(
    "upsertT",
    "is no field",
    async (api) => {
      const query = "mutation { upsertFarm(items: []) { externalId } }";
      expect(await api.ok(pathOf(), { query })).toMatchObject({
        errors: [{ message: expect.stringContaining("mutation") }],
      });
    },
    400,
  ),
];

const ref = (externalId: string) => ({ space: "wind", externalId });
const node = (externalId: string, view: string, properties: Json) => ({
  instanceType: "node",
  ...ref(externalId),
  sources: [{ source: { type: "view", ...ref(view), version: "v1" }, properties }],
});

/** GraphQL queries of data models, and their upload in the data modeling language (contract 6.8). */
export const graphQL: ContractArea = {
  name: "graphql",
  world: async (api) => {
    await api.ok("/models/spaces", { items: [{ space: "wind" }] });
    expect((await upload(api, WIND_FARM))["errors"]).toBeNull();
    const farms = ["A", "B"].map((name) => node(name, "Farm", { name: `Farm ${name}` }));
    const turbines = farms.flatMap(({ externalId: farm }, place) =>
      [1, 2].map((number) =>
        node(`${farm}${number}`, "Turbine", {
          name: `Turbine ${farm}${number}`,
          capacity: place * 10 + number,
          blades: number === 1 ? 3 : null,
          tags: [farm, `n${number}`],
          farm: ref(farm),
          also: [ref("B"), ref("A")],
        }),
      ),
    );
    const edge = {
      instanceType: "edge",
      ...ref("A2-M"),
      type: ref("Turbine.masts"),
      startNode: ref("A2"),
      endNode: ref("M"),
      sources: [{ source: { type: "view", ...ref("Distance"), version: "v1" }, properties: { metres: 7 } }],
    };
    await api.ok("/models/instances", { items: [...farms, ...turbines, node("M", "Mast", { height: 9 }), edge] });
  },
  cases: [...lists, ...others, ...dmlUploads],
};
