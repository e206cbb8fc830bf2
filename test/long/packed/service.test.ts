// The service of the package under load: LOAD_SECONDS=120 by default.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kB, manifest, measured, PackedApp } from "./packed-app.js";

const seconds = Number(process.env["LOAD_SECONDS"] ?? 120);
const clients = 32;
/** Parts of the time, after each of which everything rests and is measured. */
const rounds = 4;
const threads = 1;
const watcher = pathToFileURL(path.resolve(import.meta.dirname, "live-memory.mjs")).href;

/** What is alive in a thread of the service after a collection, bytes; `rss` is the process's. */
interface Alive {
  readonly thread: number;
  readonly heapUsed: number;
  readonly arrayBuffers: number;
  readonly rss: number;
}

let app: PackedApp;
let server: ChildProcess;
let url = "";

beforeAll(async () => {
  app = await PackedApp.create();
  const command = path.join(app.installed, manifest.bin["pygen"] ?? "");
  const limits = ["--threads", String(threads), "--limit", "perMinute=1000000"];
  const args = ["--expose-gc", "--import", watcher, command, "serve", "--port", "0", "--json", "--log-level", "warn"];
  server = spawn(process.execPath, [...args, ...limits], {
    cwd: app.folder,
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const [line] = (await once(server.stdout!, "data")) as [Buffer];
  ({ url } = JSON.parse(String(line)) as { readonly url: string });
});

afterAll(async () => {
  const exit = once(server, "exit");
  server.kill("SIGTERM");
  await exit;
  app.remove();
});

/** A model of 34 views with relations. */
const model = {
  files: [
    {
      path: "model.json",
      text: JSON.stringify({
        spaces: [{ space: "plant" }],
        containers: [
          {
            space: "plant",
            externalId: "Thing",
            usedFor: "node",
            properties: Object.fromEntries(
              Array.from({ length: 12 }, (_, index) => [
                `value${index}`,
                { type: { type: "float64" }, nullable: true },
              ]),
            ),
          },
        ],
        views: Array.from({ length: 34 }, (_, view) => ({
          space: "plant",
          externalId: `Thing${view}`,
          version: "v1",
          properties: Object.fromEntries(
            Array.from({ length: 12 }, (_unused, index) => [
              `value${index}`,
              {
                container: { type: "container", space: "plant", externalId: "Thing" },
                containerPropertyIdentifier: `value${index}`,
                description: `Value ${index} of thing ${view}`,
              },
            ]),
          ),
        })),
        dataModels: [
          {
            space: "plant",
            externalId: "Plant",
            version: "v1",
            views: Array.from({ length: 34 }, (_, view) => ({
              type: "view",
              space: "plant",
              externalId: `Thing${view}`,
              version: "v1",
            })),
          },
        ],
      }),
    },
  ],
};

/** What is alive in each thread, the first of which answers requests. */
function alive(): Promise<readonly Alive[]> {
  return new Promise((resolve) => {
    const found: Alive[] = [];
    const take = (message: unknown): void => {
      found.push(message as Alive);
      if (found.length < threads + 1) return;
      server.off("message", take);
      resolve(found.sort((a, b) => a.thread - b.thread));
    };
    server.on("message", take);
    server.send({});
  });
}

describe("32 clients, each with configurations that nobody asked for before", () => {
  it("have an answer each, in flat memory, while /health answers", async () => {
    const times: number[] = [];
    const health: number[] = [];
    const statuses = new Map<number, number>();
    let call = 0;
    const generate = async (until: number): Promise<void> => {
      while (performance.now() < until) {
        const config = { rename: { model: `Model${call++}` } };
        const started = performance.now();
        const answer = await fetch(`${url}/generate`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ model, config }),
        });
        await answer.arrayBuffer();
        times.push(performance.now() - started);
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      }
    };
    const watch = async (until: number): Promise<void> => {
      while (performance.now() < until) {
        const started = performance.now();
        expect((await fetch(`${url}/health`)).status).toBe(200);
        health.push(performance.now() - started);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const memory: (readonly Alive[])[] = [];
    for (let round = 0; round < rounds; round++) {
      const until = performance.now() + (seconds / rounds) * 1_000;
      await Promise.all([...Array.from({ length: clients }, () => generate(until)), watch(until)]);
      memory.push(await alive());
    }
    const at = (values: number[], share: number): number =>
      values.sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
    measured("service under load", [
      `${times.length} answers in ${seconds} s, p50 ${at(times, 0.5).toFixed(0)} ms, p95 ${at(times, 0.95).toFixed(0)} ms; /health p99 ${at(health, 0.99).toFixed(1)} ms`,
      ...memory.map(
        (threadsNow) =>
          `alive ${threadsNow.map(({ heapUsed, arrayBuffers }) => `${kB(heapUsed)} + ${kB(arrayBuffers)}`).join(", ")}; resident ${kB(threadsNow[0]?.rss ?? 0)}`,
      ),
    ]);
    expect([...statuses.keys()]).toEqual([200]);
    const [first, last] = [memory[0] ?? [], memory.at(-1) ?? []];
    for (const [index, { heapUsed, arrayBuffers, rss }] of last.entries()) {
      // Results that are kept have a bound of their own, 64 MB; their keys and what the engine learns are within this.
      expect(heapUsed - (first[index]?.heapUsed ?? 0)).toBeLessThan(6e6);
      expect(arrayBuffers).toBeLessThan(80e6);
      expect(rss).toBeLessThan(1e9);
    }
  });
});
