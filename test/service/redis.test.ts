import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
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
  let url = "";
  let stop: () => Promise<void> = async () => {};

  async function startRedis(): Promise<void> {
    const port = await freePort();
    const server = spawn(
      "redis-server",
      ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", ""],
      {
        stdio: ["ignore", "pipe", "ignore"],
      },
    );
    stop = async () => {
      const exit = once(server, "exit");
      server.kill("SIGKILL");
      await exit;
    };
    for await (const chunk of server.stdout) if (String(chunk).includes("Ready to accept")) break;
    server.stdout.resume();
    url = `redis://127.0.0.1:${port}`;
  }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "pygen-redis-"));
    await startRedis();
  });
  afterAll(async () => {
    await stop();
    await rm(folder, { recursive: true });
  });

  async function replica(perMinute = 1_000) {
    const server = await serve({ threads: 1, script: script(), redisUrl: url, limits: { perMinute } });
    onTestFinished(() => server.close());
    return (body: object, at = "/generate") =>
      fetch(`${server.url}${at}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
  }
  const metricsOf = async (answer: Response) =>
    (await (await fetch(new URL("/metrics", answer.url))).text()).match(/pygen_cache_total\S* \d+/g);

  test("what one generated, the other has, byte for byte", async () => {
    const [one, other] = [await replica(), await replica()];
    const first = await one({ model: { document: plant } });
    const second = await other({ model: { document: plant } });
    expect(new Uint8Array(await second.arrayBuffer())).toEqual(new Uint8Array(await first.arrayBuffer()));
    expect(second.headers.get("x-pygen-warnings")).toBe(first.headers.get("x-pygen-warnings"));
    expect(await metricsOf(first)).toEqual(['pygen_cache_total{result="miss"} 1']);
    expect(await metricsOf(second)).toEqual(['pygen_cache_total{result="hit"} 1']);
  });

  test("they count the requests of a client together", async () => {
    const store = await redisStore(url, undefined);
    onTestFinished(() => store.close());
    const { count } = await store.count("rate 127.0.0.1", 60_000);
    const [one, other] = [await replica(count + 2), await replica(count + 2)];
    const ask = async (replicaOf: typeof one) => (await replicaOf({ model: { document: plant } }, "/validate")).status;
    expect([await ask(one), await ask(other), await ask(one)]).toEqual([200, 200, 429]);
  });

  test("while it is away, they serve by themselves, and take it again when it is back", async () => {
    const ask = await replica();
    await stop();
    const answer = await ask({ model: { document: plant } });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/zip"]);
    await startRedis();
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
