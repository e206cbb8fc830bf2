import { expect } from "vitest";
import type { Json } from "../api.js";
import { type ContractCase, casesOf } from "../case.js";
import { id, names, shown, thing, view } from "./instances-world.js";

const query = casesOf("POST /models/instances/query");

const PATH = "/models/instances/query";
const from = (...ids: readonly string[]) => ({ nodes: { filter: { instanceReferences: ids.map(id) } } });
const t1 = from("t1");

/** What of the sets of a query is returned. */
export const querySelects: readonly ContractCase[] = [
  query.check("select", "what is not selected is not returned", async (api) => {
    const answer = await api.ok(PATH, {
      with: { a: t1, r: { edges: { from: "a", maxDistance: 1 } } },
      select: { r: {} },
    });
    expect(Object.keys(answer["items"])).toEqual(["r"]);
  }),
  query.check("select", "sources do not filter: the block of a view without data is left out", async (api) => {
    const sources = [{ source: view("Thing"), properties: ["name"] }];
    const { items } = await api.ok(PATH, { with: { r: from("t1", "bare") }, select: { r: { sources } } });
    expect(items.r.map((item: Json) => item["properties"])).toEqual([
      { m: { "Thing/v1": { name: "Alpha pump" } } },
      {},
    ]);
  }),
  ...["*", ".*"].map((every) =>
    query.check("select", `${every} stands for all properties`, async (api) => {
      const sources = [{ source: view("Thing"), properties: [every] }];
      const { items } = await api.ok(PATH, { with: { r: from("t4") }, select: { r: { sources } } });
      expect(shown(items.r[0])).toEqual({ name: "Äpfel", size: 2, parent: id("t2") });
    }),
  ),
  query.check("select", "targetUnits", async (api) => {
    const sources = [
      {
        source: view("Thing"),
        properties: ["weight"],
        targetUnits: [{ property: "weight", unit: { externalId: "mass:gm" } }],
      },
    ];
    const { items } = await api.ok(PATH, { with: { r: t1 }, select: { r: { sources } } });
    expect(shown(items.r[0])).toEqual({ weight: 10_000 });
  }),
  query.check("select", "sort orders the page", async (api) => {
    const sort = [{ property: thing("size"), direction: "descending" }];
    const { items } = await api.ok(PATH, { with: { r: from("t1", "t2", "t3") }, select: { r: { sort } } });
    expect(names(items.r)).toEqual(["t3", "t2", "t1"]);
  }),
  query.check("select", "limit: the smaller of both", async (api) => {
    const { items } = await api.ok(PATH, {
      with: { r: { ...from("t1", "t2", "t3"), limit: 3 } },
      select: { r: { limit: 2 } },
    });
    expect(names(items.r)).toEqual(["t1", "t2"]);
  }),
  query.refuses(
    "select",
    "an unknown expression",
    { with: { a: t1 }, select: { b: {} } },
    "Unknown result set expression 'b' in 'select'",
  ),
  query.refuses("select", "none", { with: { a: t1 }, select: {} }, "size must be between 1 and 50"),
  query.refuses(
    "select",
    "sources without properties",
    { with: { a: t1 }, select: { a: { sources: [{ source: view("Thing") }] } } },
    "properties must not be null",
  ),
  query.refuses(
    "select",
    "an unknown property",
    { with: { a: t1 }, select: { a: { sources: [{ source: view("Thing"), properties: ["none"] }] } } },
    "Unknown property 'none' to select",
  ),
  query.refuses(
    "select",
    "a connection",
    { with: { a: t1 }, select: { a: { sources: [{ source: view("Thing"), properties: ["wires"] }] } } },
    "it is a connection",
  ),
  query.refuses(
    "select",
    "an unknown view",
    { with: { a: t1 }, select: { a: { sources: [{ source: view("None"), properties: ["*"] }] } } },
    "One or more views do not exist",
  ),
  query.refuses(
    "select",
    "more than 10 sources",
    { with: { a: t1 }, select: { a: { sources: Array(11).fill({ source: view("Thing"), properties: ["*"] }) } } },
    "size must be between 0 and 10",
  ),
];
