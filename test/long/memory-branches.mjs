// Streams a list with three relations, and prints as JSON what the heap holds every 100,000 rows, how many requests were
// answered before the first row, and how many are open after a `break`. Run with --expose-gc.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { farmViews } from "./branches-data.mjs";

const door = (name) => import(pathToFileURL(path.resolve(import.meta.dirname, "../../dist", name)).href);
const { bind, PygenClient, token } = await door("index.js");
const { connectionPool } = await door("node/index.js");
const [baseUrl] = process.argv.slice(2);
let started = 0;
let ended = 0;
const client = new PygenClient({
  baseUrl,
  project: "bench",
  application: "memory",
  credentials: token("bench"),
  transport: connectionPool(),
  hooks: {
    onStart: () => {
      started += 1;
    },
    onEnd: () => {
      ended += 1;
    },
  },
});
const { turbine } = bind(client, farmViews);
const select = { name: true, farm: { select: { name: true } }, blades: { select: { name: true } }, masts: true };
const list = turbine.list({ select });

let answeredBeforeFirst;
for await (const row of list) {
  answeredBeforeFirst ??= ended;
  if (row.blades.length > 0) break;
}
const open = started - ended;
const afterBreak = started;
await new Promise((resolve) => setTimeout(resolve, 50));
const later = started - afterBreak;

const held = [];
let rows = 0;
for await (const row of list) {
  if (row.farm === null || row.blades.length !== 3 || row.masts.length !== 1)
    throw new Error(`row ${rows} is not whole`);
  rows += 1;
  if (rows % 100_000 !== 0) continue;
  globalThis.gc();
  held.push(process.memoryUsage().heapUsed / 1e6);
}
await client.close();
console.log(JSON.stringify({ held, rows, answeredBeforeFirst, open, later }));
