import { expect } from "vitest";
import type { Api, Json } from "../api.js";
import { type ContractCase, casesOf } from "../case.js";
import { id, names, thing, view } from "./instances-world.js";

const query = casesOf("POST /models/instances/query");

const PATH = "/models/instances/query";
const parent = { source: view("Thing"), identifier: "parent" };
const things = (limit: number) => ({ nodes: { filter: { hasData: [view("Thing")] } }, limit });
const byName = (value: unknown) => ({ nodes: { filter: { equals: { property: thing("name"), value } } } });
const ask = (expressions: Json, rest: Json = {}) => ({
  with: expressions,
  select: Object.fromEntries(Object.keys(expressions).map((name) => [name, {}])),
  ...rest,
});
const notices = async (api: Api, expressions: Json) =>
  (await api.ok(PATH, ask(expressions, { debug: {} })))["debug"].notices.map((one: Json) => [
    one["code"],
    one["resultExpression"],
  ]);

/** Cursors, parameters, typing and debug notices of queries. */
export const queryPages: readonly ContractCase[] = [
  query.check("cursors", "lead on, expression by expression, and are left out when a page is not full", async (api) => {
    const first = await api.ok(PATH, ask({ a: things(3) }));
    expect(names(first["items"].a)).toEqual(["t1", "t2", "t3"]);
    const second = await api.ok(PATH, ask({ a: things(3) }, { cursors: first["nextCursor"] }));
    expect([names(second["items"].a), second["nextCursor"]]).toEqual([["t4", "t5"], {}]);
  }),
  query.check("cursors", "a full last page has one, and an empty page follows", async (api) => {
    const first = await api.ok(PATH, ask({ a: things(5) }));
    const second = await api.ok(PATH, ask({ a: things(5) }, { cursors: first["nextCursor"] }));
    expect([second["items"].a, second["nextCursor"]]).toEqual([[], {}]);
  }),
  query.accepts("cursors", "null means: from the start", ask({ a: things(1) }, { cursors: { a: null } }), {
    items: { a: [id("t1")] },
  }),
  query.check("cursors", "children are those of the parent's page", async (api) => {
    const expressions = { a: things(1), b: { nodes: { from: "a", through: parent, direction: "inwards" } } };
    const first = await api.ok(PATH, ask(expressions));
    expect(names(first["items"].b)).toEqual(["t2", "t3"]);
    const second = await api.ok(PATH, ask(expressions, { cursors: { a: first["nextCursor"].a } }));
    expect([names(second["items"].a), names(second["items"].b)]).toEqual([["t2"], ["t4"]]);
  }),
  query.check("cursors", "a child pages while its parent stays", async (api) => {
    const expressions = { a: things(1), b: { nodes: { from: "a", through: parent, direction: "inwards" }, limit: 1 } };
    const first = await api.ok(PATH, ask(expressions));
    const second = await api.ok(PATH, ask(expressions, { cursors: { a: null, b: first["nextCursor"].b } }));
    expect([names(first["items"].b), names(second["items"].b)]).toEqual([["t2"], ["t3"]]);
  }),
  query.check("cursors", "of a sorted expression", async (api) => {
    const expressions = { a: { ...things(2), sort: [{ property: thing("size"), direction: "descending" }] } };
    const given: string[] = [];
    let cursors: Json = {};
    do {
      const answer: Json = await api.ok(PATH, ask(expressions, { cursors }));
      given.push(...names(answer["items"].a));
      cursors = answer["nextCursor"];
    } while (cursors["a"] !== undefined);
    expect(given).toEqual(["t3", "t2", "t4", "t1", "t5"]);
  }),
  query.check(
    "cursors",
    "of another query are refused",
    async (api) => {
      const { nextCursor } = await api.ok(PATH, ask({ a: things(1) }));
      expect((await api.post(PATH, ask({ a: { nodes: {}, limit: 1 } }, { cursors: nextCursor }))).status).toBe(400);
    },
    400,
  ),
  query.refuses("cursors", "that no query gave", ask({ a: things(1) }, { cursors: { a: "abc" } }), "Invalid cursor"),
  query.refuses(
    "cursors",
    "of an unknown expression",
    ask({ a: things(1) }, { cursors: { b: null } }),
    "Unknown result set expression 'b' in 'cursors'",
  ),
  query.check("with", "the limit of an expression is 100 when left out", async (api) => {
    const items = Array.from({ length: 101 }, (_, index) => ({
      instanceType: "node",
      space: "e",
      externalId: `n${index}`,
    }));
    await api.ok("/models/instances", { items });
    const filter = { equals: { property: ["node", "space"], value: "e" } };
    const answer = await api.ok(PATH, ask({ a: { nodes: { filter } } }));
    expect([answer["items"].a.length, Object.keys(answer["nextCursor"])]).toEqual([100, ["a"]]);
    await api.ok("/models/instances/delete", { items });
  }),
  query.accepts(
    "parameters",
    "stand for values of filters",
    ask({ a: byName({ parameter: "name" }) }, { parameters: { name: "Beta pump" } }),
    { items: { a: [id("t2")] } },
  ),
  query.check("parameters", "lists for in", async (api) => {
    const filter = { in: { property: thing("size"), values: { parameter: "sizes" } } };
    const { items } = await api.ok(PATH, ask({ a: { nodes: { filter } } }, { parameters: { sizes: [1, 3] } }));
    expect(names(items.a)).toEqual(["t1", "t3"]);
  }),
  query.refuses(
    "parameters",
    "an unknown one",
    ask({ a: byName({ parameter: "name" }) }, { parameters: {} }),
    "Unknown parameter 'name'",
  ),
  query.refuses(
    "parameters",
    "a value of another type",
    ask({ a: byName({ parameter: "name" }) }, { parameters: { name: 5 } }),
    "of type text in a filter",
  ),
  query.accepts(
    "includeTyping",
    "gives the facts of what each expression returns",
    {
      with: { a: things(1) },
      select: { a: { sources: [{ source: view("Thing"), properties: ["size"] }] } },
      includeTyping: true,
    },
    { typing: { a: { m: { "Thing/v1": { size: { type: { type: "int32", list: false } } } } } } },
  ),
  query.check("includeTyping", "left out, there is no typing", async (api) => {
    expect(await api.ok(PATH, ask({ a: things(1) }))).not.toHaveProperty("typing");
  }),
  query.refuses(
    "debug",
    "timeout: what takes longer, where no results are asked for",
    ask({ a: things(1) }, { debug: { emitResults: false, timeout: 0 } }),
    "Graph query timed out",
    408,
  ),
  query.check("debug", "tells of relations without an index, and of those that cursors are bad for", async (api) => {
    const inwards = { a: things(1), b: { nodes: { from: "a", through: parent, direction: "inwards" } } };
    expect(await notices(api, inwards)).toEqual([["unindexedThrough", "b"]]);
    const outwards = { a: things(1), b: { nodes: { from: "a", through: parent, direction: "outwards" } } };
    expect(await notices(api, outwards)).toEqual([["intractableDirectRelationsCursor", "b"]]);
  }),
  query.check("debug", "tells of hasData over many containers", async (api) => {
    const many = ["Thing", "Machine", "Link"].map((externalId) => ({ type: "container", space: "m", externalId }));
    expect(await notices(api, { a: { nodes: { filter: { hasData: many } } } })).toEqual([
      ["significantHasDataFiltering", "a"],
    ]);
  }),
  query.accepts(
    "debug",
    "with emitResults false there are no items and no cursors",
    ask({ a: things(1) }, { debug: { emitResults: false } }),
    { items: { a: [] }, nextCursor: {}, debug: { notices: [] } },
  ),
  query.refuses(
    "debug",
    "unknown fields",
    ask({ a: things(1) }, { debug: { emit: true } }),
    "Unexpected field - debug.emit",
  ),
];
