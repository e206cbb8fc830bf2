import { describe, expect, it } from "vitest";
import { clientOf, ids, nodes, rejection, sharedServer } from "./setup.js";

const server = sharedServer();
const count = 3_000;
const names = ids(count).map(({ externalId }) => externalId);

/**
 * Requests that halving from 1,000 may take where `limit` items pass: a binary tree whose leaves are larger than half of
 * the limit.
 */
function bound(limit: number): number {
  return (count / 1_000) * (2 * 2 ** Math.ceil(Math.log2(1_000 / limit)) - 1);
}

describe.each([999, 300, 60])("408 'Graph query timed out' above %d items", (itemLimit) => {
  it("lets a write complete in smaller requests", async () => {
    await server.current.configure({ itemLimit });
    const written = await clientOf(server.current).instances.upsert(nodes(count));
    expect(written.map(({ externalId }) => externalId)).toEqual(names);
    expect(await server.current.ids()).toHaveLength(count);
    const { requests } = await server.current.record();
    expect(requests.length).toBeLessThanOrEqual(bound(itemLimit));
    const applied = requests.filter((entry) => entry.applied);
    expect(applied.reduce((sum, entry) => sum + entry.items, 0)).toBe(count);
  });

  it("lets reads by id and deletes complete in smaller requests", async () => {
    await server.current.configure({});
    await clientOf(server.current).instances.upsert(nodes(count));
    await server.current.configure({ itemLimit, keep: true });
    const client = clientOf(server.current);
    const read = await client.instances.retrieve(ids(count));
    expect(read.map(({ externalId }) => externalId)).toEqual(names);
    const deleted = await client.instances.delete(ids(count));
    expect(deleted.map(({ externalId }) => externalId)).toEqual(names);
    expect(await server.current.ids()).toEqual([]);
    expect((await server.current.record()).requests.length).toBeLessThanOrEqual(2 * bound(itemLimit));
  });

  it("lets a walk complete in smaller pages", async () => {
    await server.current.configure({});
    await clientOf(server.current).instances.upsert(nodes(count));
    await server.current.configure({ itemLimit, keep: true });
    const seen: string[] = [];
    for await (const node of clientOf(server.current).instances.iterate()) seen.push(node.externalId);
    // Chunks arrive in any order, and the server lists in the order of arrival.
    expect(seen).toEqual(await server.current.ids());
    expect((await server.current.record()).requests.length).toBeLessThanOrEqual(bound(itemLimit));
  });
});

describe("408 for a single item", () => {
  it("ends in an error that says so, in few requests", async () => {
    await server.current.configure({ itemLimit: 0 });
    const client = clientOf(server.current);
    const write = await rejection(client.instances.upsert(nodes(8)));
    const read = await rejection(client.instances.retrieve(ids(8)));
    const walk = await rejection(client.instances.iterate({ pageSize: 8 }).pages()[Symbol.asyncIterator]().next());
    expect(read).toMatchObject({ status: 408, code: "API.TIMEOUT" });
    expect(walk).toMatchObject({ status: 408, code: "API.TIMEOUT" });
    expect(write).toMatchObject({ status: 408 });
    expect((await server.current.record()).requests.length).toBeLessThanOrEqual(60);
  });
});
