// Many clients at once that do all there is, and some that is wrong, for as long as is wanted; every answer is as it should be, and
// memory stays what it is: `node test/tools/soak-emulator.mjs --minutes 5 --clients 64 [--keep] [--seed n]`
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { randomNumbers } from "../bench/data.mjs";
import { bundledEmulator, caller, deployThing, view } from "./emulator-process.mjs";

/** Ids that are written: what there is does not grow. */
const IDS = 2_000;
const SAMPLES = 10;

const property = (id) => ["s", "Thing/v1", id];
const sources = [{ source: view }];

/** What a client may do: a path, a body, and the status that is to come. */
function actions(random) {
  const pick = (count) => Math.floor(random() * count);
  const id = () => `n${pick(IDS)}`;
  const named = () => ({ instanceType: "node", space: "s", externalId: id() });
  const write = () => ({
    ...named(),
    sources: [
      {
        source: view,
        properties: {
          name: `thing ${pick(100)}`,
          value: pick(1_000),
          tags: [`t${pick(9)}`],
          next: { space: "s", externalId: id() },
        },
      },
    ],
  });
  const distinct = (make, count) => [
    ...new Map(Array.from({ length: count }, make).map((one) => [one.externalId, one])).values(),
  ];
  const edge = () => ({
    instanceType: "edge",
    space: "s",
    externalId: `e${pick(IDS)}`,
    type: { space: "s", externalId: "t" },
    startNode: { space: "s", externalId: id() },
    endNode: { space: "s", externalId: id() },
  });
  const auto = { autoCreateStartNodes: true, autoCreateEndNodes: true };
  return [
    () => ["/instances", { items: distinct(write, 1 + pick(50)) }, 200],
    () => ["/instances", { items: distinct(edge, 1 + pick(20)), ...auto }, 200],
    () => ["/instances/delete", { items: distinct(named, 1 + pick(10)) }, 200],
    () => ["/instances/byids", { items: distinct(named, 20), sources }, 200],
    () => [
      "/instances/list",
      { sources, limit: 100, sort: [{ property: property("value"), direction: "descending" }] },
      200,
    ],
    () => [
      "/instances/list",
      { sources, limit: 100, filter: { range: { property: property("value"), gte: pick(1_000) } } },
      200,
    ],
    () => [
      "/instances/list",
      { sources, filter: { containsAny: { property: property("tags"), values: [`t${pick(9)}`] } } },
      200,
    ],
    () => ["/instances/search", { view, query: `thing ${pick(100)}`, limit: 20 }, 200],
    () => ["/instances/aggregate", { view, aggregates: [{ avg: { property: "value" } }], groupBy: ["name"] }, 200],
    () => [
      "/instances/query",
      {
        with: {
          some: { nodes: { filter: { equals: { property: property("value"), value: pick(1_000) } } }, limit: 50 },
          their: { edges: { from: "some", maxDistance: 2 }, limit: 100 },
          before: { nodes: { from: "some", through: { source: view, identifier: "next" }, direction: "inwards" } },
        },
        select: { some: { sources: [{ source: view, properties: ["*"] }] }, their: {}, before: {} },
      },
      200,
    ],
    () => ["/instances/sync", { with: { all: { nodes: {}, limit: 100 } }, select: { all: {} } }, 200],
    () => ["/instances", { items: [{ ...named(), sources: [{ source: view, properties: { value: "many" } }] }] }, 400],
    () => ["/instances", { items: [{ ...edge(), startNode: { space: "s", externalId: "nobody" } }] }, 409],
    () => ["/instances/list", { filter: { equals: { property: property("gone"), value: 1 } } }, 400],
    () => ["/instances/list", { sources, cursor: "no cursor" }, 400],
  ];
}

/** Runs clients for so many minutes. Throws at the first answer that is not as it should be, and when memory grows. */
export async function soakEmulator({
  minutes,
  clients = 64,
  seed = Date.now(),
  keep = false,
  progress = () => undefined,
}) {
  const random = randomNumbers(seed);
  const folder = mkdtempSync(path.join(os.tmpdir(), "pygen-soak-"));
  const emulator = await bundledEmulator();
  const server = emulator.start(keep ? { data: folder, compactAfter: 20_000_000 } : {});
  const { call, close } = caller(clients);
  let calls = 0;
  let over = false;
  try {
    const url = await server.ready;
    await deployThing(call, url);
    const possible = actions(random);
    const client = async () => {
      while (!over) {
        const [at, body, expected] = possible[Math.floor(random() * possible.length)]();
        const { status, body: answer } = await call(url, at, body);
        if (status !== expected) {
          throw new Error(`${at} ${JSON.stringify(body)}: ${status} ${JSON.stringify(answer)} in place of ${expected}`);
        }
        calls += 1;
      }
    };
    const work = Promise.all(Array.from({ length: clients }, client)).finally(() => {
      over = true;
    });
    const held = [];
    for (let sample = 0; sample < SAMPLES && !over; sample++) {
      await Promise.race([wait((minutes * 60_000) / SAMPLES), work]);
      held.push(await server.memory());
      progress(`${calls} calls, ${Math.round(held.at(-1) / 1e6)} MB`);
    }
    over = true;
    await work;
    // Until all ids have been written once, there is more and more of them.
    const [first, ...later] = held.slice(SAMPLES * 0.4);
    const most = Math.max(...later);
    if (most > first * 1.2 + 5e6)
      throw new Error(`memory grew: ${held.map((bytes) => Math.round(bytes / 1e6)).join(", ")} MB`);
    return { calls, megabytes: held.map((bytes) => Math.round(bytes / 1e6)) };
  } finally {
    over = true;
    close();
    await server.kill();
    emulator.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      minutes: { type: "string", default: "5" },
      clients: { type: "string", default: "64" },
      seed: { type: "string", default: String(Date.now()) },
      keep: { type: "boolean", default: false },
    },
  });
  const { calls, megabytes } = await soakEmulator({
    minutes: Number(values.minutes),
    clients: Number(values.clients),
    seed: Number(values.seed),
    keep: values.keep,
    progress: (text) => process.stderr.write(`\r${text}   `),
  });
  console.log(
    `\n${calls} calls of ${values.clients} clients, all as they should be; memory in MB: ${megabytes.join(", ")}`,
  );
}
