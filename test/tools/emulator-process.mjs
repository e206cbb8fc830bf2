// The emulator from its source in a process of its own, ready in a moment: bundled once, started and killed many times.
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import os from "node:os";
import path from "node:path";
import { build } from "esbuild";

const root = path.resolve(import.meta.dirname, "../..");

/** Bundles the server; gives what starts it, and what removes the bundle. */
export async function bundledEmulator() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "pygen-emulator-"));
  const outfile = path.join(folder, "server.mjs");
  await build({
    entryPoints: [path.join(import.meta.dirname, "emulator-process-server.ts")],
    tsconfig: path.join(root, "tsconfig.json"),
    bundle: true,
    platform: "node",
    format: "esm",
    target: "es2022",
    outfile,
    logLevel: "error",
  });
  return {
    start: (options = {}) => startServer(outfile, options),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function startServer(file, options) {
  const child = fork(file, [JSON.stringify(options)], { execArgv: ["--expose-gc"] });
  const ended = once(child, "exit");
  return {
    /** Where it listens; `undefined` when it ended before. */
    ready: Promise.race([once(child, "message").then(([{ url }]) => url), ended.then(() => undefined)]),
    /** Bytes that it holds after its garbage is gone. */
    memory: async () => {
      child.send("memory");
      return (await once(child, "message"))[0].bytes;
    },
    /** Milliseconds of `snapshot`, `restore` and `reset`, some times over. */
    snapshots: async () => {
      child.send("snapshots");
      return (await once(child, "message"))[0].rounds;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Calls with connections that stay open; a connection that breaks is the status 0. */
export function caller(connections) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const call = (url, at, body) =>
    new Promise((resolve) => {
      const sent = request(
        `${url}/api/v1/projects/test/models${at}`,
        { method: "POST", agent, headers: { authorization: "Bearer test", "content-type": "application/json" } },
        (answer) => {
          const chunks = [];
          answer.on("data", (chunk) => chunks.push(chunk));
          answer.on("error", () => resolve({ status: 0 }));
          answer.on("end", () => {
            if (!answer.complete) resolve({ status: 0 });
            else resolve({ status: answer.statusCode, body: JSON.parse(Buffer.concat(chunks).toString()) });
          });
        },
      );
      sent.on("error", () => resolve({ status: 0 }));
      sent.end(JSON.stringify(body));
    });
  return { call, close: () => agent.destroy() };
}

export const view = { type: "view", space: "s", externalId: "Thing", version: "v1" };

/** Puts a space, a container with an index, and a view into the project. */
export async function deployThing(call, url) {
  const properties = {
    name: { type: { type: "text" } },
    value: { type: { type: "int64" } },
    tags: { type: { type: "text", list: true } },
    next: { type: { type: "direct" } },
  };
  const indexes = { byValue: { properties: ["value"] }, byTag: { indexType: "inverted", properties: ["tags"] } };
  const mapped = Object.keys(properties).map((id) => [
    id,
    { container: { type: "container", space: "s", externalId: "Thing" }, containerPropertyIdentifier: id },
  ]);
  await call(url, "/spaces", { items: [{ space: "s" }] });
  await call(url, "/containers", { items: [{ space: "s", externalId: "Thing", usedFor: "all", properties, indexes }] });
  await call(url, "/views", {
    items: [{ space: "s", externalId: "Thing", version: "v1", properties: Object.fromEntries(mapped) }],
  });
}
