import { describe, expect, it } from "vitest";
import { messageOf, type Served, serve } from "./serving.js";

const container = {
  space: "s",
  externalId: "Pump",
  properties: { name: { type: { type: "text" }, nullable: false }, parent: { type: { type: "direct" } } },
};
const pump = { type: "container", space: "s", externalId: "Pump" };
const view = {
  space: "s",
  externalId: "Pump",
  version: "v1",
  implements: [{ type: "view", space: "cdf_cdm", externalId: "CogniteDescribable", version: "v1" }],
  properties: { pumpName: { container: pump, containerPropertyIdentifier: "name" } },
};

async function deploy({ call }: Served): Promise<void> {
  for (const [path, item] of [
    ["/models/spaces", { space: "s" }],
    ["/models/containers", container],
    ["/models/datamodels", { space: "s", externalId: "Pumps", version: "v1", views: [view] }],
  ] as const) {
    const answer = await call(path, { items: [item] });
    expect([path, answer.status, answer.body]).toMatchObject([path, 200, { items: [{ isGlobal: false }] }]);
  }
}

function idsOf(body: unknown): readonly string[] {
  return (body as { readonly items: readonly { readonly externalId: string }[] }).items.map(
    ({ externalId }) => externalId,
  );
}

describe("schema resources over HTTP", () => {
  it("deploys a model, finds it, and takes it away again", async () => {
    const served = await serve();
    const { call } = served;
    await deploy(served);
    const found = await call("/models/views/byids", { items: [{ space: "s", externalId: "Pump" }] });
    expect(found.body).toMatchObject({
      items: [
        { usedFor: "node", writable: true, properties: { name: { nullable: true }, pumpName: { nullable: false } } },
      ],
    });
    const own = await call("/models/views?includeInheritedProperties=false&space=s");
    expect(Object.keys((own.body as { items: { properties: object }[] }).items[0]?.properties ?? {})).toEqual([
      "pumpName",
    ]);
    const models = await call("/models/datamodels?inlineViews=true");
    expect(models.body).toMatchObject({
      items: [{ externalId: "Pumps", views: [{ externalId: "Pump", queryable: true }] }],
    });
    const byIds = await call("/models/datamodels/byids?inlineViews=true", {
      items: [{ space: "s", externalId: "Pumps", version: "v1" }],
    });
    expect(byIds.body).toEqual(models.body);

    const version = { space: "s", externalId: "Pump", version: "v1" };
    expect(messageOf(await call("/models/spaces/delete", { items: [{ space: "s" }] }))).toContain("is not empty");
    expect((await call("/models/datamodels/delete", { items: [{ ...version, externalId: "Pumps" }] })).status).toBe(
      200,
    );
    expect((await call("/models/views/delete", { items: [version] })).body).toEqual({
      items: [{ type: "view", ...version }],
    });
    expect((await call("/models/containers/delete", { items: [{ space: "s", externalId: "Pump" }] })).status).toBe(200);
    expect((await call("/models/containers/byids", { items: [{ space: "s", externalId: "Pump" }] })).body).toEqual({
      items: [],
    });
    expect((await call("/models/spaces/delete", { items: [{ space: "s" }] })).body).toEqual({
      items: [{ space: "s" }],
    });
    expect((await call("/models/spaces/byids", { items: [{ space: "s" }] })).body).toEqual({ items: [] });
  });

  it("contract 6.3: refuses byids that name a version for some and not for others", async () => {
    const { call } = await serve();
    const items = [
      { space: "s", externalId: "A" },
      { space: "s", externalId: "B", version: "1" },
    ];
    expect(messageOf(await call("/models/views/byids", { items }))).toContain("all have a version or all have none");
  });

  it("contract 3.4: gives 10 a page when no limit is asked for", async () => {
    const { call } = await serve();
    await call("/models/spaces", { items: Array.from({ length: 12 }, (_, index) => ({ space: `s${index}` })) });
    const first = await call("/models/spaces");
    const { items, nextCursor } = first.body as { readonly items: readonly object[]; readonly nextCursor: string };
    expect(items).toHaveLength(10);
    expect((await call(`/models/spaces?cursor=${nextCursor}`)).body).toMatchObject({
      items: [{ space: "s8" }, { space: "s9" }],
    });
  });

  it("contract 11.5: has the system's models from the start, closed to writes", async () => {
    const { call } = await serve();
    expect((await call("/models/spaces")).body).toEqual({ items: [] });
    const spaces = await call("/models/spaces?includeGlobal=true");
    expect(spaces.body).toMatchObject({
      items: [
        { space: "cdf_cdm", isGlobal: true },
        { space: "cdf_cdm_3d" },
        { space: "cdf_cdm_units" },
        { space: "cdf_core" },
      ],
    });
    expect(idsOf((await call("/models/views?includeGlobal=true&limit=1000&space=cdf_cdm")).body)).toHaveLength(34);
    expect(idsOf((await call("/models/containers?includeGlobal=true&limit=1000&space=cdf_cdm_3d")).body)).toHaveLength(
      12,
    );
    expect(idsOf((await call("/models/views?includeGlobal=true&space=cdf_core")).body)).toEqual([
      "Asset",
      "Describable",
      "Schedulable",
      "Sourceable",
    ]);
    const asset = await call("/models/views/byids", {
      items: [{ space: "cdf_cdm", externalId: "CogniteAsset", version: "v1" }],
    });
    expect(asset.body).toMatchObject({
      items: [
        {
          isGlobal: true,
          writable: true,
          usedFor: "node",
          mappedContainers: ["CogniteVisualizable", "CogniteDescribable", "CogniteSourceable", "CogniteAsset"].map(
            (externalId) => ({
              type: "container",
              space: "cdf_cdm",
              externalId,
            }),
          ),
          properties: {
            parent: { containerPropertyIdentifier: "assetHierarchy_parent" },
            files: { targetsList: true },
          },
        },
      ],
    });
    const refused = await call("/models/containers", { items: [{ ...container, space: "cdf_cdm" }] });
    expect([refused.status, messageOf(refused)]).toEqual([
      400,
      "Space 'cdf_cdm' is a system space and cannot be changed.",
    ]);
  });
});

