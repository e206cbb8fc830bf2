import { describe, expect, it, onTestFinished } from "vitest";
import type { PygenClient } from "../../src/client/index.js";
import { connectionPool } from "../../src/doors/node/index.js";
import type { Fault } from "../tools/fault-server.js";
import { clientOf, ids, nodes, rejection, sharedServer } from "./setup.js";

const server = sharedServer();

/** The kinds of calls, and how many items each should give. */
const calls: Readonly<Record<string, (client: PygenClient, signal?: AbortSignal) => Promise<readonly unknown[]>>> = {
  upsert: (client, signal) => client.instances.upsert(nodes(3), {}, { signal }),
  byids: (client, signal) => client.instances.retrieve(ids(3), {}, { signal }),
  list: async (client, signal) => (await client.instances.list({ limit: 3 }, { signal })).items,
  delete: (client, signal) => client.instances.delete(ids(3), { signal }),
};

/** A server that has three nodes and then fails each request as the script says. */
async function fail(script: readonly (Fault | null)[]): Promise<void> {
  await server.current.configure({});
  await clientOf(server.current).instances.upsert(nodes(3));
  await server.current.configure({ script, retryAfter: 0.2, keep: true });
}

const attemptTime = 500;
const credentials = { getToken: async () => ({ token: "planted-token-1" }) };
const timeout = { attempt: attemptTime, total: 10_000 };

const passing: readonly Fault[] = [
  "429",
  "429-retry-after",
  "500-retryable",
  "500-retryable-header",
  "502",
  "503",
  "503-retry-after",
  "504",
  "reset-before",
  "reset-after",
  "reset-within",
  "stall-before",
  "stall-headers",
  "stall-body",
  "length-too-long",
];

describe.each(passing)("%s, once", (fault) => {
  it.each(Object.keys(calls))("of %s is met by one further attempt", async (name) => {
    await fail([fault, null]);
    const items = await calls[name]!(clientOf(server.current, { timeout }));
    const { requests } = await server.current.record();
    expect(requests.map((entry) => entry.fault)).toEqual([fault, undefined]);
    expect(requests.map((entry) => entry.attempt)).toEqual([1, 2]);
    expect(requests.map((entry) => entry.early)).toEqual([0, 0]);
    // Deleted by the first attempt already, though its answer never came: the second has nothing to delete.
    const gone = name === "delete" && requests[0]?.applied === true;
    expect(items).toHaveLength(gone ? 0 : 3);
  });
});

describe("over a pool of connections", () => {
  const connection: readonly Fault[] = [
    "429-retry-after",
    "503",
    "reset-before",
    "reset-after",
    "reset-within",
    "stall-headers",
    "stall-body",
    "length-too-long",
    "truncated",
  ];

  it.each(connection)("%s, once, is met by one further attempt", async (fault) => {
    await fail([fault, null]);
    const client = clientOf(server.current, { timeout, transport: connectionPool(), credentials });
    onTestFinished(() => client.close());
    expect(await calls["byids"]!(client)).toHaveLength(3);
    expect(await calls["upsert"]!(client)).toHaveLength(3);
    const { requests } = await server.current.record();
    expect(requests.map((entry) => entry.fault)).toEqual([fault, undefined, fault, undefined]);
    expect(requests.every(({ early }) => early === 0)).toBe(true);
  });

  it.each(connection)("%s, aborted, is not sent again", async (fault) => {
    await fail([fault, fault, fault]);
    // Waits are random from zero on: of two weeks at most, hardly one is over before the signal.
    const patient = { retry: { baseDelay: 1e9, maxDelay: 1e9 }, timeout: { total: 2e9 } };
    const client = clientOf(server.current, { transport: connectionPool(), credentials, ...patient });
    onTestFinished(() => client.close());
    const error = await rejection(calls["byids"]!(client, AbortSignal.timeout(100)));
    expect(error).toMatchObject({ name: "AbortError", code: "ABORT.SIGNAL" });
    expect((await server.current.record()).requests).toHaveLength(1);
  });
});

describe("429-date, once", () => {
  it("is met by one further attempt, not before the date", async () => {
    await fail(["429-date", null]);
    expect(await calls["byids"]!(clientOf(server.current, { timeout }))).toHaveLength(3);
    const { requests } = await server.current.record();
    expect(requests.map(({ fault, early }) => ({ fault, early }))).toEqual([
      { fault: "429-date", early: 0 },
      { fault: undefined, early: 0 },
    ]);
  });
});

const lasting: readonly (readonly [Fault, string, string])[] = [
  ["429", "RateLimitedError", "API.RATE_LIMITED"],
  ["500-retryable", "ServerError", "API.SERVER"],
  ["502", "ServerError", "API.SERVER"],
  ["503", "ServerError", "API.SERVER"],
  ["504", "ServerError", "API.SERVER"],
  ["reset-before", "NetworkError", "NETWORK.FAILED"],
  ["reset-after", "NetworkError", "NETWORK.FAILED"],
  ["reset-within", "NetworkError", "NETWORK.FAILED"],
  ["length-too-long", "NetworkError", "NETWORK.FAILED"],
  ["stall-headers", "TimeoutError", "TIMEOUT.ATTEMPT"],
  ["stall-body", "TimeoutError", "TIMEOUT.ATTEMPT"],
];

describe.each(lasting)("%s, for ever", (fault, name, code) => {
  it.each(Object.keys(calls))(`of %s ends in ${code} after the attempts allowed`, async (call) => {
    await fail(Array(9).fill(fault));
    const client = clientOf(server.current, {
      timeout: { attempt: 100, total: 5_000 },
      retry: { attempts: 3, baseDelay: 2 },
    });
    expect(await rejection(calls[call]!(client))).toMatchObject({ name, code });
    expect((await server.current.record()).requests).toHaveLength(3);
  });
});

const unreadable: readonly Fault[] = ["truncated", "corrupt", "length-too-short", "empty"];

describe.each(unreadable)("an answer that is %s", (fault) => {
  it.each(Object.keys(calls))("of %s is never taken for a result", async (call) => {
    await fail(Array(9).fill(fault));
    const client = clientOf(server.current, { timeout, retry: { attempts: 3, baseDelay: 2 } });
    expect(await rejection(calls[call]!(client))).toMatchObject({ name: "ResponseError" });
    expect((await server.current.record()).requests.length).toBeLessThanOrEqual(3);
  });
});

describe("a plain 500", () => {
  it.each(Object.keys(calls))("of %s is not repeated", async (call) => {
    await fail(["500", null]);
    expect(await rejection(calls[call]!(clientOf(server.current)))).toMatchObject({ code: "API.SERVER", status: 500 });
    expect((await server.current.record()).requests).toHaveLength(1);
  });
});

describe("a slow drip", () => {
  it("within the time of an attempt is read to its end", async () => {
    await fail(["drip"]);
    const patient = { attempt: 10_000, total: 20_000 };
    expect(await calls["byids"]!(clientOf(server.current, { timeout: patient }))).toHaveLength(3);
    expect((await server.current.record()).requests).toHaveLength(1);
  });

  it("beyond it ends the attempt, though bytes keep coming", async () => {
    await fail([]);
    await server.current.configure({ script: ["drip", null], drip: { pieces: 200, every: 20 }, keep: true });
    expect(await calls["byids"]!(clientOf(server.current, { timeout }))).toHaveLength(3);
    const { requests } = await server.current.record();
    expect(requests.map((entry) => entry.fault)).toEqual(["drip", undefined]);
    expect(requests[1]!.at - requests[0]!.at).toBeLessThan(4 * attemptTime);
  });
});
