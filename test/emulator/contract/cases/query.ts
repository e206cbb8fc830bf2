import { expect } from "vitest";
import type { Api, Json } from "../api.js";
import { type ContractArea, type ContractCase, casesOf } from "../case.js";
import { matched, refusedFilters } from "./filters.js";
import { container, id, makeWorld, names, thing, view } from "./instances-world.js";
import { queryPages } from "./query-pages.js";
import { querySelects } from "./query-select.js";

const query = casesOf("POST /models/instances/query");

const PATH = "/models/instances/query";
const data = { hasData: [view("Thing")] };
const named = (...ids: readonly string[]) => ({ instanceReferences: ids.map(id) });
const parent = { source: view("Thing"), identifier: "parent" };
const friends = { source: view("Thing"), identifier: "friends" };
const from = (...ids: readonly string[]) => ({ nodes: { filter: named(...ids) } });

/** A query that selects all of its expressions, without properties. */
const all = (expressions: Json, rest: Json = {}) => ({
  with: expressions,
  select: Object.fromEntries(Object.keys(expressions).map((name) => [name, {}])),
  ...rest,
});
const found = async (api: Api, expressions: Json, name = "r") =>
  names((await api.ok(PATH, all(expressions)))["items"][name]);

/** A query whose set `r` must hold these instances, in this order. */
const gives = (option: string, what: string, expressions: Json, expected: readonly string[]): ContractCase =>
  query.check(option, what, async (api) => expect(await found(api, expressions)).toEqual(expected));
const refuses = (option: string, what: string, expressions: Json, words: string): ContractCase =>
  query.refuses(option, what, all(expressions), words);

const t1 = from("t1");
const out = { from: "a", maxDistance: 1 };