describe("instances over HTTP", () => {
  it("writes, reads, lists, queries and deletes", async () => {
    const served = await serve();
    const { call } = served;
    await deploy(served);
    const source = { type: "view", space: "s", externalId: "Pump", version: "v1" };
    const node = { instanceType: "node", space: "s", externalId: "p1" };
    const written = await call("/models/instances", {
      items: [{ ...node, sources: [{ source, properties: { pumpName: "A", name: "first" } }] }],
    });
    expect(written.body).toMatchObject({ items: [{ externalId: "p1", version: 1, wasModified: true }] });
    const read = { properties: { s: { "Pump/v1": { pumpName: "A", name: "first" } } } };
    expect((await call("/models/instances/byids", { items: [node], sources: [{ source }] })).body).toMatchObject({
      items: [read],
    });
    expect((await call("/models/instances/list", { sources: [{ source }] })).body).toMatchObject({ items: [read] });
    const queried = await call("/models/instances/query", {
      with: { pumps: { nodes: { filter: { hasData: [source] } } } },
      select: { pumps: { sources: [{ source, properties: ["*"] }] } },
    });
    expect(queried.body).toMatchObject({ items: { pumps: [read] } });
    expect(
      messageOf(
        await call("/models/instances", { items: [{ ...node, sources: [{ source, properties: { pumpName: 1 } }] }] }),
      ),
    ).toContain("pumpName");
    expect(messageOf(await call("/models/spaces/delete", { items: [{ space: "s" }] }))).toContain("is not empty");
    expect((await call("/models/instances/delete", { items: [node] })).body).toMatchObject({ items: [node] });
    expect((await call("/models/instances/list", {})).body).toMatchObject({ items: [] });
  });

  it("leaves nothing of a refused request behind", async () => {
    const served = await serve();
    const { call } = served;
    await deploy(served);
    const items = ["a", "b"].map((externalId) => ({
      instanceType: "node",
      space: externalId === "a" ? "s" : "nope",
      externalId,
    }));
    expect(messageOf(await call("/models/instances", { items }))).toContain("One or more spaces do not exist");
    expect((await call("/models/instances/list", {})).body).toMatchObject({ items: [] });
  });
});
