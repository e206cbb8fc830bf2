// The service of the package under load: LOAD_SECONDS=120 by default.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { manifest, PackedApp } from "./packed-app.js";

const seconds = Number(process.env["LOAD_SECONDS"] ?? 120);
const clients = 32;

let app: PackedApp;
let server: ChildProcess;
let url = "";

beforeAll(async () => {
  app = await PackedApp.create();
  const command = path.join(app.installed, manifest.bin["pygen"] ?? "");
  const args = [command, "serve", "--port", "0", "--json", "--log-level", "warn", "--limit", "perMinute=1000000"];
  server = spawn(process.execPath, args, { cwd: app.folder, stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(server.stdout!, "data")) as [Buffer];
  ({ url } = JSON.parse(String(line)) as { readonly url: string });
}, 120_000);

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

describe("32 clients, each with configurations that nobody asked for before", () => {
  it(
    "have an answer each, in flat memory, while /health answers",
    async () => {
      const until = performance.now() + seconds * 1_000;
      const times: number[] = [];
      const health: number[] = [];
      const memory: number[] = [];
      const statuses = new Map<number, number>();
      const generate = async (client: number): Promise<void> => {
        for (let call = 0; performance.now() < until; call++) {
          const config = { rename: { model: `Model${client}x${call}` } };
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
      const watch = async (): Promise<void> => {
        for (let round = 0; performance.now() < until; round++) {
          const started = performance.now();
          expect((await fetch(`${url}/health`)).status).toBe(200);
          health.push(performance.now() - started);
          if (round % 20 === 0) {
            const metrics = await (await fetch(`${url}/metrics`)).text();
            memory.push(Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1]) / 1e6);
          }
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      };
      await Promise.all([...Array.from({ length: clients }, (_, client) => generate(client)), watch()]);
      const at = (values: number[], share: number): number =>
        values.sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
      const half = memory.slice(Math.floor(memory.length / 2));
      console.log(
        `service: ${times.length} answers in ${seconds} s, p50 ${at(times, 0.5).toFixed(0)} ms, p95 ${at(times, 0.95).toFixed(0)} ms; ` +
          `/health p99 ${at(health, 0.99).toFixed(1)} ms; memory ${memory
            .map((each) => each.toFixed(0))
            .filter((_, index) => index % 8 === 0)
            .join(" ")} MB`,
      );
      expect([...statuses.keys()]).toEqual([200]);
      // What is kept fills up to its bound in the first half.
      expect(Math.max(...half)).toBeLessThan(Math.max(...memory.slice(0, half.length)) * 1.25);
    },
    (seconds + 60) * 1_000,
  );
});
