import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createEmulator } from "../../src/emulator/index.js";
import { type Listening, listen } from "../../src/emulator/node.js";
import { type EdgeWrite, type NodeWrite, PygenClient, token, type ViewReference } from "../../src/index.js";
import { openApiChecker } from "../tools/openapi-checker.js";

const checker = openApiChecker();
const pump: ViewReference = { type: "view", space: "plant", externalId: "Pump", version: "v1" };
const container = { type: "container", space: "plant", externalId: "Pump" } as const;

let server: Listening;
let projects = 0;
let client: PygenClient;

const clientFor = (project: string, accessToken = "planted-token") =>
  new PygenClient({
    baseUrl: server.url,
    project,
    application: "tests",
    credentials: token(accessToken),
    ...(checker === null ? {} : { fetch: checker.wrap() }),
  });

beforeAll(async () => {
  server = await listen(createEmulator({ token: "planted-token" }), { port: 0 });
});
afterAll(() => server.close());
beforeEach(() => {
  projects += 1;
  client = clientFor(`test-${projects}`);
});

async function deploy(): Promise<void> {
  await client.spaces.create([{ space: "plant" }, { space: "data", name: "Data" }]);
  await client.containers.create([
    {
      space: "plant",
      externalId: "Pump",
      properties: {
        name: { type: { type: "text" }, nullable: false },
        pressure: { type: { type: "float64" } },
        feeds: { type: { type: "direct" } },
      },
    },
  ]);
  const mapped = (id: string) => ({ container, containerPropertyIdentifier: id });
  await client.views.create([
    {
      space: "plant",
      externalId: "Pump",
      version: "v1",
      properties: {
        name: mapped("name"),
        pressure: mapped("pressure"),
        feeds: { ...mapped("feeds"), source: pump },
        pipes: { connectionType: "multi_edge_connection", type: { space: "plant", externalId: "pipe" }, source: pump },
        fedBy: {
          connectionType: "multi_reverse_direct_relation",
          source: pump,
          through: { source: pump, identifier: "feeds" },
        },
      },
    },
  ]);
  await client.dataModels.create([{ space: "plant", externalId: "Plant", version: "v1", views: [pump] }]);
}

const node = (index: number): NodeWrite => ({
  instanceType: "node",
  space: "data",
  externalId: `p${index}`,
  sources: [
    {
      source: pump,
      properties: {
        name: `Pump ${index}`,
        pressure: index / 2,
        ...(index > 0 ? { feeds: { space: "data", externalId: `p${index - 1}` } } : {}),
      },
    },
  ],
});

const edge = (from: number, to: number): EdgeWrite => ({
  instanceType: "edge",
  space: "data",
  externalId: `e${from}-${to}`,
  type: { space: "plant", externalId: "pipe" },
  startNode: { space: "data", externalId: `p${from}` },
  endNode: { space: "data", externalId: `p${to}` },
});

describe("schema resources against the emulator", () => {
  test("contract 4: created, listed, retrieved and deleted", async () => {
    await deploy();
    expect((await client.spaces.list()).map(({ space }) => space).sort()).toEqual(["data", "plant"]);
    expect(await client.spaces.retrieve(["nowhere", "data"])).toMatchObject([{ space: "data", name: "Data" }]);
    expect(await client.containers.list({ space: "plant" })).toMatchObject([{ externalId: "Pump" }]);
    expect(await client.containers.retrieve([container])).toMatchObject([{ usedFor: "node" }]);
    const [view] = await client.views.retrieve([pump], { includeInheritedProperties: false });
    expect(view?.properties["feeds"]).toMatchObject({ type: { type: "direct", source: pump } });
    expect(await client.dataModels.delete([{ space: "plant", externalId: "Plant", version: "v1" }])).toHaveLength(1);
    expect(await client.views.delete([pump])).toMatchObject([{ externalId: "Pump", version: "v1" }]);
    expect(await client.containers.delete([container])).toEqual([{ space: "plant", externalId: "Pump" }]);
    expect(await client.spaces.delete(["plant", "data", "nowhere"])).toHaveLength(2);
    expect(await client.spaces.list()).toEqual([]);
  });

  test("contract 6.7: data models by reference and inline", async () => {
    await deploy();
    const id = { space: "plant", externalId: "Plant", version: "v1" };
    expect((await client.dataModels.retrieve([id]))[0]?.views).toEqual([pump]);
    const [inline] = await client.dataModels.retrieve([id], { inlineViews: true });
    expect(inline?.views?.[0]).toMatchObject({ externalId: "Pump", writable: true });
    expect(await client.dataModels.list({ space: "plant" })).toHaveLength(1);
  });

  test("more spaces than one request takes", async () => {
    const many = Array.from({ length: 230 }, (_, index) => ({ space: `s${index}` }));
    const created = await client.spaces.create(many.slice(0, 90));
    expect(created.map(({ space }) => space)).toEqual(many.slice(0, 90).map(({ space }) => space));
    const names = many.map(({ space }) => space);
    expect(await client.spaces.retrieve(names)).toHaveLength(90);
    expect(await client.spaces.delete(names)).toHaveLength(90);
  });

  test("the views of the system are listed on demand, whole", async () => {
    const seen: string[] = [];
    for await (const view of client.views.iterate({ space: "cdf_cdm", includeGlobal: true }))
      seen.push(view.externalId);
    expect(seen).toContain("CogniteAsset");
    expect(await client.views.list({ space: "cdf_cdm" })).toEqual([]);
    const some = await client.views.list({ space: "cdf_cdm", includeGlobal: true, limit: 3 });
    expect(some).toHaveLength(3);
  });
});

