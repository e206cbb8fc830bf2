import { readFileSync } from "node:fs";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { type Credentials, type Fetch, PygenClient, token } from "pygen";
import { createEmulator } from "pygen/emulator";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createService, type Wind } from "../../examples/node-service/service.js";
import { windFarm } from "../../examples/windfarm/sdk/index.js";
import { gate } from "../tools/gate.js";

const TURBINES = 5_500;
/** Long, so that all rows are far more than what the buffers of a connection hold. */
const FARM = `Horns ${"and so on ".repeat(500)}`;
const emulator = createEmulator({ token: "right" });
const stops: (() => Promise<void>)[] = [];

function connect(fetch: Fetch, credentials: Credentials = token("right")): Wind {
  const client = new PygenClient({
    baseUrl: "http://emulator",
    project: "demo",
    application: "tests",
    credentials,
    fetch,
    retry: { attempts: 1 },
  });
  return windFarm(client, { space: "wind_data" });
}

/** The example on a port, and the paths of the calls that it made. */
async function start(
  options: { readonly fetch?: Fetch; readonly credentials?: Credentials } = {},
): Promise<{ readonly url: string; readonly calls: string[] }> {
  const calls: string[] = [];
  const send = options.fetch ?? emulator.fetch;
  const wind = connect((asked) => {
    calls.push(new URL(asked.url).pathname);
    return send(asked);
  }, options.credentials);
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const started = serve({ fetch: createService(wind).fetch, hostname: "127.0.0.1", port: 0 }, () => resolve(started));
  });
  stops.push(() => new Promise((resolve) => server.close(() => resolve())));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls };
}

/** Waits until a number stays as it is for many turns of the event loop. */
async function untilStill(read: () => number): Promise<void> {
  let last = read();
  for (let turns = 0; turns < 40; turns += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    if (read() !== last) turns = 0;
    last = read();
  }
}

beforeAll(async () => {
  emulator.load(JSON.parse(readFileSync("examples/windfarm/model.json", "utf8")), { global: false });
  await connect(emulator.fetch).upsert({
    farm: [{ externalId: "horns", name: FARM, country: "DK" }],
    turbine: Array.from({ length: TURBINES }, (_, index) => ({
      externalId: `T${index}`,
      name: `T${index}`,
      farm: "horns",
      capacity: 1 + (index % 10),
    })),
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
  for (const stop of stops.splice(0)) await stop();
});

describe("examples/node-service", () => {
  it("streams the turbines that were asked for, one JSON object a line", async () => {
    const { url } = await start();
    const answer = await fetch(`${url}/turbines?minCapacity=9`);
    expect(answer.headers.get("content-type")).toBe("application/x-ndjson; charset=utf-8");
    const rows = (await answer.text())
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { capacity: number; farm: unknown });
    expect(rows).toHaveLength(TURBINES / 5);
    expect(rows[0]).toEqual({
      space: "wind_data",
      externalId: "T1009",
      name: "T1009",
      capacity: 10,
      status: null,
      farm: { space: "wind_data", externalId: "horns", name: FARM },
    });
    expect(rows.at(-1)?.capacity).toBe(9);
  });

  it("reads no more pages than a slow caller takes, and none after the caller went away", async () => {
    const { url, calls } = await start();
    const taken = await new Promise<string>((resolve, reject) => {
      const call = request(`${url}/turbines`, (answer) => {
        // Nothing more is taken than fits the buffers of the connection.
        answer.once("data", async (chunk: Buffer) => {
          answer.pause();
          await untilStill(() => calls.length);
          call.destroy();
          resolve(chunk.toString());
        });
      });
      call.once("error", reject).end();
    });
    expect(JSON.parse(taken.slice(0, taken.indexOf("\n")))).toMatchObject({ capacity: 10 });
    const pages = Math.ceil(TURBINES / 1_000);
    const before = calls.length;
    expect(before).toBeLessThan(pages);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(calls.length).toBe(before);
  });

  it("stops the request to the service that is under way when the caller goes away", async () => {
    const [asks, stops] = [gate(), gate()];
    const hang: Fetch = (asked) =>
      new Promise((_, reject) => {
        asked.signal.addEventListener("abort", () => {
          stops.open();
          reject(asked.signal.reason as Error);
        });
        asks.open();
      });
    const { url } = await start({ fetch: hang });
    const call = request(`${url}/turbines`).on("error", () => undefined);
    call.end();
    await asks.opened;
    call.destroy();
    await stops.opened;
  });

  it.each([
    ["a refusal", { credentials: token("wrong") }, 502, "API.UNAUTHORIZED"],
    [
      "a service that is down",
      { fetch: () => Promise.reject(new TypeError("connection refused")) },
      502,
      "NETWORK.FAILED",
    ],
    [
      "an identity provider that fails",
      { credentials: { getToken: () => Promise.reject(new Error("secret-1234 was refused")) } },
      503,
      "CREDENTIALS.FAILED",
    ],
  ])("tells %s as application/problem+json, without inner details", async (_, options, status, code) => {
    const log = vi.spyOn(console, "error").mockReturnValue();
    const { url } = await start(options);
    const answer = await fetch(`${url}/turbines`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
    const body = (await answer.json()) as object;
    expect(body).toMatchObject({ type: "about:blank", status, code, title: expect.stringContaining("service") });
    expect(JSON.stringify(body)).not.toContain("secret-1234");
    expect(log).toHaveBeenCalledOnce();
  });

  it("tells of a wrong parameter and of a wrong path", async () => {
    const { url } = await start();
    const [parameter, path] = await Promise.all([fetch(`${url}/turbines?minCapacity=much`), fetch(`${url}/farms`)]);
    expect([parameter.status, await parameter.json()]).toEqual([
      400,
      expect.objectContaining({ detail: "minCapacity must be a number of megawatts." }),
    ]);
    expect([path.status, await path.json()]).toEqual([404, expect.objectContaining({ title: "Not found" })]);
  });
});
