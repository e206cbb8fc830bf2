import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Filter, Instance } from "../../../src/models/index.js";
import { viewReference } from "../../../src/models/index.js";
import { mayAsk } from "../../../src/runtime/plan/may-ask.js";
import { whereToFilter } from "../../../src/runtime/plan/where-to-filter.js";
import { localFilter } from "../../../src/runtime/sync/match-filter.js";
import { ref, scope, startFarm, viewNamed, views } from "../farm.js";
import { drawOf } from "../join/draw.js";
import { drawData } from "../join/draw-data.js";
import { QueryDraw } from "../join/draw-query.js";

const turbine = viewNamed("turbine");
const path = (id: string) => ["s", "Turbine/v1", id];
const instance = (properties: object): Instance => ({
  instanceType: "node",
  ...ref("T1"),
  version: 1,
  createdTime: 5,
  lastUpdatedTime: 6,
  properties: { s: { "Turbine/v1": properties as never } },
});
const matches = (filter: Filter, properties: object) => localFilter(filter, turbine)?.matches(instance(properties));

it("gives what the service gives, whatever the condition", async () => {
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (g) => {
      const draw = drawOf(g);
      const farm = startFarm();
      await farm.write(drawData(draw, views, { most: 6 }));
      const asked = new QueryDraw(draw, views);
      const sources = [{ source: viewReference(turbine) }];
      const { items: all } = await farm.client.instances.list({ sources });
      for (let count = 0; count < 20; count++) {
        const condition = asked.where(turbine, 1);
        // What is asked from the far side is answered before it is a filter.
        if (mayAsk(condition)) continue;
        const filter = whereToFilter(condition, turbine, scope());
        if (filter === undefined) continue;
        const local = localFilter(filter, turbine);
        if (local === undefined) {
          expect(JSON.stringify(filter)).toContain("nested");
          continue;
        }
        const { items } = await farm.client.instances.list({ sources, filter });
        expect(all.filter(local.matches).map(({ externalId }) => externalId)).toEqual(
          items.map(({ externalId }) => externalId),
        );
      }
    }),
    { seed: 20261127, numRuns: 10 },
  );
});

describe("conditions on values", () => {
  it("compare times by instant, integers exactly, relations by both ids, JSON whatever the order of keys", () => {
    const time = { started_at: "2024-01-01T00:00:00.000+00:00" };
    expect(matches({ equals: { property: path("started_at"), value: "2024-01-01T01:00:00+01:00" } }, time)).toBe(true);
    expect(matches({ range: { property: path("started_at"), gt: "2024-01-01T00:00:00Z" } }, time)).toBe(false);
    const count = { count: 2n ** 60n };
    expect(matches({ range: { property: path("count"), gt: 2 ** 53 } }, count)).toBe(true);
    expect(matches({ in: { property: path("count"), values: [2n ** 60n] } }, count)).toBe(true);
    const farm = { farm: { externalId: "F1", space: "data" } };
    expect(matches({ equals: { property: path("farm"), value: { ...ref("F1") } } }, farm)).toBe(true);
    expect(matches({ equals: { property: path("farm"), value: { ...ref("F1", "other") } } }, farm)).toBe(false);
    const meta = { meta: { a: 1, b: [2] } };
    expect(matches({ equals: { property: path("meta"), value: { b: [2], a: 1 } } }, meta)).toBe(true);
  });

  it("of what every instance has", () => {
    expect(matches({ equals: { property: ["node", "externalId"], value: "T1" } }, {})).toBe(true);
    expect(matches({ range: { property: ["node", "lastUpdatedTime"], gte: 6, lt: 7 } }, {})).toBe(true);
    expect(matches({ exists: { property: ["node", "type"] } }, {})).toBe(false);
    expect(matches({ instanceReferences: [ref("T1")] }, {})).toBe(true);
    expect(matches({ matchAll: {} }, {})).toBe(true);
  });

  it("order nothing that has no order", () => {
    expect(matches({ range: { property: path("is_active"), gt: false as never } }, { is_active: true })).toBe(false);
    expect(matches({ prefix: { property: path("count"), value: "1" } }, { count: 10 })).toBe(false);
  });

  it("tell which properties they look at", () => {
    const filter = {
      or: [{ exists: { property: path("is_active") } }, { prefix: { property: path("name"), value: "a" } }],
    };
    expect(localFilter(filter, turbine)?.reads).toEqual(["is_active", "name"]);
  });
});

it.each<[string, Filter]>([
  ["other nodes", { nested: { scope: path("farm"), filter: { matchAll: {} } } }],
  ["containers", { exists: { property: ["s", "Turbine_v1", "name"] } }],
  ["another view", { exists: { property: ["s", "Big/v1", "name"] } }],
  ["unknown properties", { exists: { property: path("nothing") } }],
  ["data", { hasData: [viewReference(turbine)] }],
  ["edges", { exists: { property: ["edge", "startNode"] } }],
  ["another property", { equals: { property: path("name"), value: { property: path("status") } } }],
  ["a parameter", { in: { property: path("name"), values: { parameter: "x" } } }],
  ["a prefix that is no text", { prefix: { property: path("name"), value: { parameter: "x" } } }],
  ["a list as one value", { equals: { property: path("tags"), value: "a" } }],
  ["any of it, deep within", { not: { and: [{ matchAll: {} }, { hasData: [] }] } }],
])("does not tell of conditions on %s", (_name, filter) => {
  expect(localFilter(filter, turbine)).toBeUndefined();
});
