import { describe, expect, it } from "vitest";
import { clientOf, ids, nodeOf, sharedServer } from "./setup.js";

const server = sharedServer();
const calls = 100;

/** The client may send so many requests for each that is needed. */
const most = 1.2;

describe.each([2, 4, 8])("a server that works on %d requests at once and answers 429 to more", (admit) => {
  it("gets few requests more than needed from a client that would send 16 at once, and loses nothing", async () => {
    await server.current.configure({ admit, serviceTime: 15 });
    const client = clientOf(server.current, { concurrency: { write: 16, delete: 16 }, retry: {} });
    const upserts = Array.from({ length: calls }, (_, number) => client.instances.upsert([nodeOf(number)]));
    await Promise.all(upserts);
    expect(await server.current.ids()).toHaveLength(calls);
    const written = await server.current.record();
    expect(written.requests.length).toBeLessThanOrEqual(calls * most);
    expect(written.requests.length).toBe(calls + written.requests.filter(({ fault }) => fault !== undefined).length);

    await server.current.configure({ admit, serviceTime: 15, keep: true });
    const deletes = ids(calls).map((id) => client.instances.delete([id]));
    expect((await Promise.all(deletes)).flat()).toHaveLength(calls);
    expect(await server.current.ids()).toEqual([]);
    expect((await server.current.record()).requests.length).toBeLessThanOrEqual(calls * most);
  });
});
