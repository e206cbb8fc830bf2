// Walks a list of many pages and prints what the heap holds, as JSON: `[megabytes, ...]`, every 200 pages. Run with --expose-gc.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Pump } from "../bench/data.mjs";

const door = (name) => import(pathToFileURL(path.resolve(import.meta.dirname, "../../dist", name)).href);
const { bind, PygenClient, token } = await door("index.js");
const { connectionPool } = await door("node/index.js");
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
