import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Logger } from "../../src/client/index.js";
import { redisStore, serve } from "../../src/service/node/index.js";
import { plant } from "./asking.js";
import { builtWorker } from "./built-worker.js";

const isThere = await promisify(execFile)("redis-server", ["--version"]).then(
  () => true,
  () => false,
);
if (!isThere) console.warn("skipped: there is no redis-server (Debian: apt-get install redis-server)");

describe.skipIf(!isThere)("replicas with one Redis", () => {
  const { script } = builtWorker();
  let folder = "";
  let port = 0;
  let url = "";
  let stop: () => Promise<void> = async () => {};

  async function startRedis(...settings: readonly string[]): Promise<void> {
    const server = spawn(
      "redis-server",
      ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", ...settings],
      {
        stdio: ["ignore", "pipe", "ignore"],
      },
    );
    stop = async () => {
      if (server.signalCode !== null) return;
      const exit = once(server, "exit");
      server.kill("SIGKILL");
      await exit;
    };
    for await (const chunk of server.stdout) if (String(chunk).includes("Ready to accept")) break;
    server.stdout.resume();
  }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "pygen-redis-"));
    port = await freePort();
    url = `redis://127.0.0.1:${port}`;
    await startRedis();
  });
  afterAll(async () => {
    await stop();
    await rm(folder, { recursive: true });
  });

  async function replica(perMinute = 1_000, logger?: Logger) {
    const server = await serve({ threads: 1, script: script(), redisUrl: url, limits: { perMinute }, logger });
    onTestFinished(() => server.close());
    return (body: object, at = "/generate") =>
      fetch(`${server.url}${at}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
  }
  /** How often what was asked for was kept from before, made, or shared, at the replica that answered. */
  const metricsOf = async (answer: Response): Promise<ReadonlyMap<string, number>> => {
    const text = await (await fetch(new URL("/metrics", answer.url))).text();
    const lines = text.matchAll(/pygen_cache_total\{result="(\w+)"\} (\d+)/g);
    return new Map([...lines].map(([, result = "", count]) => [result, Number(count)]));
  };

  test("what one generated, the other has, byte for byte", async () => {
    const [one, other] = [await replica(), await replica()];
    const first = await one({ model: { document: plant } });
    const second = await other({ model: { document: plant } });
    expect(new Uint8Array(await second.arrayBuffer())).toEqual(new Uint8Array(await first.arrayBuffer()));
    expect(second.headers.get("x-pygen-warnings")).toBe(first.headers.get("x-pygen-warnings"));
    expect(await metricsOf(first)).toEqual(new Map([["miss", 1]]));
    expect(await metricsOf(second)).toEqual(new Map([["hit", 1]]));
  });

  test("they count the requests of a client together", async () => {
    const store = await redisStore(url, undefined);
    onTestFinished(() => store.close());
    const { count } = await store.count("rate 127.0.0.1", 60_000);
    const [one, other] = [await replica(count + 2), await replica(count + 2)];
    const ask = async (replicaOf: typeof one) => (await replicaOf({ model: { document: plant } }, "/validate")).status;
    expect([await ask(one), await ask(other), await ask(one)]).toEqual([200, 200, 429]);
  });

  /** Ends Redis; it is there again for the tests that follow. */
  async function endRedis(): Promise<void> {
    await stop();
    onTestFinished(async () => {
      await stop();
      await startRedis();
    });
  }
  const body = (mark: string) => ({ model: { document: plant }, config: { exclude: { views: [mark] } } });

  test("while it is away, each keeps results by itself, and they share again when it is back", async () => {
    const [one, other] = [await replica(), await replica()];
    /** Whether a replica had it from before. */
    const isHit = async (ask: typeof one, mark: string) => {
      const answer = await ask(body(mark));
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/zip"]);
      const hits = (await metricsOf(answer)).get("hit") ?? 0;
      const before = seen.get(ask) ?? 0;
      seen.set(ask, hits);
      return hits > before;
    };
    const seen = new Map<typeof one, number>();
    await endRedis();
    expect([await isHit(one, "a"), await isHit(one, "a"), await isHit(other, "a")]).toEqual([false, true, false]);
    await startRedis();
    // Both connect again by themselves, each after a wait of its own; what is asked meanwhile is answered.
    for (let at = 0; ; at++) {
      expect(await isHit(one, `b${at}`)).toBe(false);
      if (await isHit(other, `b${at}`)) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });

  test("while it refuses, a replica serves by itself, limits clients, and says why", async () => {
    const warned: unknown[] = [];
    const logger = { debug() {}, info() {}, error() {}, warn: (...line: unknown[]) => void warned.push(line) };
    const ask = await replica(2, logger);
    await endRedis();
    await startRedis("--maxmemory", "1");
    // It is connected again after a wait of its own; until then, nothing is refused.
    for (let at = 0; warned.length < 2; at++) {
      expect((await ask(body(`d${at}`), "/validate")).status).toBe(at < 2 ? 200 : 429);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(warned).toEqual([
      ["redis is not there", { error: expect.any(String) }],
      ["redis refused", { error: expect.stringMatching(/OOM|EXECABORT/) }],
    ]);
  });

  test("while it is away, clients are limited all the same", async () => {
    const ask = await replica(2);
    await endRedis();
    const statuses: number[] = [];
    for (let at = 0; at < 3; at++) statuses.push((await ask(body("c"), "/validate")).status);
    expect(statuses).toEqual([200, 200, 429]);
  });
});

/** A port below those that systems give away, so that none of them is given while Redis is away. */
async function freePort(): Promise<number> {
  for (let port = 20_000 + (process.pid % 10_000); ; port += 1) {
    const server = net.createServer().listen(port, "127.0.0.1");
    const isFree = await once(server, "listening").then(
      () => true,
      () => false,
    );
    await new Promise((resolve) => server.close(resolve));
    if (isFree) return port;
  }
}