const expressions: readonly ContractCase[] = [
  gives("with", "nodes without a filter: those of all views, and bare ones", { r: { nodes: {}, limit: 3 } }, [
    "t1",
    "wire",
    "t2",
  ]),
  gives("with", "the filter of a view is not applied by itself", { r: { nodes: { filter: named("bare", "t1") } } }, [
    "t1",
    "bare",
  ]),
  ...matched.map(([what, filter, expected]) =>
    gives("with", `filter: ${what}`, { r: { nodes: { filter } } }, expected),
  ),
  ...refusedFilters
    .slice(5, 20)
    .map(([what, filter, words]) => refuses("with", `filter: ${what}`, { r: { nodes: { filter } } }, words)),
  gives(
    "with",
    "through, inwards unless it says: who points at them",
    { a: t1, r: { nodes: { from: "a", through: parent } } },
    ["t2", "t3"],
  ),
  gives(
    "with",
    "through outwards: what they point at",
    { a: from("t2", "t3", "t4"), r: { nodes: { from: "a", through: parent, direction: "outwards" } } },
    ["t1", "t2"],
  ),
  gives(
    "with",
    "through outwards over a list",
    { a: from("t3"), r: { nodes: { from: "a", through: friends, direction: "outwards" } } },
    ["t1", "t2"],
  ),
  gives(
    "with",
    "through a container's property",
    {
      a: t1,
      r: { nodes: { from: "a", through: { source: container("Thing"), identifier: "parent" }, direction: "inwards" } },
    },
    ["t2", "t3"],
  ),
  gives(
    "with",
    "through with a filter on what is reached",
    { a: t1, r: { nodes: { from: "a", through: parent, filter: { equals: { property: thing("size"), value: 3 } } } } },
    ["t3"],
  ),
  query.check("with", "through in its older form, with view", async (api) => {
    const older = { view: view("Thing"), identifier: "parent" };
    const answer = await api.post(PATH, all({ a: t1, r: { nodes: { from: "a", through: older } } }), false);
    expect(names(answer.body["items"].r)).toEqual(["t2", "t3"]);
  }),
  refuses(
    "with",
    "through a list inwards",
    { a: t1, r: { nodes: { from: "a", through: friends, direction: "inwards" } } },
    "Cannot traverse lists of direct relations inwards.",
  ),
  refuses(
    "with",
    "through what is no relation",
    { a: t1, r: { nodes: { from: "a", through: { source: view("Thing"), identifier: "name" } } } },
    "it is not a direct relation",
  ),
  refuses(
    "with",
    "through an unknown property",
    { a: t1, r: { nodes: { from: "a", through: { source: view("Thing"), identifier: "none" } } } },
    "Unknown property 'none'",
  ),
  refuses("with", "through without from", { r: { nodes: { through: parent } } }, "through needs from"),
  refuses("with", "from nodes without through", { a: t1, r: { nodes: { from: "a" } } }, "it needs through"),
  refuses(
    "with",
    "through from edges",
    { a: { edges: {} }, r: { nodes: { from: "a", through: parent } } },
    "'a' gives edges",
  ),
  refuses(
    "with",
    "from an unknown expression",
    { r: { nodes: { from: "none", through: parent } } },
    "Unknown result set expression 'none'",
  ),
  refuses(
    "with",
    "a cycle",
    { r: { nodes: { from: "b", through: parent } }, b: { nodes: { from: "r", through: parent } } },
    "in a cycle: r -> b -> r",
  ),

  gives("with", "all edges", { r: { edges: {} } }, ["e1", "e2", "e3", "e4", "e5"]),
  gives("with", "edges outwards unless they say", { a: t1, r: { edges: out } }, ["e1", "e4"]),
  gives("with", "edges inwards", { a: t1, r: { edges: { ...out, direction: "inwards" } } }, ["e3"]),
  gives(
    "with",
    "edges by a filter",
    { a: t1, r: { edges: { ...out, filter: { range: { property: ["m", "Link/v1", "length"], gt: 1 } } } } },
    ["e4"],
  ),
  gives(
    "with",
    "edges by their type",
    { a: t1, r: { edges: { ...out, filter: { equals: { property: ["edge", "type"], value: id("other") } } } } },
    [],
  ),
  gives(
    "with",
    "edges by the node at their far end",
    { a: t1, r: { edges: { ...out, nodeFilter: { equals: { property: thing("size"), value: 2 } } } } },
    ["e1", "e4"],
  ),
  gives(
    "with",
    "nodeFilter keeps what fails from being followed",
    {
      a: t1,
      r: {
        edges: {
          from: "a",
          maxDistance: 9,
          nodeFilter: { not: { equals: { property: ["node", "externalId"], value: "t2" } } },
        },
      },
    },
    ["e4", "e5"],
  ),
  gives("with", "maxDistance: as many hops, cycles end", { a: t1, r: { edges: { from: "a", maxDistance: 2 } } }, [
    "e1",
    "e2",
    "e4",
    "e5",
  ]),
  gives("with", "maxDistance beyond the graph", { a: t1, r: { edges: { from: "a", maxDistance: 100 } } }, [
    "e1",
    "e2",
    "e3",
    "e4",
    "e5",
  ]),
  gives(
    "with",
    "terminationFilter: the edge comes, but is not followed",
    {
      a: t1,
      r: {
        edges: {
          from: "a",
          maxDistance: 9,
          terminationFilter: { equals: { property: ["node", "externalId"], value: "t2" } },
        },
      },
    },
    ["e1", "e4", "e5"],
  ),
  gives(
    "with",
    "limitEach: so many edges per node",
    {
      a: from("t1", "t2"),
      r: { edges: { ...out, limitEach: 1 }, sort: [{ property: ["m", "Link/v1", "length"], direction: "descending" }] },
    },
    ["e4", "e2"],
  ),
  gives(
    "with",
    "edges from edges go on from their far nodes",
    { a: t1, b: { edges: out }, r: { edges: { from: "b", maxDistance: 1 } } },
    ["e2", "e5"],
  ),
  refuses("with", "limitEach without from", { r: { edges: { limitEach: 1 } } }, "limitEach needs from"),
  refuses(
    "with",
    "limitEach with more than one hop",
    { a: t1, r: { edges: { from: "a", maxDistance: 2, limitEach: 1 } } },
    "limitEach needs from and a maxDistance of 1",
  ),
  refuses(
    "with",
    "limitEach beyond 2,000",
    { a: t1, r: { edges: { ...out, limitEach: 2001 } } },
    "must be between 1 and 2000",
  ),
  refuses("with", "a maxDistance of 0", { a: t1, r: { edges: { from: "a", maxDistance: 0 } } }, "must be between 1"),

  gives("with", "chainTo destination unless it says", { a: t1, b: { edges: out }, r: { nodes: { from: "b" } } }, [
    "t2",
    "t4",
  ]),
  gives("with", "chainTo source", { a: t1, b: { edges: out }, r: { nodes: { from: "b", chainTo: "source" } } }, ["t1"]),
  gives(
    "with",
    "walked inwards, the destination is the start",
    { a: t1, b: { edges: { ...out, direction: "inwards" } }, r: { nodes: { from: "b" } } },
    ["t3"],
  ),
  gives(
    "with",
    "walked inwards, the source is the end",
    { a: t1, b: { edges: { ...out, direction: "inwards" } }, r: { nodes: { from: "b", chainTo: "source" } } },
    ["t1"],
  ),

  gives("with", "union: each once", { a: from("t1", "t2"), b: from("t2", "t3"), r: { union: ["a", "b"] } }, [
    "t1",
    "t2",
    "t3",
  ]),
  gives(
    "with",
    "unionAll: with duplicates",
    { a: from("t1", "t2"), b: from("t2", "t3"), r: { unionAll: ["a", "b"] } },
    ["t1", "t2", "t2", "t3"],
  ),
  gives("with", "intersection", { a: from("t1", "t2"), b: from("t2", "t3"), r: { intersection: ["a", "b"] } }, ["t2"]),
  gives("with", "except", { a: from("t1", "t2"), b: from("t2", "t3"), r: { union: ["a"], except: ["b"] } }, ["t1"]),
  gives(
    "with",
    "nested set operations",
    { a: from("t1"), b: from("t2"), c: from("t3"), r: { union: ["a", { unionAll: ["b", "c"], limit: 1 }] } },
    ["t1", "t2"],
  ),
  gives(
    "with",
    "the limit of a set operation",
    { a: from("t1", "t2"), b: from("t2", "t3"), r: { unionAll: ["a", "b"], limit: 3 } },
    ["t1", "t2", "t2"],
  ),
  refuses(
    "with",
    "nodes and edges together in a set",
    { a: t1, b: { edges: {} }, r: { union: ["a", "b"] } },
    "it combines nodes and edges",
  ),
  refuses("with", "a set without members", { r: { union: [] } }, "size must be between 1 and 50"),
  refuses("with", "a sorted set", { a: t1, r: { union: ["a"], sort: [] } }, "Unexpected field - with.r.sort"),

  gives(
    "with",
    "sort beside nodes",
    { r: { nodes: { filter: data }, sort: [{ property: thing("size"), direction: "descending" }] } },
    ["t3", "t2", "t4", "t1", "t5"],
  ),
  gives(
    "with",
    "sort with nullsFirst",
    { r: { nodes: { filter: data }, sort: [{ property: thing("size"), nullsFirst: true }] } },
    ["t5", "t1", "t2", "t4", "t3"],
  ),
  gives(
    "with",
    "postSort of the finished edges",
    {
      a: t1,
      r: {
        edges: { from: "a", maxDistance: 9 },
        postSort: [{ property: ["m", "Link/v1", "length"], direction: "descending" }],
      },
    },
    ["e4", "e3", "e2", "e1", "e5"],
  ),
  refuses("with", "limit inside of nodes", { r: { nodes: { limit: 5 } } }, "Unexpected field - with.r.nodes.limit"),
  refuses("with", "postSort of nodes", { r: { nodes: {}, postSort: [] } }, "Unexpected field - with.r.postSort"),
  refuses("with", "a limit beyond 10,000", { r: { nodes: {}, limit: 10_001 } }, "must be between 1 and 10000"),
  refuses(
    "with",
    "more than 5 sort keys",
    { r: { nodes: {}, sort: Array(6).fill({ property: thing("size") }) } },
    "size must be between 0 and 5",
  ),
  refuses(
    "with",
    "no kind of expression",
    { r: { limit: 1 } },
    "must have nodes, edges, union, unionAll or intersection",
  ),
  query.refuses("with", "none", { with: {}, select: {} }, "size must be between 1 and 50"),
  refuses(
    "with",
    "more than 50",
    Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`e${index}`, { nodes: {} }])),
    "size must be between 1 and 50",
  ),
];

export const querying: ContractArea = {
  name: "querying",
  world: makeWorld,
  cases: [...expressions, ...querySelects, ...queryPages],
};