describe("instances against the emulator", () => {
  test("2,500 nodes and their edges written, listed, retrieved, queried and deleted", async () => {
    await deploy();
    const nodes = Array.from({ length: 2_500 }, (_, index) => node(index));
    const edges = [edge(0, 1), edge(0, 2)];
    const written = await client.instances.upsert([...edges, ...nodes]);
    expect(written).toHaveLength(2_502);
    expect(written[0]).toMatchObject({ instanceType: "edge", externalId: "e0-1", wasModified: true });

    const seen = new Set<string>();
    for await (const { externalId } of client.instances.iterate({ sources: [{ source: pump }] })) seen.add(externalId);
    expect(seen.size).toBe(2_500);

    const page = await client.instances.list({
      sources: [{ source: pump }],
      filter: { range: { property: ["plant", "Pump/v1", "pressure"], gte: 1_249 } },
      sort: [{ property: ["plant", "Pump/v1", "pressure"], direction: "descending" }],
    });
    expect(page.items.map(({ externalId }) => externalId)).toEqual(["p2499", "p2498"]);

    const ids = [...nodes].reverse();
    const found = await client.instances.retrieve(ids, { sources: [{ source: pump }] });
    expect(found.map(({ externalId }) => externalId)).toEqual(ids.map(({ externalId }) => externalId));
    expect(found.at(-1)?.properties?.["plant"]?.["Pump/v1"]).toEqual({ name: "Pump 0", pressure: 0 });

    const answer = await client.instances.query({
      with: {
        start: { nodes: { filter: { equals: { property: ["node", "externalId"], value: "p0" } } }, limit: 10 },
        pipes: { edges: { from: "start", direction: "outwards", maxDistance: 1 }, limit: 10 },
        ends: { nodes: { from: "pipes" }, limit: 10 },
      },
      select: { start: {}, pipes: {}, ends: { sources: [{ source: pump, properties: ["name"] }] } },
    });
    expect(answer.items["ends"]?.map(({ externalId }) => externalId).sort()).toEqual(["p1", "p2"]);

    expect(await client.instances.delete([...edges, ...nodes])).toHaveLength(2_502);
    expect((await client.instances.list({ sources: [{ source: pump }] })).items).toEqual([]);
  });

  test("contract 7.2.11: targets that must exist are written before what points at them, over several requests", async () => {
    await deploy();
    await client.containers.create([
      {
        space: "plant",
        externalId: "Valve",
        properties: { pump: { type: { type: "direct", container }, nullable: false } },
      },
    ]);
    const valve = { type: "container", space: "plant", externalId: "Valve" } as const;
    const valves = Array.from({ length: 1_500 }, (_, index): NodeWrite => {
      const properties = { pump: { space: "data", externalId: `pump_${index}` } };
      return {
        instanceType: "node",
        space: "data",
        externalId: `valve_${index}`,
        sources: [{ source: valve, properties }],
      };
    });
    const pumps = Array.from({ length: 1_500 }, (_, index): NodeWrite => {
      const properties = { name: `Pump ${index}` };
      return {
        instanceType: "node",
        space: "data",
        externalId: `pump_${index}`,
        sources: [{ source: pump, properties }],
      };
    });
    const written = await client.instances.upsert([...valves, ...pumps]);
    expect(written.map(({ externalId }) => externalId)).toEqual(
      [...valves, ...pumps].map(({ externalId }) => externalId),
    );
  });

  test("a value of the wrong type is refused, nothing of the request is applied", async () => {
    await deploy();
    const wrong = { ...node(1), sources: [{ source: pump, properties: { name: 5 } }] };
    await expect(client.instances.upsert([node(0), wrong])).rejects.toMatchObject({
      code: "API.BAD_REQUEST",
      message: expect.stringContaining("name"),
    });
    expect((await client.instances.list({ sources: [{ source: pump }] })).items).toEqual([]);
  });

  test("contract 7.2.8: a version conflict has a code of its own", async () => {
    await deploy();
    await client.instances.upsert([node(0)]);
    const stale = { ...node(0), existingVersion: 0, sources: [{ source: pump, properties: { name: "other" } }] };
    await expect(client.instances.upsert([stale])).rejects.toMatchObject({ code: "API.VERSION_CONFLICT" });
  });

  test("contract 2.3: an unknown view is refused by name", async () => {
    const source: ViewReference = { type: "view", space: "no", externalId: "No", version: "1" };
    await expect(client.instances.list({ sources: [{ source }] })).rejects.toMatchObject({
      code: "API.BAD_REQUEST",
      message: expect.stringContaining("no:No/1"),
    });
  });
});

describe("token and rights", () => {
  test("contract 1.3: token inspect", async () => {
    await deploy();
    const inspection = await client.token.inspect();
    expect(inspection.projects.map(({ projectUrlName }) => projectUrlName)).toContain(client.project);
  });

  test("a token that the service does not take is API.UNAUTHORIZED", async () => {
    await expect(clientFor("other-one", "planted-wrong").spaces.list()).rejects.toMatchObject({
      code: "API.UNAUTHORIZED",
      status: 401,
    });
  });

  test("API writes to system spaces are refused", async () => {
    await expect(client.spaces.delete(["cdf_cdm"])).rejects.toMatchObject({ name: "BadRequestError" });
  });
});

test.skipIf(checker === null)("all of it was checked against the OpenAPI document", () => {
  expect(checker?.checked).toBeGreaterThan(100);
});
