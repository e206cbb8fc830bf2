import { describe, expect, it } from "vitest";
import { tokenProvider } from "../../src/auth/index.js";
import type { PygenClient } from "../../src/client/index.js";
import { clientOf, ids, nodeOf, sharedServer } from "./setup.js";
import { clientReport } from "./watch.js";

const server = sharedServer();
const calls = 200;

const limits = { schema: 2, read: 8, write: 4, delete: 2, search: 2, datapoints: 5, files: 4 } as const;

/** One call of each lane, told apart by its number. */
const lanes: Readonly<Record<keyof typeof limits, (client: PygenClient, number: number) => Promise<unknown>>> = {
  schema: ({ http }, number) => http.request({ method: "GET", path: "/models/spaces", query: { limit: number + 1 } }),
  read: ({ instances }, number) => instances.retrieve([ids(number + 1)[number]!]),
  write: ({ instances }, number) => instances.upsert([nodeOf(number)]),
  delete: ({ instances }, number) => instances.delete([ids(number + 1)[number]!]),
  search: ({ http }, number) =>
    http.request({ method: "POST", path: "/models/instances/search", body: { query: `${number}` } }),
  datapoints: ({ http }, number) =>
    http.request({ method: "POST", path: "/timeseries/data/list", body: { items: [{ id: number }] } }),
  files: ({ http }, number) =>
    http.request({ method: "POST", path: "/files/downloadlink", body: { items: [{ id: number }] } }),
};

const names = Object.keys(limits) as (keyof typeof limits)[];

function inParallel(client: PygenClient, lane: keyof typeof limits, count: number = calls): Promise<unknown[]> {
  return Promise.all(Array.from({ length: count }, (_, number) => lanes[lane](client, number)));
}

describe("200 parallel calls of every lane at once", () => {
  it("never exceed the limit of their lane, as the server counts", async () => {
    await server.current.configure({ serviceTime: 2 });
    const client = clientOf(server.current);
    await Promise.all(names.map((lane) => inParallel(client, lane)));
    const { requests, peaks } = await server.current.record();
    for (const lane of names) expect(peaks[lane], lane).toBeLessThanOrEqual(limits[lane]);
    expect(requests).toHaveLength(calls * names.length);
  });

  it("use the limit up where the server takes its time", async () => {
    await server.current.configure({ serviceTime: 20, gather: limits });
    const client = clientOf(server.current);
    await Promise.all(names.map((lane) => inParallel(client, lane, 2 * limits[lane])));
    expect((await server.current.record()).peaks).toEqual(limits);
  });

  it("never exceed it while many are repeated", async () => {
    await server.current.configure({
      seed: 7,
      rates: { "503": 0.2, "429": 0.05, "reset-before": 0.05 },
      serviceTime: 1,
    });
    const stormy = 60;
    const client = clientOf(server.current, { retry: { attempts: 12, baseDelay: 2 } });
    await Promise.all(names.map((lane) => inParallel(client, lane, stormy)));
    const { requests, peaks } = await server.current.record();
    for (const lane of names) expect(peaks[lane], lane).toBeLessThanOrEqual(limits[lane]);
    const faults = requests.filter(({ fault }) => fault !== undefined);
    expect(faults.length).toBeGreaterThan(stormy);
    expect(requests).toHaveLength(stormy * names.length + faults.length);
  });

  it("keep to limits of the caller's", async () => {
    await server.current.configure({ serviceTime: 2 });
    const client = clientOf(server.current, { concurrency: { read: 3, write: 1 } });
    await Promise.all([inParallel(client, "read"), inParallel(client, "write")]);
    const { peaks } = await server.current.record();
    expect(peaks["read"]).toBeLessThanOrEqual(3);
    expect(peaks["write"]).toBe(1);
  });
});

describe("a token that expires under 200 parallel calls", () => {
  const tokens = ["planted-token-1", "planted-token-2"];

  async function expire(asked: { forced: number; plain: number }): Promise<PygenClient> {
    await server.current.configure({ tokens, expireAfter: 40, serviceTime: 1 });
    const credentials = tokenProvider(async ({ forceRefresh }) => {
      asked[forceRefresh === true ? "forced" : "plain"] += 1;
      // The sign-in takes a while, during which many calls meet the refusal.
      await new Promise((resolve) => setTimeout(resolve, 50));
      return tokens[asked.forced] ?? "none";
    });
    return clientOf(server.current, { credentials, concurrency: { read: 50 } });
  }

  it("is refreshed exactly once", async () => {
    const asked = { forced: 0, plain: 0 };
    const client = await expire(asked);
    await inParallel(client, "read");
    expect(asked).toEqual({ forced: 1, plain: 1 });
    const { requests } = await server.current.record();
    const refused = requests.filter(({ fault }) => fault === "401");
    expect(refused.length).toBeGreaterThan(0);
    expect(requests).toHaveLength(calls + refused.length);
  });

  it("costs each call that met the refusal one attempt more, and no call two", async () => {
    const report = clientReport();
    await server.current.configure({ tokens, expireAfter: 40, serviceTime: 1 });
    let next = 0;
    const credentials = tokenProvider(({ forceRefresh }) => {
      if (forceRefresh === true) next += 1;
      return tokens[next] ?? "none";
    });
    const client = clientOf(server.current, { credentials, concurrency: { read: 50 }, hooks: report.hooks });
    await inParallel(client, "read");
    const { requests } = await server.current.record();
    expect(Math.max(...requests.map(({ attempt }) => attempt))).toBe(2);
    expect(report.sent()).toBe(requests.length);
    expect(report.ended()).toEqual({ calls, attempts: requests.length, errors: 0 });
  });
});
