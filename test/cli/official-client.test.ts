import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type ServerType, serve } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApiChecker } from "../tools/openapi-checker.js";

const ROOT = join(import.meta.dirname, "../..");

type Body = Record<string, unknown>;
interface Listed {
  readonly items: readonly Body[];
  readonly nextCursor?: string;
}

/** The part of the official client that is used here; its own types cannot be resolved by Node's rules. */
interface OfficialClient {
  readonly spaces: { upsert(items: readonly Body[]): Promise<Listed>; delete(ids: readonly string[]): Promise<Listed> };
  readonly containers: { upsert(items: readonly Body[]): Promise<Listed> };
  readonly views: { upsert(items: readonly Body[]): Promise<Listed> };
  readonly dataModels: { upsert(items: readonly Body[]): Promise<Listed>; list(query: Body): Promise<Listed> };
  readonly instances: {
    upsert(body: Body): Promise<Listed>;
    list(body: Body): Promise<Listed>;
    query(body: Body): Promise<{ readonly items: Record<string, readonly Body[]> }>;
    retrieve(body: Body): Promise<Listed>;
    delete(ids: readonly Body[]): Promise<Listed | readonly Body[]>;
  };
}

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
  const forward = (request: Request): Promise<Response> =>
    pass(new Request(new URL(new URL(request.url).pathname + new URL(request.url).search, target), request));
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
  const official: { readonly CogniteClient: new (options: Body) => OfficialClient } = await import(
    "@cognite/sdk" as string
  );
  const connect = (baseUrl: string): OfficialClient =>
    new official.CogniteClient({
      appId: "pygen-test",
      project: "any",
      baseUrl,
      oidcTokenProvider: async () => "token",
    });
  client = connect(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  unchecked = connect(url);
}, 60_000);

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

  it("retrieves by id, without the unknown, and deletes", async () => {
    const ids = ["pump_3", "missing"].map((externalId) => ({ instanceType: "node", space: SPACE, externalId }));
    const read = await client.instances.retrieve({ items: ids, sources: [{ source: VIEW }] });
    expect(read.items.map((item) => item["externalId"])).toEqual(["pump_3"]);
    await client.instances.delete(ids);
    const after = await client.instances.retrieve({ items: ids, sources: [{ source: VIEW }] });
    expect(after.items).toEqual([]);
  });
});
