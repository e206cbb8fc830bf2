import { expect } from "vitest";
import type { Api, Json } from "../api.js";
import { type ContractCase, casesOf } from "../case.js";
import { container, id, node, nodes, view } from "./instances-world.js";

const upsert = casesOf("POST /models/instances");

const through = async (api: Api, externalId: string, name: string): Promise<Json | undefined> =>
  (await api.ok("/models/instances/byids", { items: nodes(externalId), sources: [{ source: view(name) }] }))["items"][0]
    ?.properties.m[`${name}/v1`];

const message = (words: string) => ({ status: 400, body: { error: { message: expect.stringContaining(words) } } });

/** Rows, patches, constraints and defaults: the rules most often got wrong among them. */
export const applyRules: readonly ContractCase[] = [
  upsert.check("items", "a write through a view makes a row in every container that it maps", async (api) => {
    await api.ok("/models/instances", { items: [node("rows", { serial: "rows" }, "Machine")] });
    const { items } = await api.ok("/models/instances/inspect", {
      items: nodes("rows"),
      inspectionOperations: { involvedContainers: {} },
    });
    expect(items[0].inspectionResults.involvedContainers).toEqual(
      expect.arrayContaining([container("Thing"), container("Machine")]),
    );
  }),
  upsert.check("items", "a write through a container makes a row in that one only", async (api) => {
    await api.ok("/models/instances", {
      items: [{ ...node("single"), sources: [{ source: container("Thing"), properties: { name: "x" } }] }],
    });
    const { items } = await api.ok("/models/instances/inspect", {
      items: nodes("single"),
      inspectionOperations: { involvedContainers: {} },
    });
    expect(items[0].inspectionResults.involvedContainers).toEqual([container("Thing")]);
  }),
  upsert.check("items", "hasData is the existence of a row, whatever is in it", async (api) => {
    await api.ok("/models/instances", { items: [node("nulls", { name: null })] });
    const { items } = await api.ok("/models/instances/list", {
      filter: { and: [{ hasData: [view("Thing")] }, { instanceReferences: [id("nulls")] }] },
    });
    expect(items).toHaveLength(1);
  }),
  upsert.check("items", "only the properties that are named change", async (api) => {
    await api.ok("/models/instances", { items: [node("patched", { name: "n", size: 1, tags: ["a", "b"] })] });
    await api.ok("/models/instances", { items: [node("patched", { size: 2, tags: ["c"] })] });
    expect(await through(api, "patched", "Thing")).toEqual({ name: "n", size: 2, tags: ["c"] });
  }),
  upsert.check("items", "null clears a value, and null values are left out of answers", async (api) => {
    await api.ok("/models/instances", { items: [node("cleared", { name: "n", size: 1 })] });
    await api.ok("/models/instances", { items: [node("cleared", { name: null })] });
    expect(await through(api, "cleared", "Thing")).toEqual({ size: 1 });
  }),
  upsert.check("items", "a no-op write keeps version and time, and says so", async (api) => {
    const first = await api.ok("/models/instances", { items: [node("noop", { name: "n", info: { a: 1, b: 2 } })] });
    api.later(1000);
    const second = await api.ok("/models/instances", { items: [node("noop", { info: { b: 2, a: 1 } })] });
    expect(second["items"][0]).toEqual({ ...first["items"][0], wasModified: false });
  }),
  upsert.check("items", "a change raises the version and the time", async (api) => {
    const first = await api.ok("/models/instances", { items: [node("changed", { name: "n" })] });
    const second = await api.ok("/models/instances", { items: [node("changed", { name: "m" })] });
    expect(second["items"][0]).toMatchObject({
      version: 2,
      wasModified: true,
      createdTime: first["items"][0].createdTime,
    });
    expect(second["items"][0].lastUpdatedTime).toBeGreaterThan(first["items"][0].lastUpdatedTime);
  }),
  upsert.check("items", "the same property through two sources: the last wins", async (api) => {
    const sources = [
      { source: view("Thing"), properties: { name: "first" } },
      { source: container("Thing"), properties: { name: "last" } },
    ];
    await api.ok("/models/instances", { items: [{ ...node("two_sources"), sources }] });
    expect(await through(api, "two_sources", "Thing")).toEqual({ name: "last" });
  }),
  upsert.check("items", "defaults and counters fill in what a new row leaves out", async (api) => {
    await api.ok("/models/instances", { items: ["c1", "c2"].map((name) => node(name, { serial: name }, "Machine")) });
    const first = await through(api, "c1", "Machine");
    expect(first).toMatchObject({ code: 7, number: expect.any(Number) });
    expect(await through(api, "c2", "Machine")).toMatchObject({ number: first?.["number"] + 1 });
  }),
  upsert.check("items", "a counter goes on after a larger value that was given", async (api) => {
    await api.ok("/models/instances", { items: [node("big", { serial: "big", number: 1000 }, "Machine")] });
    await api.ok("/models/instances", { items: [node("next", { serial: "next" }, "Machine")] });
    expect(await through(api, "next", "Machine")).toMatchObject({ number: 1001 });
  }),
  upsert.refuses(
    "items",
    "a new row without its required value",
    { items: [node("x", { code: 1 }, "Machine")] },
    "Missing required values of container 'm:Machine' in node 'd:x': 'serial'",
  ),
  upsert.refuses(
    "items",
    "a new row through a view that cannot supply a required value",
    { items: [node("x", { code: 1 }, "Code")] },
    "is not writable for new instances",
  ),
  upsert.refuses(
    "items",
    "null for a required value",
    { items: [node("x", { serial: null }, "Machine")] },
    "it cannot be null",
  ),
  upsert.check(
    "items",
    "an immutable value cannot change, and may be written again",
    async (api) => {
      await api.ok("/models/instances", { items: [node("fixed", { serial: "fixed" }, "Machine")] });
      await api.ok("/models/instances", { items: [node("fixed", { serial: "fixed", code: 8 }, "Machine")] });
      const answer = await api.post("/models/instances", { items: [node("fixed", { serial: "other" }, "Machine")] });
      expect(answer).toMatchObject(message("it is immutable and already set"));
    },
    400,
  ),
  upsert.check(
    "items",
    "uniqueness holds between requests and within one, and ends with the instance",
    async (api) => {
      const machine = (name: string) => node(name, { serial: "only one" }, "Machine");
      await api.ok("/models/instances", { items: [machine("u1")] });
      expect(await api.post("/models/instances", { items: [machine("u2")] })).toMatchObject(
        message("Uniqueness constraint 'uniqueSerial'"),
      );
      await api.ok("/models/instances", { items: [machine("u2")], delete: nodes("u1") });
      const pair = ["u3", "u4"].map((name) => node(name, { serial: "pair" }, "Machine"));
      expect(await api.post("/models/instances", { items: pair })).toMatchObject(message("Uniqueness constraint"));
    },
    400,
  ),
  upsert.check(
    "items",
    "requires holds at the end of the transaction",
    async (api) => {
      const source = { source: container("Machine"), properties: { serial: "required" } };
      const alone = { ...node("required"), sources: [source] };
      expect(await api.post("/models/instances", { items: [alone] })).toMatchObject(
        message("must also have data in container 'm:Thing'"),
      );
      await api.ok("/models/instances", {
        items: [{ ...alone, sources: [source, { source: container("Thing"), properties: {} }] }],
      });
    },
    400,
  ),
  upsert.refuses(
    "items",
    "nodes in containers for edges",
    { items: [node("x", { length: 1 }, "Link")] },
    "can only be used for edges",
  ),
  upsert.refuses(
    "items",
    "an unknown view",
    { items: [node("x", {}, "None")] },
    "One or more views do not exist: 'm:None/v1'",
  ),
  upsert.refuses(
    "items",
    "an unknown container",
    { items: [{ ...node("x"), sources: [{ source: container("None"), properties: {} }] }] },
    "One or more containers do not exist: 'm:None'",
  ),
  upsert.refuses("items", "an unknown property", { items: [node("x", { nmae: "x" })] }, "Unknown property 'nmae'"),
  upsert.refuses(
    "items",
    "an edge connection",
    { items: [node("x", { wires: [] })] },
    "it is a connection, which holds no data",
  ),
  upsert.refuses(
    "items",
    "a reverse relation",
    { items: [node("x", { children: [] })] },
    "it is a connection, which holds no data",
  ),
  upsert.refuses(
    "items",
    "more than 100 sources",
    { items: [{ ...node("x"), sources: Array(101).fill({ source: view("Thing"), properties: {} }) }] },
    "size must be between 1 and 100",
  ),
  upsert.refuses(
    "items",
    "what the service computes",
    {
      items: [
        {
          ...node("x"),
          sources: [
            {
              source: { type: "view", space: "cdf_cdm", externalId: "CogniteAsset", version: "v1" },
              properties: { path: [] },
            },
          ],
        },
      ],
    },
    "the service computes it",
  ),
];
