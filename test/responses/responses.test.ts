import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as responses from "../../src/models/responses/schemas.js";

const facts = { createdTime: 1, lastUpdatedTime: 2, isGlobal: false };
const viewRef = { type: "view", space: "s", externalId: "V", version: "1" } as const;
const containerRef = { type: "container", space: "s", externalId: "C" } as const;

const view = (properties: unknown) => ({
  ...facts,
  ...{ space: "s", externalId: "V", version: "1", writable: true, usedFor: "node", properties },
});
const viewsOf = (properties: unknown) => responses.viewsPage.check({ items: [view(properties)] });
const mapped = { container: containerRef, containerPropertyIdentifier: "p", nullable: true, type: { type: "text" } };

describe("answers pass as they are", () => {
  test("the value is the same object, unknown fields included", () => {
    const answer = { items: [{ ...facts, space: "s", later: { x: 1 } }], extra: true };
    const result = responses.spacesPage.check(answer);
    expect(result.ok && result.value).toBe(answer);
  });

  test("contract 6.1: all three kinds of properties, from older and newer answers", () => {
    const edge = {
      connectionType: "multi_edge_connection",
      type: { space: "s", externalId: "t" },
      source: viewRef,
      direction: "outwards",
    };
    const reverse = {
      connectionType: "single_reverse_direct_relation",
      source: viewRef,
      through: { source: containerRef, identifier: "p" },
    };
    expect(viewsOf({ mapped, edge, reverse }).ok).toBe(true);
    const newer = {
      mapped: { ...mapped, immutable: false, autoIncrement: false, constraintState: { nullability: "current" } },
      edge: { ...edge, edgeSource: viewRef, name: "n" },
      reverse: { ...reverse, targetsList: true },
    };
    expect(viewsOf(newer).ok).toBe(true);
  });

  test("a property type of a newer service does not make the view unreadable", () => {
    expect(viewsOf({ p: { ...mapped, type: { type: "geometry", srid: 1 } } }).ok).toBe(true);
  });

  test("property ids that are names of Object.prototype pass", () => {
    const properties = JSON.parse('{"__proto__": null, "constructor": null}');
    for (const key of Object.keys(properties)) Object.defineProperty(properties, key, { value: mapped });
    expect(viewsOf(properties).ok).toBe(true);
  });

  test("contract 6.7: data models hold references or whole views", () => {
    const model = { ...facts, space: "s", externalId: "M", version: "1" };
    expect(responses.dataModelsPage.check({ items: [{ ...model, views: [viewRef, view({})] }, model] }).ok).toBe(true);
  });

  test("contract 7.2: deleted may be absent; contract 1.6: nextCursor may be null or absent", () => {
    expect(responses.upsertResponse.check({ items: [] }).ok).toBe(true);
    expect(responses.instancesPage.check({ items: [], nextCursor: null }).ok).toBe(true);
    expect(responses.instancesPage.check({ items: [{ anything: 1 }] }).ok).toBe(true);
    expect(responses.queryResponse.check({ items: { a: [] }, nextCursor: { a: null } }).ok).toBe(true);
  });

  test("containers with constraints and indexes of both ages", () => {
    const container = {
      ...facts,
      space: "s",
      externalId: "C",
      usedFor: "node",
      properties: {
        p: { type: { type: "direct", container: containerRef, list: true } },
        q: { type: { type: "int64" } },
      },
      constraints: {
        u: { constraintType: "uniqueness", properties: ["p"], state: "pending" },
        r: { constraintType: "requires", require: containerRef },
      },
      indexes: {
        b: { properties: ["p"], cursorable: true },
        i: { indexType: "inverted", properties: ["p"], state: "current" },
      },
    };
    expect(responses.containersPage.check({ items: [container] }).ok).toBe(true);
    const { constraints: _c, indexes: _i, ...older } = container;
    expect(responses.containersPage.check({ items: [older] }).ok).toBe(true);
  });
});

describe("answers of searches, aggregations, inspections, statistics and GraphQL", () => {
  test("contract 9.5: groups, numbers and histograms, in older answers without what they could not compute", () => {
    const aggregates = [
      { aggregate: "count", value: 0 },
      { aggregate: "min", property: "p" },
      { aggregate: "sum", property: "p", value: 2n ** 60n },
      { aggregate: "histogram", property: "p", interval: 2, buckets: [{ start: 0, count: 1, later: true }] },
    ];
    const items = [{ instanceType: "node", group: { a: { space: "s", externalId: "x" }, b: 1 }, aggregates }];
    expect(responses.aggregateResponse.check({ items, typing: {}, later: 1 }).ok).toBe(true);
    expect(responses.aggregateResponse.check({ items: [{ instanceType: "edge", aggregates: [] }] }).ok).toBe(true);
  });

  test("contract 5.6, 7.6: inspections tell what was asked for only", () => {
    const id = { space: "s", externalId: "x" };
    const inspectionResults = { involvedViews: [viewRef], involvedContainers: [containerRef], later: {} };
    const one = { ...id, instanceType: "node", inspectionResults };
    expect(responses.inspectedInstancesPage.check({ items: [one, { ...one, inspectionResults: {} }] }).ok).toBe(true);
    const counted = { ...id, inspectionResults: { involvedViewCount: 2, involvedViews: [] } };
    expect(responses.inspectedContainersPage.check({ items: [counted, { ...id, inspectionResults: {} }] }).ok).toBe(
      true,
    );
  });

  test("contract 6.8: GraphQL with data, errors, or both", () => {
    for (const answer of [
      { data: { x: null } },
      { errors: [{ message: "m", later: 1 }] },
      { data: null, errors: [] },
      {},
    ]) {
      expect(responses.graphQLResponse.check(answer).ok).toBe(true);
    }
  });
});

