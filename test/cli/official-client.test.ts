import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type ServerType, serve } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OfficialClient, officialClient } from "../tools/official-client.js";
import { openApiChecker } from "../tools/openapi-checker.js";

const ROOT = join(import.meta.dirname, "../..");

type Body = Record<string, unknown>;

const SPACE = "official";
const VIEW = { type: "view", space: SPACE, externalId: "Pump", version: "v1" };
const CONTAINER = { type: "container", space: SPACE, externalId: "Pump" };
const mapped = (id: string): Body => ({ container: CONTAINER, containerPropertyIdentifier: id });
const pump = (index: number): Body => ({
  instanceType: "node",
  space: SPACE,
  externalId: `pump_${index}`,
  sources: [
    {
      source: VIEW,
      properties: {
        name: `Pump ${index}`,
        pressure: index / 10,
        station: index === 0 ? null : { space: SPACE, externalId: `pump_${index % 5}` },
      },
    },
  ],
});

let emulator: ChildProcess;
let proxy: ServerType;
let client: OfficialClient;
/** For requests that the document does not allow either. */
let unchecked: OfficialClient;

/** Passes everything on, and holds requests and answers against the OpenAPI document where that is there. */
function checkingProxy(target: string): Promise<ServerType> {
  const pass = openApiChecker()?.wrap() ?? fetch;
  const forward = (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    const passed = new Request(new URL(pathname + search, target), request);
    // What is unpacked on the way would go on as if it were packed.
    passed.headers.set("accept-encoding", "identity");
    return pass(passed);
  };
  return new Promise((resolve) => {
    const server = serve({ fetch: forward, port: 0, hostname: "127.0.0.1", overrideGlobalObjects: false }, () =>
      resolve(server),
    );
  });
}

