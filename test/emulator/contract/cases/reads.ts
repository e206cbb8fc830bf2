import { expect } from "vitest";
import { type ContractArea, casesOf } from "../case.js";
import { container, edge, id, makeWorld, names, node, nodes, shown, view } from "./instances-world.js";
import { lists } from "./lists.js";

const byIds = casesOf("POST /models/instances/byids");
const remove = casesOf("POST /models/instances/delete");
const inspect = casesOf("POST /models/instances/inspect");

const sources = [{ source: view("Thing") }];
const inUnit = (externalId: string, property = "weight") => [
  { source: view("Thing"), targetUnits: [{ property, unit: { externalId } }] },
];

export const reads: ContractArea = {
  name: "reads",
  world: makeWorld,
  cases: [
    byIds.accepts(
      "items",
      "without sources gives the facts, and no properties",
      { items: nodes("t1") },
      {
        items: [
          {
            instanceType: "node",
            ...id("t1"),
            version: expect.any(Number),
            type: id("T"),
            createdTime: expect.any(Number),
            lastUpdatedTime: expect.any(Number),
          },
        ],
      },
    ),
    byIds.check("items", "leaves out unknown ids and spaces", async (api) => {
      const items = [...nodes("none", "t1"), { instanceType: "node", space: "nowhere", externalId: "x" }];
      const answer = await api.ok("/models/instances/byids", { items });
      expect(names(answer["items"])).toEqual(["t1"]);
      expect(answer["items"][0]).not.toHaveProperty("properties");
    }),
    byIds.check("items", "nodes and edges together", async (api) => {
      const items = [...nodes("t1"), { instanceType: "edge", ...id("e1") }, { instanceType: "edge", ...id("t2") }];
      expect(names((await api.ok("/models/instances/byids", { items }))["items"])).toEqual(["t1", "e1"]);
    }),
    byIds.accepts(
      "sources",
      "nest properties by space and view",
      { items: nodes("t4"), sources },
      { items: [{ properties: { m: { "Thing/v1": { name: "Äpfel", size: 2, parent: id("t2") } } } }] },
    ),
    byIds.check("sources", "an instance must be in all of them", async (api) => {
      const both = [...sources, { source: view("Machine") }];
      expect((await api.ok("/models/instances/byids", { items: nodes("t1", "bare"), sources: both }))["items"]).toEqual(
        [],
      );
      expect(
        names((await api.ok("/models/instances/byids", { items: nodes("t1", "bare"), sources }))["items"]),
      ).toEqual(["t1"]);
    }),
    byIds.check("sources", "a view's filter takes the place of hasData", async (api) => {
      const through = async (name: string) =>
        names(
          (
            await api.ok("/models/instances/byids", {
              items: nodes("t1", "t2", "bare"),
              sources: [{ source: view(name) }],
            })
          )["items"],
        );
      expect(await through("Red")).toEqual(["t1"]);
      expect(await through("Everything")).toEqual(["t1", "t2", "bare"]);
    }),
    byIds.check("sources", "targetUnits convert single values and lists", async (api) => {
      const read = async (unit: string, property?: string) =>
        shown(
          (await api.ok("/models/instances/byids", { items: nodes("t1"), sources: inUnit(unit, property) }))[
            "items"
          ][0],
        );
      expect((await read("mass:gm"))["weight"]).toBe(10_000);
      expect((await read("temperature:deg_f", "heat"))["heat"]).toEqual([32, 212]);
    }),
    byIds.check("sources", "targetUnits by unit system", async (api) => {
      const targetUnits = [{ property: "heat", unit: { unitSystemName: "SI" } }];
      const { items } = await api.ok("/models/instances/byids", {
        items: nodes("t1"),
        sources: [{ source: view("Thing"), targetUnits }],
      });
      expect(shown(items[0])["heat"]).toEqual([273.15, 373.15]);
    }),
    byIds.refuses(
      "sources",
      "targetUnits of a property without unit",
      { items: nodes("t1"), sources: inUnit("mass:gm", "size") },
      "it has no unit",
    ),
    byIds.refuses(
      "sources",
      "targetUnits of an unknown property",
      { items: nodes("t1"), sources: inUnit("mass:gm", "none") },
      "Unknown property 'none'",
    ),
    byIds.refuses(
      "sources",
      "targetUnits of another quantity",
      { items: nodes("t1"), sources: inUnit("length:m") },
      "different quantities",
    ),
    byIds.refuses(
      "sources",
      "an unknown unit system",
      {
        items: nodes("t1"),
        sources: [{ source: view("Thing"), targetUnits: [{ property: "weight", unit: { unitSystemName: "Metric" } }] }],
      },
      "Unknown unit system",
    ),
    byIds
      .as("differs", "some 150 units are known, others are 400")
      .refuses(
        "sources",
        "an unknown unit",
        { items: nodes("t1"), sources: inUnit("mass:stone") },
        "Unknown unit 'mass:stone'",
      ),
    byIds.refuses(
      "sources",
      "an unknown view",
      { items: nodes("t1"), sources: [{ source: view("None") }] },
      "One or more views do not exist: 'm:None/v1'",
    ),
    byIds.refuses("sources", "a container", { items: nodes("t1"), sources: [{ source: container("Thing") }] }, "type"),
    byIds.refuses(
      "sources",
      "more than 10",
      { items: nodes("t1"), sources: Array(11).fill(sources[0]) },
      "size must be between 0 and 10",
    ),
    byIds.accepts(
      "includeTyping",
      "gives the facts of what is returned",
      { items: nodes("t1"), sources, includeTyping: true },
      {
        typing: {
          m: {
            "Thing/v1": {
              name: { nullable: true, immutable: false, autoIncrement: false, type: { type: "text", list: false } },
            },
          },
        },
      },
    ),
    byIds.check("includeTyping", "left out, there is no typing", async (api) => {
      expect(await api.ok("/models/instances/byids", { items: nodes("t1"), sources })).not.toHaveProperty("typing");
    }),
    byIds.accepts(
      "includeTyping",
      "shows the unit that was asked for",
      { items: nodes("t1"), sources: inUnit("mass:gm"), includeTyping: true },
      { typing: { m: { "Thing/v1": { weight: { type: { unit: { externalId: "mass:gm" } } } } } } },
    ),
    byIds.refuses("items", "none", { items: [] }, "size must be between 1 and 1000"),
    byIds.refuses(
      "items",
      "more than 1,000",
      { items: nodes(...Array.from({ length: 1001 }, (_, index) => `${index}`)) },
      "size must be between 1 and 1000",
    ),
    byIds.refuses("items", "ids without a type of instance", { items: [id("t1")] }, "instanceType must not be null"),
    ...lists,

    inspect.check("inspectionOperations", "involvedViews: those whose containers all hold data", async (api) => {
      const { items } = await api.ok("/models/instances/inspect", {
        items: nodes("t1", "bare", "none"),
        inspectionOperations: { involvedViews: {} },
      });
      expect(names(items)).toEqual(["t1", "bare"]);
      const views = items[0].inspectionResults.involvedViews;
      expect(views).toEqual(expect.arrayContaining([view("Thing"), view("Red"), view("Everything")]));
      expect(views).not.toContainEqual(view("Machine"));
      expect(items[1].inspectionResults.involvedViews).toEqual([]);
    }),
    inspect.check("inspectionOperations", "allVersions: older versions too", async (api) => {
      await api.ok("/models/views", {
        items: [
          {
            space: "m",
            externalId: "Red",
            version: "v2",
            properties: { name: { container: container("Thing"), containerPropertyIdentifier: "name" } },
          },
        ],
      });
      const versions = async (allVersions: boolean) =>
        (
          await api.ok("/models/instances/inspect", {
            items: nodes("t1"),
            inspectionOperations: { involvedViews: { allVersions } },
          })
        )["items"][0].inspectionResults.involvedViews.filter(
          (item: { externalId: string }) => item.externalId === "Red",
        ).length;
      expect([await versions(false), await versions(true)]).toEqual([1, 2]);
    }),
    inspect.accepts(
      "inspectionOperations",
      "involvedContainers",
      { items: nodes("t1"), inspectionOperations: { involvedContainers: {} } },
      { items: [{ ...id("t1"), inspectionResults: { involvedContainers: [container("Thing")] } }] },
    ),
    inspect.refuses(
      "items",
      "more than 1,000",
      { items: nodes(...Array.from({ length: 1001 }, (_, index) => `${index}`)), inspectionOperations: {} },
      "size must be between 1 and 1000",
    ),

    remove.check("items", "answers with what was there, and the edges of a node go with it", async (api) => {
      await api.ok("/models/instances", { items: [node("x"), node("y"), edge("xy", "x", "y"), edge("yx", "y", "x")] });
      expect(await api.ok("/models/instances/delete", { items: nodes("x", "none") })).toEqual({ items: nodes("x") });
      const items = ["xy", "yx"].map((name) => ({ instanceType: "edge", ...id(name) }));
      expect((await api.ok("/models/instances/byids", { items }))["items"]).toEqual([]);
    }),
    remove.check("items", "relations that point at it stay", async (api) => {
      await api.ok("/models/instances", { items: [node("pointer", { parent: id("pointed") })] });
      await api.ok("/models/instances/delete", { items: nodes("pointed") });
      const { items } = await api.ok("/models/instances/byids", { items: nodes("pointer"), sources });
      expect(shown(items[0])["parent"]).toEqual(id("pointed"));
      await api.ok("/models/instances/delete", { items: nodes("pointer") });
    }),
    remove.check("items", "written again it is a new instance, of version 1 and without old values", async (api) => {
      await api.ok("/models/instances", { items: [node("again", { name: "old" })] });
      await api.ok("/models/instances", { items: [node("again", { name: "older" })] });
      await api.ok("/models/instances/delete", { items: nodes("again") });
      expect((await api.ok("/models/instances", { items: [node("again")] }))["items"][0].version).toBe(1);
      expect((await api.ok("/models/instances/byids", { items: nodes("again"), sources }))["items"]).toEqual([]);
      await api.ok("/models/instances/delete", { items: nodes("again") });
    }),
    remove.check(
      "items",
      "existingVersion: a conflict only if the stored version is greater",
      async (api) => {
        await api.ok("/models/instances", { items: [node("v", { size: 1 })] });
        await api.ok("/models/instances", { items: [node("v", { size: 2 })] });
        const at = (existingVersion: number) =>
          api.post("/models/instances/delete", { items: nodes("v").map((item) => ({ ...item, existingVersion })) });
        expect(await at(1)).toMatchObject({
          status: 409,
          body: { error: { message: "A version conflict caused the ingest to fail." } },
        });
        expect((await at(2)).body).toEqual({ items: nodes("v") });
      },
      409,
    ),
    remove.refuses(
      "items",
      "an unknown space",
      { items: [{ instanceType: "node", space: "none", externalId: "x" }] },
      "One or more spaces do not exist: 'none'",
    ),
    remove.refuses(
      "items",
      "system spaces",
      { items: [{ instanceType: "node", space: "cdf_cdm", externalId: "x" }] },
      "system space",
    ),
    remove.refuses(
      "items",
      "more than 1,000",
      { items: nodes(...Array.from({ length: 1001 }, (_, index) => `${index}`)) },
      "size must be between 1 and 1000",
    ),
  ],
};
