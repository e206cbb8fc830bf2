import { describe, expect, it } from "vitest";
import { createEmulator } from "../../../src/emulator/index.js";
import { openApiChecker } from "../../tools/openapi-checker.js";

const checker = openApiChecker();

describe.skipIf(checker === null)("the service's own document", () => {
  it.each([
    "models/spaces?includeGlobal=true",
    "models/containers?includeGlobal=true&limit=1000",
    "models/views?includeGlobal=true&limit=1000",
    "models/views?includeGlobal=true&limit=1000&includeInheritedProperties=false",
    "models/datamodels?includeGlobal=true",
    "models/datamodels?includeGlobal=true&inlineViews=true",
  ])("describes the answer with the whole core model to GET %s", async (path) => {
    const fetch = checker?.wrap(createEmulator().fetch);
    const request = new Request(`http://127.0.0.1/api/v1/projects/demo/${path}`, {
      headers: { authorization: "Bearer any" },
    });
    const answer = await fetch?.(request);
    expect(answer?.status).toBe(200);
    expect(await answer?.json()).toHaveProperty("items.0.isGlobal", true);
  });

  const view = { type: "view", space: "cdf_cdm", externalId: "CogniteAsset", version: "v1" };
  const container = { space: "cdf_cdm", externalId: "CogniteAsset" };
  const instance = { instanceType: "node", space: "data", externalId: "pump" };
  it.each<[string, object]>([
    ["instances/search", { view, query: "pump", sort: [{ property: ["name"] }], includeTyping: true }],
    [
      "instances/aggregate",
      { view, groupBy: ["name", "tags", "parent"], aggregates: [{ count: {} }], includeTyping: true },
    ],
    [
      "instances/aggregate",
      {
        view: { ...view, externalId: "Cognite360Image" },
        aggregates: [{ sum: { property: "scaleX" } }, { histogram: { property: "scaleX", interval: 2 } }],
      },
    ],
    [
      "instances/sync",
      {
        with: { n: { nodes: {}, mode: "twoPhase", backfillSort: [] }, e: { edges: { from: "n" } } },
        select: { n: { sources: [{ source: view, properties: ["*"] }] }, e: {} },
        includeTyping: true,
      },
    ],
    [
      "instances/inspect",
      { inspectionOperations: { involvedViews: { allVersions: true }, involvedContainers: {} }, items: [instance] },
    ],
    [
      "containers/inspect",
      { inspectionOperations: { involvedViews: {}, totalInvolvedViewCount: {} }, items: [container] },
    ],
    [
      "containers/constraints/delete",
      { items: [{ space: "data", containerExternalId: "Pump", identifier: "unique" }] },
    ],
    ["statistics/spaces/byids", { items: [{ space: "data" }] }],
  ])("describes POST %s and its answer over the core model", async (path, body) => {
    const emulator = createEmulator();
    const call = (where: string, what: object) =>
      (checker?.wrap(emulator.fetch) ?? emulator.fetch)(
        new Request(`http://127.0.0.1/api/v1/projects/demo/models/${where}`, {
          method: "POST",
          headers: { authorization: "Bearer any" },
          body: JSON.stringify(what),
        }),
      );
    await call("spaces", { items: [{ space: "data" }] });
    const constraints = { unique: { constraintType: "uniqueness", properties: ["tag"] } };
    const properties = { tag: { type: { type: "text" } } };
    await call("containers", { items: [{ space: "data", externalId: "Pump", properties, constraints }] });
    const parent = { space: "data", externalId: "plant" };
    const sources = [{ source: view, properties: { name: "Pump", tags: ["a", "b"], parent } }];
    const of = (source: object, values: object) => [{ source, properties: values }];
    await call("instances", {
      items: [
        { ...instance, ...parent, sources: of(view, { name: "Plant" }) },
        { ...instance, sources },
        { ...instance, externalId: "image", sources: of({ ...view, externalId: "Cognite360Image" }, { scaleX: 3.5 }) },
      ],
    });
    const answer = await call(path, body);
    expect([answer.status, await answer.clone().text()]).toMatchObject([200, expect.stringContaining('"items"')]);
    const { items } = (await answer.json()) as { readonly items: object };
    expect(Object.keys(items)).not.toHaveLength(0);
  });

  it("describes the statistics of a project and its spaces", async () => {
    const fetch = checker?.wrap(createEmulator().fetch);
    for (const path of ["models/statistics", "models/statistics/spaces"]) {
      const headers = { authorization: "Bearer any" };
      const answer = await fetch?.(new Request(`http://127.0.0.1/api/v1/projects/demo/${path}`, { headers }));
      expect(answer?.status).toBe(200);
    }
  });

  it("describes what a token may do", async () => {
    const fetch = checker?.wrap(createEmulator({ project: "demo" }).fetch);
    const request = new Request("http://127.0.0.1/api/v1/token/inspect", { headers: { authorization: "Bearer any" } });
    expect((await fetch?.(request))?.status).toBe(200);
  });
});