beforeAll(async () => {
  emulator = spawn(process.execPath, ["--import", "tsx", "src/cli/main.ts", "emulator", "--port", "0", "--json"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface({ input: emulator.stdout! }), "line")) as [string];
  const { url } = JSON.parse(line) as { readonly url: string };
  proxy = await checkingProxy(url);
  client = await officialClient(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  unchecked = await officialClient(url);
});

afterAll(async () => {
  await new Promise((resolve) => proxy.close(resolve));
  const exit = once(emulator, "exit");
  emulator.kill("SIGTERM");
  const [code, signal] = await exit;
  expect({ code, signal }).toEqual({ code: 0, signal: null });
});

describe("the official JavaScript client, unmodified, on `pygen emulator`", () => {
  it("creates a space, a container, a view and a data model", async () => {
    expect(await client.spaces.upsert([{ space: SPACE }])).toMatchObject({
      items: [{ space: SPACE, isGlobal: false }],
    });
    await client.containers.upsert([
      {
        space: SPACE,
        externalId: "Pump",
        usedFor: "node",
        properties: {
          name: { type: { type: "text" }, nullable: false },
          pressure: { type: { type: "float64" } },
          station: { type: { type: "direct" } },
        },
      },
    ]);
    const views = await client.views.upsert([
      {
        space: SPACE,
        externalId: "Pump",
        version: "v1",
        properties: {
          name: mapped("name"),
          pressure: mapped("pressure"),
          station: { ...mapped("station"), source: VIEW },
        },
      },
    ]);
    expect(views.items[0]).toMatchObject({ writable: true, usedFor: "node" });
    await client.dataModels.upsert([{ space: SPACE, externalId: "Pumps", version: "v1", views: [VIEW] }]);
    const listed = await client.dataModels.list({ space: SPACE });
    expect(listed.items).toMatchObject([{ externalId: "Pumps", views: [VIEW] }]);
  });

  it("writes 2,500 instances in requests of 1,000 and is refused more than that", async () => {
    const pumps = Array.from({ length: 2500 }, (_, index) => pump(index));
    for (let start = 0; start < pumps.length; start += 1000) {
      const items = pumps.slice(start, start + 1000);
      const answer = await client.instances.upsert({ items });
      expect(answer.items.map((item) => item["externalId"])).toEqual(items.map((item) => item["externalId"]));
    }
    await expect(unchecked.instances.upsert({ items: pumps })).rejects.toThrow(/items/);
  });

  it("lists with a filter, page by page", async () => {
    const filter = { range: { property: [SPACE, "Pump/v1", "pressure"], gte: 100 } };
    const found: unknown[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await client.instances.list({
        instanceType: "node",
        sources: [{ source: VIEW }],
        filter,
        limit: 400,
        ...(cursor === undefined ? {} : { cursor }),
      });
      found.push(...page.items.map((item) => item["externalId"]));
      cursor = page.nextCursor;
      pages += 1;
    } while (cursor !== undefined);
    expect(pages).toBeGreaterThanOrEqual(4);
    expect(found).toEqual(Array.from({ length: 1500 }, (_, index) => `pump_${index + 1000}`));
  });

  it("queries from pumps to their stations and back", async () => {
    const through = { source: VIEW, identifier: "station" };
    const answer = await client.instances.query({
      with: {
        pumps: { nodes: { filter: { equals: { property: [SPACE, "Pump/v1", "name"], value: "Pump 7" } } }, limit: 10 },
        stations: { nodes: { from: "pumps", through, direction: "outwards" }, limit: 10 },
        served: { nodes: { from: "stations", through, direction: "inwards" }, limit: 1000 },
      },
      select: {
        pumps: { sources: [{ source: VIEW, properties: ["name"] }] },
        stations: { sources: [{ source: VIEW, properties: ["name", "pressure"] }] },
        served: {},
      },
    });
    expect(answer.items["pumps"]?.map((item) => item["externalId"])).toEqual(["pump_7"]);
    expect(answer.items["stations"]).toMatchObject([
      { externalId: "pump_2", properties: { [SPACE]: { "Pump/v1": { name: "Pump 2", pressure: 0.2 } } } },
    ]);
    expect(answer.items["served"]?.length).toBe(500);
  });

  it("reads back what it created, by id and in lists", async () => {
    const id = { space: SPACE, externalId: "Pump" };
    expect((await client.spaces.retrieve([SPACE])).items).toMatchObject([{ space: SPACE }]);
    expect((await client.spaces.list({ limit: 10 })).items).toMatchObject([{ space: SPACE }]);
    expect((await client.containers.retrieve([id])).items).toMatchObject([{ ...id, usedFor: "node" }]);
    expect((await client.containers.list({ space: SPACE })).items).toMatchObject([id]);
    expect((await client.views.retrieve([{ ...id, version: "v1" }])).items).toMatchObject([{ ...id, version: "v1" }]);
    expect((await client.views.list({ space: SPACE })).items).toMatchObject([id]);
    const model = { space: SPACE, externalId: "Pumps", version: "v1" };
    expect((await client.dataModels.retrieve([model])).items).toMatchObject([model]);
  });

  it("searches, aggregates and inspects", async () => {
    const found = await client.instances.search({ view: VIEW, query: "Pump 42", operator: "AND", limit: 5 });
    expect(found.items[0]).toMatchObject({ externalId: "pump_42" });
    const counted = await client.instances.aggregate({
      view: VIEW,
      aggregates: [{ count: { property: "externalId" } }, { max: { property: "pressure" } }],
    });
    expect(counted.items).toMatchObject([{ aggregates: [{ value: 2500 }, { value: 249.9 }] }]);
    const inspected = await client.instances.inspect({
      items: [{ instanceType: "node", space: SPACE, externalId: "pump_1" }],
      inspectionOperations: { involvedViews: {}, involvedContainers: {} },
    });
    expect(inspected.items).toMatchObject([{ inspectionResults: { involvedViews: [VIEW] } }]);
  });

  it("follows changes", async () => {
    const first = { nodes: { filter: { hasData: [VIEW] } }, limit: 2000 };
    const select = { pumps: { sources: [{ source: VIEW, properties: ["name"] }] } };
    let page = await client.instances.sync({ with: { pumps: first }, select });
    for (; page.items["pumps"]?.length; page = await next(page.nextCursor));
    await client.instances.upsert({ items: [pump(1)].map((item) => ({ ...item, existingVersion: 1 })) });
    expect((await next(page.nextCursor)).items["pumps"]).toEqual([]);
    const changed = { ...pump(1), sources: [{ source: VIEW, properties: { pressure: 9 } }] };
    await client.instances.upsert({ items: [changed] });
    expect((await next(page.nextCursor)).items["pumps"]).toMatchObject([{ externalId: "pump_1", version: 2 }]);
    function next(cursors: Record<string, string>) {
      return client.instances.sync({ with: { pumps: first }, select, cursors });
    }
  });

  it("writes, reads and deletes data points of core instances, and uploads and downloads files", async () => {
    const source = (externalId: string) => ({ type: "view", space: "cdf_cdm", externalId, version: "v1" });
    const node = (externalId: string, view: string, properties: Body) => ({
      instanceType: "node",
      space: SPACE,
      externalId,
      sources: [{ source: source(view), properties }],
    });
    await client.instances.upsert({
      items: [node("series", "CogniteTimeSeries", { type: "numeric", isStep: false }), node("file", "CogniteFile", {})],
    });
    const instanceId = { space: SPACE, externalId: "series" };
    const datapoints = Array.from({ length: 600 }, (_, index) => ({ timestamp: index * 60_000, value: index }));
    await client.datapoints.insert([{ instanceId, datapoints }]);
    const raw = await client.datapoints.retrieve({ items: [{ instanceId, start: 0, end: 600_000, limit: 1000 }] });
    expect(raw[0]?.datapoints).toHaveLength(10);
    const aggregates = ["count", "average", "max", "totalVariation", "durationGood"];
    const hours = { items: [{ instanceId, start: 0, end: 36_000_000 }], aggregates, granularity: "1h" };
    expect((await client.datapoints.retrieve(hours))[0]?.datapoints[0]).toMatchObject({
      ...{ count: 60, average: 29.5, max: 59, totalVariation: 60, durationGood: 3_600_000 },
    });
    const latest = await client.datapoints.retrieveLatest([{ instanceId, before: "now" }]);
    expect(latest[0]?.datapoints).toMatchObject([{ value: 599 }]);
    await client.datapoints.delete([{ instanceId, inclusiveBegin: 0, exclusiveEnd: 35_000_000 }]);
    const left = await client.datapoints.retrieve({ items: [{ instanceId, start: 0, limit: 1000 }] });
    expect(left[0]?.datapoints.length).toBeLessThan(20);

    const file = { instanceId: { space: SPACE, externalId: "file" } };
    const path = "/api/v1/projects/any/files/uploadlink";
    const link = await unchecked.post<{ items: { uploadUrl: string }[] }>(path, { data: { items: [file] } });
    await fetch(link.data.items[0]?.uploadUrl ?? "", { method: "PUT", body: "the content" });
    const [download] = await unchecked.files.getDownloadUrls([file]);
    expect(await (await fetch(download?.downloadUrl ?? "")).text()).toBe("the content");
  });

  it("retrieves by id, without the unknown, and deletes", async () => {
    const ids = ["pump_3", "missing"].map((externalId) => ({ instanceType: "node", space: SPACE, externalId }));
    const read = await client.instances.retrieve({ items: ids, sources: [{ source: VIEW }] });
    expect(read.items.map((item) => item["externalId"])).toEqual(["pump_3"]);
    await client.instances.delete(ids);
    const after = await client.instances.retrieve({ items: ids, sources: [{ source: VIEW }] });
    expect(after.items).toEqual([]);
  });

  it("takes the model away again", async () => {
    const id = { space: SPACE, externalId: "Pump" };
    const model = { space: SPACE, externalId: "Pumps", version: "v1" };
    expect(await client.dataModels.delete([model])).toMatchObject({ items: [model] });
    expect(await client.views.delete([{ ...id, version: "v1" }])).toMatchObject({ items: [{ ...id, version: "v1" }] });
    expect(await client.containers.delete([id])).toMatchObject({ items: [id] });
    await expect(client.spaces.delete([SPACE])).rejects.toThrow();
  });
});
