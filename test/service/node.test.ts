import { connect } from "node:net";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { generate, readModelDocument } from "../../src/codegen/index.js";
import { memoryStore } from "../../src/service/index.js";
import { jsonLogger, type ServeOptions, serve, threadPool } from "../../src/service/node/index.js";
import { gate } from "../tools/gate.js";
import { plant } from "./asking.js";
import { builtWorker } from "./built-worker.js";

const { script } = builtWorker();

async function serving(options: ServeOptions = {}) {
  const server = await serve({ threads: 1, script: script(), ...options });
  onTestFinished(() => server.close());
  const ask = (path: string, body?: unknown, init: RequestInit = {}) =>
    fetch(`${server.url}${path}`, {
      ...(body === undefined
        ? {}
        : { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      ...init,
    });
  return { server, ask };
}

const model = { document: plant };
/** Takes a thread longer than a test waits. */
const endless = {
  files: [{ path: "a.json", text: JSON.stringify({ views: largeViews(3_000) }) }],
};

describe("the service on a port", () => {
  test("generates in threads what the generator makes, keeps it, and tells Prometheus", async () => {
    const { ask } = await serving();
    const { files } = generate({ document: readModelDocument(plant) });
    for (let time = 0; time < 2; time++) {
      const answer = await ask("/generate", { model });
      expect(answer.status).toBe(200);
      const entries = unzipSync(new Uint8Array(await answer.arrayBuffer()));
      expect(
        Object.entries(entries)
          .map(([name, bytes]) => [name, strFromU8(bytes)])
          .sort(),
      ).toEqual([...files].sort());
    }
    const answer = await ask("/metrics");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect((await ask("/metrics", undefined, { method: "HEAD" })).status).toBe(200);
    expect((await ask("/metrics", {})).status).toBe(405);
    const metrics = await answer.text();
    expect(metrics).toContain('pygen_requests_total{route="/generate",method="POST",status="200"} 2');
    expect(metrics).toContain('pygen_cache_total{result="miss"} 1');
    expect(metrics).toContain('pygen_cache_total{result="hit"} 1');
    expect(metrics).toContain('pygen_jobs{state="waiting"} 0');
    expect(metrics).toContain("process_resident_memory_bytes");
  });

  test("ends work that takes too long, answers meanwhile, and goes on after it", async () => {
    const { ask } = await serving({ limits: { milliseconds: 2_000, bodyBytes: 50_000_000 } });
    const slow = ask("/validate", { model: endless });
    expect((await ask("/health")).status).toBe(200);
    const refused = await slow;
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([422, "LIMIT.TIME"]);
    // The time for it counts from when its thread begins to start.
    await expect.poll(async () => (await ask("/validate", { model })).status).toBe(200);
  });

  test("stops work that is given up", async () => {
    const { ask } = await serving({ limits: { bodyBytes: 50_000_000 } });
    const controller = new AbortController();
    const gone = ask("/validate", { model: endless }, { signal: controller.signal });
    setTimeout(() => controller.abort(), 100);
    await expect(gone).rejects.toThrow();
    expect((await ask("/validate", { model })).status).toBe(200);
  });

  test("cuts off who does not take its answer, says so in a line of the log alone, and serves others on", async () => {
    const large = { bytes: new Uint8Array(30_000_000), warnings: 0 };
    const asked = gate();
    const store = { ...memoryStore(), get: () => asked.pass().then(() => large) };
    const lines: string[] = [];
    const logger = jsonLogger("warn", { write: (line) => void lines.push(line) });
    const printed = vi.spyOn(console, "error").mockReturnValue();
    onTestFinished(() => printed.mockRestore());
    const { server, ask } = await serving({ limits: { concurrent: 1, sendMilliseconds: 500 }, store, logger });
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1").pause();
    onTestFinished(() => void socket.destroy());
    const body = JSON.stringify({ model });
    const head = `POST /generate HTTP/1.1\r\nhost: s\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    socket.write(head + body);
    const status = async () => (await ask("/validate", { model })).status;
    await expect.poll(status).toBe(503);
    asked.open();
    await expect.poll(() => lines).toHaveLength(1);
    await expect.poll(status).toBe(200);
    let taken = 0;
    socket.on("data", (chunk) => {
      taken += chunk.length;
    });
    socket.on("error", () => {}).resume();
    await expect.poll(() => socket.closed).toBe(true);
    expect(taken).toBeLessThan(large.bytes.length);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { msg: "cut off", requestId: expect.any(String), route: "/generate" },
    ]);
    expect(printed).not.toHaveBeenCalled();
  });

  test("lets requests end when it closes, is not ready meanwhile, and closes once", async () => {
    const { server, ask } = await serving({ drain: 12_345 });
    const drained = gate();
    const waits: unknown[] = [];
    // The wait ends when the test says, and is the only one that begins before `close` gives its promise.
    vi.spyOn(globalThis, "setTimeout").mockImplementationOnce((end, milliseconds) => {
      waits.push(milliseconds);
      void drained.opened.then(end);
      return setTimeout(() => {}, 0);
    });
    onTestFinished(() => void vi.restoreAllMocks());
    const closed = server.close();
    expect(waits).toEqual([12_345]);
    const asked = ask("/generate", { model });
    expect((await ask("/ready")).status).toBe(503);
    expect((await asked).status).toBe(200);
    drained.open();
    await closed;
    expect(server.close()).toBe(server.close());
    await expect(ask("/health")).rejects.toThrow();
  });

  test("counts by the address that the proxy in front names, and by no other", async () => {
    const { ask } = await serving({ limits: { perMinute: 1 }, proxies: 1 });
    const statusFrom = async (forwarded: string) =>
      (
        await ask(
          "/validate",
          { model },
          { headers: { "content-type": "application/json", "x-forwarded-for": forwarded } },
        )
      ).status;
    expect(await statusFrom("1.1.1.1, 10.0.0.1")).toBe(200);
    expect(await statusFrom("2.2.2.2, 10.0.0.1")).toBe(429);
    expect(await statusFrom("1.1.1.1, 10.0.0.2")).toBe(200);
  });

  test("writes a line of JSON for each request, without its headers", async () => {
    const lines: string[] = [];
    const { ask } = await serving({ logger: jsonLogger("info", { write: (line) => void lines.push(line) }) });
    const secret = "planted-secret-value";
    await ask("/version", undefined, { headers: { "x-cdf-authorization": secret, "x-api-key": secret } });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { msg: "served", route: "/version", status: 200, name: "pygen" },
    ]);
    expect(lines.join("")).not.toContain(secret);
  });

  test.for([
    [{ threads: 0 }, /threads '0'/],
    [{ memory: 1 }, /memory '1'/],
    [{ proxies: -1 }, /proxies '-1'/],
    [{ redisUrl: "nonsense" }, /REDIS_URL/],
    [{ redisUrl: "redis://127.0.0.1:9" }, /does not answer/],
  ] as const)("%j cannot be meant", async ([options, message]) => {
    await expect(serve({ ...options })).rejects.toThrow(message);
  });
});

describe("threads", () => {
  test("what waits for one longer than it may is refused, and never done", async () => {
    const pool = threadPool({ threads: 1, queue: 4, memory: 1_024, script: script() });
    onTestFinished(() => pool.close());
    const controller = new AbortController();
    const job = (files: typeof endless.files) =>
      ({ kind: "validate", model: { files, dependsOn: [], variables: {} }, config: {}, maxViews: 100_000 }) as const;
    const small = job([{ path: "a.json", text: JSON.stringify(plant) }]);
    const long = pool.run(job(endless.files), { signal: controller.signal, milliseconds: 600_000 });
    await expect(pool.run(small, { signal: new AbortController().signal, milliseconds: 20 })).rejects.toMatchObject({
      status: 503,
      code: "LIMIT.CONCURRENT",
      details: { headers: { "retry-after": "1" } },
    });
    expect(pool.counts()).toEqual({ active: 1, waiting: 0 });
    const next = pool.run(small, { signal: new AbortController().signal, milliseconds: 600_000 });
    controller.abort();
    await expect(long).rejects.toThrow();
    expect((await next).kind).toBe("diagnostics");
    expect(pool.counts()).toEqual({ active: 0, waiting: 0 });
  });

  test("one that needs too much memory ends with its job, and the next job has another", async () => {
    const pool = threadPool({ threads: 1, queue: 4, memory: 64, script: script() });
    onTestFinished(() => pool.close());
    const run = (files: readonly { readonly path: string; readonly text: string }[]) =>
      pool.run(
        { kind: "validate", model: { files, dependsOn: [], variables: {} }, config: {}, maxViews: 100_000 },
        { signal: new AbortController().signal, milliseconds: 60_000 },
      );
    await expect(run([{ path: "a.json", text: JSON.stringify({ views: largeViews(12_000) }) }])).rejects.toMatchObject({
      code: "LIMIT.MEMORY",
    });
    const result = await run([{ path: "a.json", text: JSON.stringify(plant) }]);
    expect(result.kind).toBe("diagnostics");
  });
});

function largeViews(count: number): object[] {
  return Array.from({ length: count }, (_, index) => ({
    space: "s",
    externalId: `View${index}`,
    version: "v1",
    implements: index === 0 ? [] : [{ type: "view", space: "s", externalId: `View${index - 1}`, version: "v1" }],
    properties: Object.fromEntries(
      Array.from({ length: 20 }, (_unused, at) => [
        `property${at}`,
        { container: { type: "container", space: "s", externalId: "C" }, containerPropertyIdentifier: `p${at}` },
      ]),
    ),
  }));
}
