// Walks a list of many pages and prints what the heap holds, as JSON: `[megabytes, ...]`, every 200 pages. Run with --expose-gc.
import { bind, PygenClient, token } from "../../dist/index.js";
import { connectionPool } from "../../dist/node/index.js";
import { Pump } from "../bench/data.mjs";

const [baseUrl] = process.argv.slice(2);
const client = new PygenClient({
  baseUrl,
  project: "bench",
  application: "memory",
  credentials: token("bench"),
  transport: connectionPool(),
});
const { pump } = bind(client, { pump: Pump });
const held = [];
let pages = 0;
for await (const page of pump.list({ limit: Number.POSITIVE_INFINITY }).pages()) {
  if (page.items.length === 0) throw new Error("a page is empty");
  pages += 1;
  if (pages % 200 !== 0) continue;
  globalThis.gc();
  held.push(process.memoryUsage().heapUsed / 1e6);
}
await client.close();
console.log(JSON.stringify(held));
