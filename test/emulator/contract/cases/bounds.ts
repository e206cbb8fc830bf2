import { expect } from "vitest";
import type { Json } from "../api.js";
import { type ContractArea, type ContractCase, casesOf } from "../case.js";
import { type Row, schemaBounds } from "./bounds-schema.js";
import { numbered } from "./containers-world.js";
import { id, makeWorld, names, node, thing, view } from "./instances-world.js";

const instances = casesOf("POST /models/instances");
const list = casesOf("POST /models/instances/list");
const search = casesOf("POST /models/instances/search");
const aggregate = casesOf("POST /models/instances/aggregate");
const query = casesOf("POST /models/instances/query");
const sync = casesOf("POST /models/instances/sync");

const units = (count: number): Json => ({
  targetUnits: Array(count).fill({ property: "weight", unit: { externalId: "mass:lb" } }),
});
const sortBy = (count: number): readonly Json[] => Array(count).fill({ property: thing("size") });
const roots = { a: { nodes: { filter: { hasData: [view("Thing")] } } } };

/** Bounds of calls for instances. */
const data: readonly Row[] = [
  [instances, "items", "an external id without characters", { items: [node("")] }, "externalId"],
  [
    instances,
    "items",
    "a source without properties",
    { items: [{ ...node("x"), sources: [{ source: view("Thing") }] }] },
    "properties must not be null",
  ],
  [casesOf("POST /models/instances/delete"), "items", "none", { items: [] }, "items size must be between 1 and 1000"],
  [
    casesOf("POST /models/instances/inspect"),
    "items",
    "none",
    { items: [], inspectionOperations: {} },
    "items size must be between 1 and 1000",
  ],
  [
    list,
    "sources",
    "more than 10 targetUnits",
    { sources: [{ source: view("Thing"), ...units(11) }] },
    "targetUnits size must be between 1 and 10",
  ],
  [
    list,
    "sources",
    "targetUnits of nothing",
    { sources: [{ source: view("Thing"), ...units(0) }] },
    "targetUnits size must be between 1 and 10",
  ],
  [
    list,
    "filter",
    "nested with a scope of more than three parts",
    { filter: { nested: { scope: ["m", "Thing/v1", "parent", "x"], filter: { matchAll: {} } } } },
    "scope",
  ],
  [
    search,
    "properties",
    "targetUnits of nothing",
    { view: view("Thing"), ...units(0) },
    "targetUnits size must be between 1 and 10",
  ],
  [
    aggregate,
    "groupBy",
    "more than 5",
    { view: view("Thing"), groupBy: Array(6).fill("name") },
    "groupBy size must be between 1 and 5",
  ],
  [
    aggregate,
    "properties",
    "more than 200",
    { view: view("Thing"), properties: Array(201).fill("name") },
    "properties size must be between 1 and 200",
  ],
  [aggregate, "limit", "0", { view: view("Thing"), limit: 0 }, "must be between 1 and 1000"],
  [
    query,
    "cursors",
    "more than 50",
    { with: roots, select: { a: {} }, cursors: numbered(51, "x") },
    "cursors size must be between 0 and 50",
  ],
  [
    query,
    "select",
    "more than 5 sort keys",
    { with: roots, select: { a: { sort: sortBy(6) } } },
    "sort size must be between 0 and 5",
  ],
  [query, "select", "more than 50", { with: roots, select: numbered(51, {}) }, "select size must be between 1 and 50"],
  [
    query,
    "select",
    "more than 10 targetUnits",
    { with: roots, select: { a: { sources: [{ source: view("Thing"), properties: ["*"], ...units(11) }] } } },
    "targetUnits size must be between 1 and 10",
  ],
  [
    query,
    "with",
    "more than 5 keys of postSort",
    { with: { a: { edges: {}, postSort: sortBy(6) } }, select: { a: {} } },
    "postSort size must be between 0 and 5",
  ],
  [
    query,
    "with",
    "a limit of 0",
    { with: { a: { nodes: {}, limit: 0 } }, select: { a: {} } },
    "limit must be between 1 and 10000",
  ],
  [
    query,
    "with",
    "a limitEach of 0",
    { with: { ...roots, b: { edges: { from: "a", maxDistance: 1, limitEach: 0 } } }, select: { b: {} } },
    "limitEach must be between 1 and 2000",
  ],
  [sync, "with", "none", { with: {}, select: { a: {} } }, "with size must be between 1 and 50"],
  [
    sync,
    "with",
    "more than 50",
    { with: numbered(51, { nodes: {} }), select: { p0: {} } },
    "with size must be between 1 and 50",
  ],
  [
    sync,
    "with",
    "a limit of 0",
    { with: { a: { nodes: {}, limit: 0 } }, select: { a: {} } },
    "limit must be between 1 and 2000",
  ],
  [sync, "with", "postSort", { with: { a: { edges: {}, postSort: [] } }, select: { a: {} } }, "Unexpected field"],
  [
    sync,
    "cursors",
    "more than 50",
    { with: roots, select: { a: {} }, cursors: numbered(51, "x") },
    "cursors size must be between 0 and 50",
  ],
];

