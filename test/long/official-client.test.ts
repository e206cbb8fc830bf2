import { describe, expect, it } from "vitest";
import { startEmulator } from "../../src/emulator/node.js";
import { officialClient } from "../tools/official-client.js";

const COUNT = 50_000;
const PAGE = 1000;
const SPACE = "many";
const VIEW = { type: "view", space: SPACE, externalId: "Pump", version: "v1" };
const CONTAINER = { type: "container", space: SPACE, externalId: "Pump" };

const ids = Array.from({ length: COUNT }, (_, index) => `pump_${String(index).padStart(5, "0")}`);
const nodeId = (externalId: string) => ({ instanceType: "node", space: SPACE, externalId });
const pump = (externalId: string, index: number) => ({
  ...nodeId(externalId),
  sources: [{ source: VIEW, properties: { name: externalId, pressure: index, group: `g${index % 10}` } }],
});

/** Does something with every 1,000 items, four at a time, as the service allows. */
async function inChunks<T>(items: readonly T[], work: (chunk: readonly T[]) => Promise<unknown>): Promise<void> {
  const chunks = Array.from({ length: Math.ceil(items.length / PAGE) }, (_, at) =>
    items.slice(at * PAGE, (at + 1) * PAGE),
  );
  const left = chunks.values();
  const worker = async (): Promise<void> => {
    for (const chunk of left) await work(chunk);
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
}

describe("the official JavaScript client, unmodified, at 50,000 instances", () => {
  it("writes, lists, searches, aggregates, queries, follows, reads data of and deletes all of them", async () => {
    await using emulator = await startEmulator({ project: "any" });
    const client = await officialClient(emulator.url);
    const text = { type: { type: "text" } };
    const mapped = (id: string) => ({ container: CONTAINER, containerPropertyIdentifier: id });
    await client.spaces.upsert([{ space: SPACE }]);
    await client.containers.upsert([
      {
        space: SPACE,
        externalId: "Pump",
        usedFor: "node",
        properties: { name: text, pressure: { type: { type: "int64" } }, group: text },
      },
    ]);
    const properties = { name: mapped("name"), pressure: mapped("pressure"), group: mapped("group") };
    await client.views.upsert([{ space: SPACE, externalId: "Pump", version: "v1", properties }]);
    await inChunks(ids.map(pump), (items) => client.instances.upsert({ items }));

    const listed: unknown[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.instances.list({
        sources: [{ source: VIEW }],
        limit: PAGE,
        ...(cursor ? { cursor } : {}),
      });
      listed.push(...page.items.map(({ externalId }) => externalId));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(listed).toHaveLength(COUNT);
    expect(new Set(listed)).toEqual(new Set(ids));

    const counts = await client.instances.aggregate({ view: VIEW, groupBy: ["group"], aggregates: [{ count: {} }] });
    expect(counts.items).toHaveLength(10);
    for (const item of counts.items) expect(item).toMatchObject({ aggregates: [{ value: COUNT / 10 }] });
    const found = await client.instances.search({ view: VIEW, query: "pump_49999", operator: "AND" });
    expect(found.items).toMatchObject([{ externalId: "pump_49999" }]);
    const last = await client.instances.query({
      with: {
        top: { nodes: { filter: { range: { property: [SPACE, "Pump/v1", "pressure"], gte: COUNT - 3 } } }, limit: 10 },
      },
      select: { top: { sources: [{ source: VIEW, properties: ["*"] }] } },
    });
    expect(last.items["top"]).toHaveLength(3);

    const sets = { with: { all: { nodes: { filter: { hasData: [VIEW] } }, limit: 2000 } }, select: { all: {} } };
    const seen = new Set<unknown>();
    let changes = await client.instances.sync(sets);
    for (
      ;
      changes.items["all"]?.length;
      changes = await client.instances.sync({ ...sets, cursors: changes.nextCursor })
    ) {
      for (const { externalId } of changes.items["all"]) seen.add(externalId);
    }
    expect(seen.size).toBe(COUNT);

    const series = { type: "view", space: "cdf_cdm", externalId: "CogniteTimeSeries", version: "v1" };
    const named = ids.slice(0, 100).map((externalId) => ({ instanceId: { space: SPACE, externalId } }));
    const sources = [{ source: series, properties: { type: "numeric", isStep: false } }];
    await client.instances.upsert({
      items: ids.slice(0, 100).map((externalId) => ({ ...nodeId(externalId), sources })),
    });
    const datapoints = Array.from({ length: 500 }, (_, index) => ({ timestamp: index * 1000, value: index }));
    for (let at = 0; at < named.length; at += 50) {
      await client.datapoints.insert(named.slice(at, at + 50).map((item) => ({ ...item, datapoints })));
    }
    const read = await client.datapoints.retrieve({
      items: named,
      start: 0,
      end: 500_000,
      aggregates: ["sum"],
      granularity: "10m",
    });
    expect(read).toHaveLength(100);
    for (const { datapoints: points } of read) expect(points).toMatchObject([{ sum: (499 * 500) / 2 }]);

    await inChunks(ids, (chunk) => client.instances.delete(chunk.map(nodeId)));
    expect((await client.instances.list({ limit: 1 })).items).toEqual([]);
  });
});
