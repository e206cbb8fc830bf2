import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readModelDocument, resolveModels } from "../../src/codegen/index.js";
import { createEmulator } from "../../src/emulator/index.js";
import { PygenClient, token } from "../../src/index.js";
import type { IrModel } from "../../src/ir/index.js";
import {
  inBatches,
  incrementalId,
  type MockOptions,
  mockInstances,
  uuidId,
  withAffixes,
} from "../../src/mock/index.js";
import type { EdgeWrite, InstanceWrite, NodeWrite } from "../../src/models/index.js";
import { direct, edges, file, reverse, text, view } from "../ir/models.js";
import { farmModel } from "../runtime/farm.js";

const modelOf = (json: unknown): IrModel => resolveModels({ document: readModelDocument(json) })[0]!.model;

const plant = file({
  Asset: { properties: { name: { ...text, nullable: false }, tags: { type: { type: "text", list: true } } } },
  Turbine: {
    implements: [view("Asset")],
    properties: {
      capacity: { type: { type: "float64", unit: { externalId: "power:megaw" } }, nullable: false },
      count: { type: { type: "int32" }, nullable: false },
      big: { type: { type: "int64" }, nullable: false },
      isActive: { type: { type: "boolean" }, nullable: false },
      installed: { type: { type: "timestamp" }, nullable: false },
      serviced: { type: { type: "date" }, nullable: false },
      status: { type: { type: "enum", values: { running: {}, stopped: {} } }, nullable: false },
      settings: { type: { type: "json" }, nullable: false },
      farm: { ...direct(view("Farm")), nullable: false },
      similar: direct(view("Turbine"), true),
      part: direct(view("Asset")),
      anything: direct(),
      metmasts: edges(view("Metmast"), { edgeSource: view("Distance") }),
    },
  },
  Farm: { properties: { name: text, turbines: reverse(view("Turbine"), "farm") } },
  Metmast: { properties: { name: text, turbines: edges(view("Turbine"), { direction: "inwards" }) } },
  Distance: { usedFor: "edge", properties: { distance: { type: { type: "float64" }, nullable: false } } },
});
const model = modelOf(plant);
const made = (options: Partial<MockOptions> = {}, of = model): InstanceWrite[] => [
  ...mockInstances(of, { space: "test", ...options }),
];
const isNode = (item: InstanceWrite): item is NodeWrite => item.instanceType === "node";
const isEdge = (item: InstanceWrite): item is EdgeWrite => item.instanceType === "edge";
const of = (items: readonly InstanceWrite[], name: string) =>
  items.filter((item) => item.sources?.some(({ source }) => source.externalId === name));

async function stored(json: object, items: Iterable<InstanceWrite>): Promise<number> {
  const emulator = createEmulator();
  emulator.load(json);
  const { fetch } = emulator;
  const client = new PygenClient({
    baseUrl: "http://emulator",
    project: "demo",
    application: "t",
    credentials: token("t"),
    fetch,
  });
  await client.spaces.create([{ space: "test" }]);
  let count = 0;
  for (const batch of inBatches(items, 1_000)) count += (await client.instances.upsert(batch)).length;
  return count;
}

