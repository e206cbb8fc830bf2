import { expect } from "vitest";
import type { Api, Json } from "../api.js";
import { type ContractArea, type ContractCase, casesOf } from "../case.js";
import { applyRules } from "./apply-rules.js";
import { applyValues } from "./apply-values.js";
import { container, edge, id, makeSchema, node, nodes, view } from "./instances-world.js";

const upsert = casesOf("POST /models/instances");

const read = async (api: Api, externalId: string): Promise<Json | undefined> =>
  (await api.ok("/models/instances/byids", { items: nodes(externalId) }))["items"][0];

const write = (api: Api, items: readonly Json[], options: Json = {}) =>
  api.post("/models/instances", { items, ...options });

const conflict = "A version conflict caused the ingest to fail.";

/** Items, deletes, ends of edges, targets, versions: what an upsert is told beside values. */
const options: readonly ContractCase[] = [
  upsert.accepts(
    "items",
    "makes a node: version 1, modified",
    { items: [node("n1")] },
    {
      items: [{ instanceType: "node", ...id("n1"), version: 1, wasModified: true, createdTime: expect.any(Number) }],
      deleted: [],
    },
  ),
  upsert.check("items", "makes an edge between nodes that are there", async (api) => {
    await api.ok("/models/instances", { items: [node("a"), node("b"), edge("ab", "a", "b", { length: 1 })] });
    const items = [{ instanceType: "edge", ...id("ab") }];
    const answer = await api.ok("/models/instances/byids", { items, sources: [{ source: view("Link") }] });
    expect(answer["items"]).toMatchObject([
      { type: id("wire"), startNode: id("a"), endNode: id("b"), properties: { m: { "Link/v1": { length: 1 } } } },
    ]);
  }),
  upsert.check("items", "answers in the order of the request", async (api) => {
    const { items } = await api.ok("/models/instances", { items: [node("z"), node("y"), node("x")] });
    expect(items.map((item: Json) => item["externalId"])).toEqual(["z", "y", "x"]);
  }),
  upsert.check("items", "the type of a node is kept when left out, and cleared by null", async (api) => {
    await api.ok("/models/instances", { items: [{ ...node("typed"), type: id("T") }] });
    await api.ok("/models/instances", { items: [node("typed")] });
    expect(await read(api, "typed")).toMatchObject({ type: id("T") });
    // The service's document knows no null here, though clients send it.
    expect((await api.post("/models/instances", { items: [{ ...node("typed"), type: null }] }, false)).status).toBe(
      200,
    );
    expect(await read(api, "typed")).not.toHaveProperty("type");
  }),
  upsert.check("items", "the ends of an edge may change: that is a modification", async (api) => {
    await api.ok("/models/instances", { items: [node("p"), node("q"), edge("moves", "p", "q")] });
    const { items } = await api.ok("/models/instances", { items: [edge("moves", "q", "p")] });
    expect(items[0]).toMatchObject({ version: 2, wasModified: true });
  }),
  upsert.accepts("items", "none, with deletes only", { items: [], delete: nodes("none") }, { items: [], deleted: [] }),
  upsert.refuses(
    "items",
    "more than 1,000",
    { items: Array.from({ length: 1001 }, (_, index) => node(`${index}`)) },
    "size must be between 0 and 1000",
  ),
  upsert.refuses(
    "items",
    "more than 1,000 with the deletes",
    {
      items: Array.from({ length: 600 }, (_, index) => node(`${index}`)),
      delete: nodes(...Array.from({ length: 401 }, (_, index) => `d${index}`)),
    },
    "at most 1000 instances together",
  ),
  upsert.refuses("items", "the same instance twice", { items: [node("n"), node("n")] }, "Duplicate instance"),
  upsert.refuses(
    "items",
    "an unknown space",
    { items: [{ ...node("n"), space: "none" }] },
    "One or more spaces do not exist: 'none'",
  ),
  upsert.refuses("items", "system spaces", { items: [{ ...node("n"), space: "cdf_cdm" }] }, "system space"),
  upsert.refuses(
    "items",
    "external ids of more than 256 characters",
    { items: [node("x".repeat(257))] },
    "size must be between 1 and 256",
  ),
  upsert.refuses("items", "external ids with NUL", { items: [node("a\0")] }, "NUL"),
  upsert.refuses(
    "items",
    "edges without ends",
    { items: [{ instanceType: "edge", ...id("e"), type: id("wire") }] },
    "startNode must not be null",
  ),
  upsert.refuses(
    "items",
    "unknown fields",
    { items: [{ ...node("n"), source: [] }] },
    "Unexpected field - items[0].source",
  ),
  upsert.check(
    "items",
    "a node cannot become an edge",
    async (api) => {
      await api.ok("/models/instances", { items: [node("stays"), node("other")] });
      const answer = await write(api, [edge("stays", "other", "other")]);
      expect(answer).toMatchObject({
        status: 400,
        body: { error: { message: expect.stringContaining("it exists as node") } },
      });
    },
    400,
  ),
  upsert.check(
    "items",
    "is one transaction: a failure leaves nothing",
    async (api) => {
      const answer = await write(api, [node("whole"), node("broken", { size: "x" })]);
      expect(answer.status).toBe(400);
      expect(await read(api, "whole")).toBeUndefined();
    },
    400,
  ),

  upsert.check("delete", "deletes in the same transaction", async (api) => {
    await api.ok("/models/instances", { items: [node("old")] });
    const answer = await api.ok("/models/instances", { items: [node("new")], delete: nodes("old", "none") });
    expect(answer).toMatchObject({ items: [id("new")], deleted: [{ instanceType: "node", ...id("old") }] });
    expect(await read(api, "old")).toBeUndefined();
  }),
  upsert.refuses(
    "delete",
    "what is written by the same request",
    { items: [node("n")], delete: nodes("n") },
    "Duplicate instance",
  ),
  upsert.refuses(
    "delete",
    "an unknown space",
    { items: [], delete: [{ instanceType: "node", space: "none", externalId: "x" }] },
    "One or more spaces do not exist",
  ),

  upsert.check("autoCreateDirectRelations", "is on: missing targets are made bare, in no view", async (api) => {
    await api.ok("/models/instances", { items: [node("points", { parent: id("target") })] });
    expect(await read(api, "target")).not.toHaveProperty("type");
    const { items } = await api.ok("/models/instances/list", { sources: [{ source: view("Thing") }] });
    expect(items.map((item: Json) => item["externalId"])).not.toContain("target");
  }),
  upsert.check("autoCreateDirectRelations", "false leaves a dangling reference", async (api) => {
    await api.ok("/models/instances", {
      items: [node("dangles", { parent: id("nowhere") })],
      autoCreateDirectRelations: false,
    });
    expect(await read(api, "nowhere")).toBeUndefined();
    const { items } = await api.ok("/models/instances/byids", {
      items: nodes("dangles"),
      sources: [{ source: view("Thing") }],
    });
    expect(items[0].properties.m["Thing/v1"].parent).toEqual(id("nowhere"));
  }),
  upsert.check(
    "autoCreateDirectRelations",
    "a target with a required container must be there with data",
    async (api) => {
      const machine = (model: string) => node("wants", { serial: "wants", model: id(model) }, "Machine");
      await api.ok("/models/instances", { items: [node("empty"), node("filled", {})] });
      for (const target of ["missing", "empty"]) {
        expect(await write(api, [machine(target)])).toMatchObject({
          status: 400,
          body: { error: { message: expect.stringContaining("must exist and have data") } },
        });
      }
      await api.ok("/models/instances", { items: [machine("filled")] });
    },
  ),
  upsert.refuses(
    "autoCreateDirectRelations",
    "an edge as a target",
    { items: [node("u"), node("v"), edge("uv", "u", "v"), node("w", { parent: id("uv") })] },
    "is an edge, expected a node",
  ),

  upsert.refuses(
    "autoCreateStartNodes",
    "off: the start must be there",
    { items: [node("there"), edge("e", "not_there", "there")] },
    "its start node 'd:not_there' does not exist",
    409,
  ),
  upsert.refuses(
    "autoCreateEndNodes",
    "off: the end must be there",
    { items: [node("there"), edge("e", "there", "not_there")] },
    "its end node 'd:not_there' does not exist",
    409,
  ),
  upsert.check("autoCreateStartNodes", "on: the start is made", async (api) => {
    await api.ok("/models/instances", {
      items: [node("there"), edge("s1", "made_start", "there")],
      autoCreateStartNodes: true,
    });
    expect(await read(api, "made_start")).toBeDefined();
  }),
  upsert.check("autoCreateEndNodes", "on: the end is made", async (api) => {
    await api.ok("/models/instances", {
      items: [node("there"), edge("s2", "there", "made_end")],
      autoCreateEndNodes: true,
    });
    expect(await read(api, "made_end")).toBeDefined();
  }),

  upsert.check(
    "items",
    "existingVersion: a conflict only if the stored version is greater",
    async (api) => {
      await api.ok("/models/instances", { items: [node("versioned", { size: 1 })] });
      await api.ok("/models/instances", { items: [node("versioned", { size: 2 })] });
      const at = (existingVersion: number, size: number) =>
        write(api, [{ ...node("versioned", { size }), existingVersion }]);
      expect(await at(1, 3)).toMatchObject({ status: 409, body: { error: { code: 409, message: conflict } } });
      expect((await at(2, 3)).status).toBe(200);
      expect((await at(9, 4)).status).toBe(200);
      expect((await at(0, 5)).status).toBe(409);
      expect((await write(api, [{ ...node("fresh"), existingVersion: 0 }])).status).toBe(200);
    },
    409,
  ),
  upsert.check(
    "delete",
    "existingVersion conflicts alike",
    async (api) => {
      await api.ok("/models/instances", { items: [node("kept", { size: 1 })] });
      await api.ok("/models/instances", { items: [node("kept", { size: 2 })] });
      const [old] = nodes("kept");
      const answer = await api.post("/models/instances", { items: [], delete: [{ ...old, existingVersion: 1 }] });
      expect(answer).toMatchObject({ status: 409, body: { error: { message: conflict } } });
    },
    409,
  ),
  upsert.check("skipOnVersionConflict", "leaves such items as they are, and writes the others", async (api) => {
    await api.ok("/models/instances", { items: [node("skipped", { size: 1 })] });
    const items = [{ ...node("skipped", { size: 2 }), existingVersion: 0 }, node("written", { size: 1 })];
    const answer = await api.ok("/models/instances", { items, skipOnVersionConflict: true });
    expect(answer["items"]).toMatchObject([{ version: 1, wasModified: false }, { wasModified: true }]);
  }),

  upsert.check(
    "replace",
    "resets what is not given in every container touched, even what the view does not map",
    async (api) => {
      await api.ok("/models/instances", { items: [node("base", {})] });
      const sources = [
        { source: view("Thing"), properties: { name: "n" } },
        { source: container("Machine"), properties: { serial: "replaced", code: 1, hidden: "changed" } },
      ];
      await api.ok("/models/instances", { items: [{ ...node("replaced"), sources }] });
      await api.ok("/models/instances", {
        items: [node("replaced", { serial: "replaced" }, "Machine")],
        replace: true,
      });
      const read = async (source: Json) =>
        (await api.ok("/models/instances/byids", { items: nodes("replaced"), sources: [{ source }] }))["items"][0]
          .properties.m;
      expect((await read(view("Machine")))["Machine/v1"]).toMatchObject({ serial: "replaced", code: 7 });
      expect((await read(view("Machine")))["Machine/v1"]).not.toHaveProperty("name");
      const kept = { equals: { property: ["m", "Machine", "hidden"], value: "kept" } };
      const { items } = await api.ok("/models/instances/list", { filter: kept });
      expect(items.map((item: Json) => item["externalId"])).toContain("replaced");
    },
  ),
  upsert.check("replace", "leaves alone the containers that are not touched", async (api) => {
    const sources = [
      { source: view("Thing"), properties: { name: "n" } },
      { source: container("Machine"), properties: { serial: "untouched", code: 1 } },
    ];
    await api.ok("/models/instances", { items: [{ ...node("untouched"), sources }] });
    await api.ok("/models/instances", { items: [node("untouched", { size: 1 })], replace: true });
    const { items } = await api.ok("/models/instances/byids", {
      items: nodes("untouched"),
      sources: [{ source: view("Machine") }],
    });
    expect(items[0].properties.m["Machine/v1"]).toEqual({
      size: 1,
      serial: "untouched",
      code: 1,
      number: expect.any(Number),
    });
  }),
  upsert.refuses(
    "replace",
    "without required values",
    { items: [node("x", { code: 1 }, "Machine")], replace: true },
    "Missing required values of container 'm:Machine'",
  ),
];

export const apply: ContractArea = {
  name: "apply",
  world: makeSchema,
  cases: [...options, ...applyRules, ...applyValues],
};