const systemUnits = {
  nodes: { filter: { hasData: [{ type: "view", space: "cdf_cdm", externalId: "CogniteUnit", version: "v1" }] } },
};
const named = {
  nodes: {
    filter: { equals: { property: ["node", "space"], value: "cdf_cdm_units" } },
  },
};

const others: readonly ContractCase[] = [
  casesOf("POST /models/instances/byids").check("items", "come in the order of the request", async (api) => {
    const items = ["t3", "t1", "t2"].map((name) => ({ instanceType: "node", ...id(name) }));
    expect(names((await api.ok("/models/instances/byids", { items }))["items"])).toEqual(["t3", "t1", "t2"]);
  }),
  query.check("parameters", "inside of nested", async (api) => {
    const filter = { equals: { property: thing("name"), value: { parameter: "name" } } };
    const { items } = await api.ok("/models/instances/query", {
      with: { a: { nodes: { filter: { nested: { scope: thing("parent"), filter } } } } },
      select: { a: {} },
      parameters: { name: "Beta pump" },
    });
    expect(names(items.a)).toEqual(["t4"]);
  }),
  list.accepts(
    "filter",
    "times of instances as ISO texts",
    {
      sources: [{ source: view("Thing") }],
      filter: { range: { property: ["node", "createdTime"], lt: "1900-01-01T00:00:00Z" } },
    },
    { items: [] },
  ),
  list.check("filter", "in of more than 5,000 values", async (api) => {
    const values = [...Array.from({ length: 6000 }, (_, at) => `none ${at}`), "Beta pump"];
    const { items } = await api.ok("/models/instances/list", { filter: { in: { property: thing("name"), values } } });
    expect(names(items)).toEqual(["t2"]);
  }),
  query.check("debug", "tells of filters that read many rows for each one that is given", async (api) => {
    await api.ok("/models/instances", { items: Array.from({ length: 20 }, (_, at) => node(`many${at}`, { size: 9 })) });
    const nodes = { filter: { equals: { property: thing("size"), value: 9 } } };
    const { debug } = await api.ok("/models/instances/query", {
      with: { a: { nodes, limit: 1 } },
      select: { a: {} },
      debug: {},
    });
    const notices = debug.notices.map(({ code, grade }: Json) => [code, grade]);
    expect(notices).toContainEqual(["significantPostFiltering", "C"]);
  }),
  instances.check(
    "items",
    "existingVersion 0 writes only what is not there",
    async (api) => {
      const body = { items: [{ ...node("once"), existingVersion: 0 }] };
      await api.ok("/models/instances", body);
      expect(await api.post("/models/instances", body)).toMatchObject({
        status: 409,
        body: { error: { code: 409, message: "A version conflict caused the ingest to fail." } },
      });
    },
    409,
  ),
  ...(["query", "sync"] as const).map((call) =>
    casesOf(`POST /models/instances/${call}`).check(
      "with",
      "nodes of system spaces come only when the filter names the space, or from others",
      async (api) => {
        const select = { hidden: {}, named: {} };
        const { items } = await api.ok(`/models/instances/${call}`, { with: { hidden: systemUnits, named }, select });
        expect([items.hidden.length, items.named.length]).toEqual([0, 100]);
      },
    ),
  ),
  list.check(
    "body",
    "packed wrongly is refused",
    async (api) => {
      const headers = { authorization: "Bearer token", "content-type": "application/json", "content-encoding": "gzip" };
      const answer = await api.raw("/models/instances/list", { method: "POST", body: "{}", headers });
      expect(answer.status).toBe(400);
    },
    400,
  ),
  list.check("headers", "cdf-version, x-cdp-app and x-cdp-sdk are taken", async (api) => {
    const told = { "cdf-version": "20230101-beta", "x-cdp-app": "app", "x-cdp-sdk": "sdk:1" };
    const headers = { authorization: "Bearer token", "content-type": "application/json", ...told };
    const answer = await api.raw("/models/instances/list", { method: "POST", body: "{}", headers });
    expect(answer.status).toBe(200);
  }),
  sync.check("with", "skipAlreadyDeleted off: earlier deletes come, but not with noBackfill", async (api) => {
    await api.ok("/models/instances", { items: [node("left"), node("gone")] });
    await api.ok("/models/instances/delete", { items: [{ instanceType: "node", ...id("gone") }] });
    const filter = { instanceReferences: [id("left"), id("gone")] };
    const ask = (mode: string) =>
      api.ok("/models/instances/sync", {
        with: { a: { nodes: { filter }, skipAlreadyDeleted: false, mode } },
        select: { a: {} },
      });
    expect(names((await ask("onePhase"))["items"].a)).toEqual(["left", "gone"]);
    expect((await ask("noBackfill"))["items"].a).toEqual([]);
  }),
];

/** Bounds and rules on names of every call. */
export const bounds: ContractArea = {
  name: "bounds",
  world: makeWorld,
  cases: [
    ...[...schemaBounds, ...data].map(([maker, option, name, body, words]) => maker.refuses(option, name, body, words)),
    ...others,
  ],
};
