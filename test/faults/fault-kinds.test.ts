import { describe, expect, it, onTestFinished } from "vitest";
import type { PygenClient } from "../../src/client/index.js";
import { connectionPool } from "../../src/doors/node/index.js";
import type { Fault, FaultEntry } from "../tools/fault-server.js";
import { clientOf, endless, ids, met, nodes, rejection, sharedServer } from "./setup.js";
import { type ClientReport, clientReport } from "./watch.js";

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

const attemptTime = 300;
const credentials = { getToken: async () => ({ token: "planted-token-1" }) };

/** Short attempts, as many as it takes, for what never ends by itself. */
const impatient = {
  timeout: { attempt: attemptTime, total: Number.POSITIVE_INFINITY },
  retry: { attempts: 1_000, baseDelay: 2 },
};
/** A request met the fault once, and others followed only where one before them ran out of the time it had. */
function expectOnce(requests: readonly FaultEntry[], fault: Fault, report: ClientReport): void {
  const [first, ...further] = requests.map((entry) => entry.fault);
  expect(first).toBe(fault);
  expect(further.length).toBeGreaterThan(0);
  expect(further.every((other) => other === undefined)).toBe(true);
  expect(requests.map((entry) => entry.attempt)).toEqual(requests.map((_, index) => index + 1));
  if (!endless(fault)) {
    expect(requests).toHaveLength(2);
    expect(requests.map((entry) => entry.early)).toEqual([0, 0]);
    return;
  }
  expect(Object.keys(report.repeated())).toEqual(["TIMEOUT.ATTEMPT"]);
  expect(requests.length).toBeLessThanOrEqual(report.outOfTime().length + 1);
  // Timers may fire a little early.
  for (const waited of report.outOfTime()) expect(waited).toBeGreaterThan(attemptTime - 5);
}

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
    const report = clientReport();
    const items = await calls[name]!(
      clientOf(server.current, { ...(endless(fault) && impatient), hooks: report.hooks }),
    );
    const { requests } = await server.current.record();
    expectOnce(requests, fault, report);
    // Deleted by an attempt before already, though its answer never came: the last has nothing to delete.
    const gone = name === "delete" && requests.slice(0, -1).some((entry) => entry.applied);
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
    for (const name of ["byids", "upsert"]) {
      await fail([fault, null]);
      const report = clientReport();
      const client = clientOf(server.current, {
        ...(endless(fault) && impatient),
        transport: connectionPool(),
        credentials,
        hooks: report.hooks,
      });
      onTestFinished(() => client.close());
      expect(await calls[name]!(client)).toHaveLength(3);
      expectOnce((await server.current.record()).requests, fault, report);
    }
  });

  it.each(connection)("%s, aborted, is not sent again", async (fault) => {
    await fail([fault, fault, fault]);
    // Waits are random from zero on: of two weeks at most, hardly one is over before the signal.
    const patient = { retry: { baseDelay: 1e9, maxDelay: 1e9 }, timeout: { total: 2e9 } };
    const report = clientReport();
    const client = clientOf(server.current, {
      transport: connectionPool(),
      credentials,
      hooks: report.hooks,
      ...patient,
    });
    onTestFinished(() => client.close());
    const controller = new AbortController();
    const call = rejection(calls["byids"]!(client, controller.signal));
    await met(server.current, report, [fault]);
    controller.abort();
    expect(await call).toMatchObject({ name: "AbortError", code: "ABORT.SIGNAL" });
    expect((await server.current.record()).requests).toHaveLength(1);
  });
});

describe("429-date, once", () => {
  it("is met by one further attempt, not before the date", async () => {
    await fail(["429-date", null]);
    expect(await calls["byids"]!(clientOf(server.current))).toHaveLength(3);
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
    const report = clientReport();
    const client = clientOf(server.current, {
      ...(endless(fault) && { timeout: { attempt: 100, total: Number.POSITIVE_INFINITY } }),
      retry: { attempts: 3, baseDelay: 2 },
      hooks: report.hooks,
    });
    expect(await rejection(calls[call]!(client))).toMatchObject({ name, code });
    expect(report.sent()).toBe(3);
    // What the client gave up may never have arrived.
    const { requests } = await server.current.record();
    if (endless(fault)) expect(requests.length).toBeLessThanOrEqual(3);
    else expect(requests).toHaveLength(3);
  });
});

const unreadable: readonly Fault[] = ["truncated", "corrupt", "length-too-short", "empty"];

describe.each(unreadable)("an answer that is %s", (fault) => {
  it.each(Object.keys(calls))("of %s is never taken for a result", async (call) => {
    await fail(Array(9).fill(fault));
    const client = clientOf(server.current, { retry: { attempts: 3, baseDelay: 2 } });
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
    expect(await calls["byids"]!(clientOf(server.current))).toHaveLength(3);
    expect((await server.current.record()).requests).toHaveLength(1);
  });

  it("beyond it ends the attempt, though bytes keep coming", async () => {
    await fail([]);
    // Byte by byte: much longer than an attempt.
    await server.current.configure({ script: ["drip", null], drip: { pieces: 1_000_000, every: 50 }, keep: true });
    const report = clientReport();
    const client = clientOf(server.current, { ...impatient, hooks: report.hooks });
    expect(await calls["byids"]!(client)).toHaveLength(3);
    expectOnce((await server.current.record()).requests, "drip", report);
    await expect.poll(async () => (await server.current.record()).requests[0]?.closedByClient).toBe(true);
  });
});