describe("answers that break the promise are refused with the place", () => {
  test.each([
    [
      "an aggregate",
      responses.aggregateResponse,
      { items: [{ instanceType: "node", aggregates: [{}] }] },
      "items[0].aggregates[0].aggregate",
    ],
    [
      "a group",
      responses.aggregateResponse,
      { items: [{ instanceType: "node", group: 1, aggregates: [] }] },
      "items[0].group",
    ],
    [
      "a part of a container",
      responses.containerPartsPage,
      { items: [{ space: "s", identifier: "i" }] },
      "items[0].containerExternalId",
    ],
    [
      "an inspected instance",
      responses.inspectedInstancesPage,
      { items: [{ ...viewRef, instanceType: "node" }] },
      "items[0].inspectionResults",
    ],
    ["statistics", responses.projectStatistics, { spaces: { count: 1 } }, "spaces.limit"],
    ["statistics of a space", responses.spaceStatisticsPage, { items: [{ space: "s" }] }, "items[0].containers"],
    ["a GraphQL problem", responses.graphQLResponse, { errors: ["no"] }, "errors[0]"],
    ["GraphQL data", responses.graphQLResponse, { data: [] }, "data"],
    ["not an object", responses.spacesPage, null, ""],
    ["no items", responses.spacesPage, {}, "items"],
    ["items is no list", responses.instancesPage, { items: {} }, "items"],
    ["a cursor that is no string", responses.spacesPage, { items: [], nextCursor: 5 }, "nextCursor"],
    [
      "a missing field",
      responses.spacesPage,
      { items: [{ space: "s", ...facts, isGlobal: undefined }] },
      "items[0].isGlobal",
    ],
    ["a written instance", responses.upsertResponse, { items: [{ instanceType: "thing" }] }, "items[0].instanceType"],
    ["a query set", responses.queryResponse, { items: { a: 1 }, nextCursor: {} }, "items.a"],
    ["a query without cursors", responses.queryResponse, { items: {} }, "nextCursor"],
    ["token inspect", responses.tokenInspection, { subject: "a", projects: [], capabilities: [1] }, "capabilities[0]"],
    ["a deleted id", responses.versionedIdsPage, { items: [{ space: "s", externalId: "V" }] }, "items[0].version"],
  ])("%s", (_name, schema, value, path) => {
    const result = schema.check(value);
    expect(result).toMatchObject({ ok: false, path });
    expect(result.ok || result.message).not.toBe("");
  });

  test("a property is reported as the kind it is of", () => {
    expect(viewsOf({ p: { ...mapped, type: { type: "text", list: "yes" } } })).toMatchObject({
      path: "items[0].properties.p.type.list",
    });
    expect(viewsOf({ p: { through: {} } })).toMatchObject({ path: "items[0].properties.p.connectionType" });
    expect(viewsOf({ p: { type: 1 } })).toMatchObject({ path: "items[0].properties.p.connectionType" });
    expect(viewsOf({ p: 1 })).toMatchObject({ path: "items[0].properties.p" });
    expect(viewsOf({ p: { ...mapped, type: { type: 1 } } })).toMatchObject({ path: "items[0].properties.p.type.type" });
  });
});

const models = new URL("../../../shared/models/", import.meta.url);

describe.skipIf(!existsSync(models))("real answers, where ../shared is present", () => {
  const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, models), "utf8"));

  test.each([
    ["cdf_core/datamodel.response.json", responses.dataModelsPage],
    ["cdf_core/containers.no3d.response.json", responses.containersPage],
    ["cdf_extraction_extensions/views.response.json", responses.viewsPage],
    ["pygen_omni/datamodel.response.json", responses.dataModelsPage],
    ["pygen_wind/datamodel.response.json", responses.dataModelsPage],
  ])("%s passes", (name, schema) => {
    const result = schema.check(read(name));
    expect(result.ok ? "" : `${result.path}: ${result.message}`).toBe("");
  });
});