describe("mockInstances", () => {
  test("U1: makes so many nodes of each view, and edges between them, nodes first", () => {
    const items = made({ nodes: 7 });
    for (const name of ["Asset", "Turbine", "Farm", "Metmast"]) expect(of(items, name).filter(isNode)).toHaveLength(7);
    const edgesMade = items.filter(isEdge);
    expect(edgesMade.length).toBeGreaterThan(0);
    expect(items.findIndex(isEdge)).toBe(items.length - edgesMade.length);
    expect(edgesMade.every(({ sources }) => sources?.[0]?.source.externalId === "Distance")).toBe(true);
  });

  test("U1: the service takes all of it", async () => {
    const items = made({ nodes: 20, nulls: 0 });
    expect(await stored(plant, items)).toBe(items.length);
    const farm = made({ nodes: 20 }, modelOf(farmModel));
    expect(await stored(farmModel, farm)).toBe(farm.length);
  });

  test("U1: the same seed gives the same, another one something else", () => {
    expect(made({ seed: 3 })).toEqual(made({ seed: 3 }));
    expect(made({ seed: 3 })).not.toEqual(made({ seed: 4 }));
  });

  test("U1: a view that is added changes no other", () => {
    const { Farm, Metmast, ...rest } = {
      Farm: { properties: { name: text } },
      Metmast: {},
      Zone: { properties: { name: text } },
    };
    void Metmast;
    const small = made({}, modelOf(file({ Farm })));
    const large = made({}, modelOf(file({ Farm, ...rest })));
    expect(of(large, "Farm")).toEqual(small);
  });

  test("U1: nulls, edges, nodes, ids and values are as a view asks for", () => {
    const items = made({
      nulls: 1,
      views: {
        Turbine: { nodes: 2, edges: 0, externalId: withAffixes(incrementalId, { prefix: "wtg", separator: "-" }) },
        "s/Farm@v1": { nodes: 1, nulls: 0, properties: { name: ({ index }) => `Farm no. ${index}` } },
      },
    });
    expect(of(items, "Turbine").map(({ externalId }) => externalId)).toEqual(["wtg-turbine:1", "wtg-turbine:2"]);
    expect(of(items, "Farm")).toMatchObject([{ sources: [{ properties: { name: "Farm no. 0" } }] }]);
    expect(items.filter(isEdge)).toEqual([]);
    expect(of(items, "Metmast")).toMatchObject(Array.from({ length: 5 }, () => ({ sources: [{ properties: {} }] })));
  });

  test("U1: interfaces can be skipped; relations to them then point at what implements them", () => {
    const items = made({ skipInterfaces: true, nulls: 0 });
    expect(of(items, "Asset")).toEqual([]);
    const parts = of(items, "Turbine").map(({ sources }) => JSON.stringify(sources?.[0]?.properties["part"]));
    expect(parts.every((id) => id.includes('"turbine:'))).toBe(true);
  });

  test("U3: values are of their type, enums one of theirs, numbers where their unit has them, read-only ones left out", () => {
    const properties = of(made({ nodes: 50, nulls: 0 }), "Turbine").map(
      ({ sources }) => sources?.[0]?.properties ?? {},
    );
    for (const each of properties) {
      expect(each).toMatchObject({
        name: expect.stringMatching(/^Turbine \d+$/),
        isActive: expect.any(Boolean),
        installed: expect.stringMatching(/^2024-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        serviced: expect.stringMatching(/^2024-\d\d-\d\d$/),
        status: expect.stringMatching(/^(running|stopped)$/),
        farm: { space: "test", externalId: expect.stringMatching(/^farm:[1-5]?\d$/) },
      });
      expect(Number.isInteger(each["count"]) && Number.isInteger(each["big"])).toBe(true);
      expect(each["capacity"]).toBeGreaterThanOrEqual(0);
      expect(each["capacity"]).toBeLessThanOrEqual(20);
    }
  });

  test("U3: a relation never asks for more targets than there are, nor twice for one", () => {
    const items = made({ nodes: 30, edges: 10, nulls: 0, views: { Metmast: { nodes: 2 } } });
    const seen = new Set(items.map(({ instanceType, externalId }) => `${instanceType} ${externalId}`));
    expect(seen.size).toBe(items.length);
    const ends = items.filter(isEdge).map(({ startNode, endNode }) => `${startNode.externalId} ${endNode.externalId}`);
    expect(new Set(ends).size).toBe(ends.length);
    const nodes = new Set(items.filter(isNode).map(({ externalId }) => externalId));
    expect(
      items
        .filter(isEdge)
        .every(({ startNode, endNode }) => nodes.has(startNode.externalId) && nodes.has(endNode.externalId)),
    ).toBe(true);
  });

  test("U4: ids are made once for each node, and stay within 255 characters", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.integer({ min: 1, max: 50 }), (suffix, nodes) => {
        const ids = made({
          nodes,
          views: { Farm: { externalId: withAffixes(uuidId, { prefix: false, suffix: suffix.slice(0, 100) }) } },
        })
          .filter(isNode)
          .map(({ externalId }) => externalId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(Math.max(...ids.map(({ length }) => length))).toBeLessThanOrEqual(255);
      }),
      { numRuns: 30, seed: 1 },
    );
  });

  test("a million nodes come one at a time", () => {
    let count = 0;
    let last = "";
    for (const { externalId } of mockInstances(modelOf(file({ Farm: { properties: { name: text } } })), {
      space: "s",
      nodes: 1_000_000,
    })) {
      count += 1;
      last = externalId;
      if (count === 200_000) break;
    }
    expect([count, last]).toEqual([200_000, "farm:200000"]);
  });

  test("a property may be called __proto__", () => {
    const [item] = made({ nulls: 0, nodes: 1 }, modelOf(file({ Farm: { properties: { ["__proto__"]: text } } })));
    expect(Object.keys(item?.sources?.[0]?.properties ?? {})).toEqual(["__proto__"]);
  });

  test.for([
    [{ views: { Gone: {} } }, "views.Gone"],
    [{ views: { Farm: { properties: { gone: () => 1 } } } }, "views.Farm.properties.gone"],
    [{ nodes: -1 }, "nodes"],
    [{ nulls: 2 }, "nulls"],
    [{ edges: 1.5 }, "edges"],
  ] as const)("%j cannot be meant", ([options, name]) => {
    expect(() => made(options as Partial<MockOptions>)).toThrow(name);
  });
});
