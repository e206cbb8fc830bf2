// The built package as its users import it.

import path from "node:path";
import { pathToFileURL } from "node:url";
import { nodesToWrite, Pump } from "../data.mjs";
import { baseUrl, consume, measure, pooled, settings } from "./measure.mjs";

const dist = path.resolve(import.meta.dirname, "../../../dist");
const door = (name) => import(pathToFileURL(path.join(dist, name)).href);
const { bind, PygenClient, token } = await door("index.js");
const transport = settings.node ? { transport: (await door("node/index.js")).connectionPool() } : {};
const { pages = 100, calls = 1_000, chunks = 100 } = settings;

const client = new PygenClient({
  baseUrl,
  project: "bench",
  application: "bench",
  credentials: token("bench"),
  compression: settings.compression ?? false,
  ...transport,
});

const work = {
  async pages() {
    const { pump } = bind(client, { pump: Pump });
    let rows = 0;
    for await (const { items } of pump.list({ limit: Number.POSITIVE_INFINITY }).pages()) rows += await consume(items);
    return rows;
  },
  async query() {
    const { pump } = bind(client, { pump: Pump });
    const select = Object.fromEntries(Object.keys(Pump.properties).map((name) => [name, true]));
    let rows = 0;
    for await (const { items } of pump.list({ select }).pages()) rows += await consume(items);
    return rows;
  },
  async items() {
    const { pump } = bind(client, { pump: Pump });
    let rows = 0;
    for await (const row of pump.list()) rows += row.externalId === "" ? 0 : 1;
    return rows;
  },
  async iterate() {
    const sources = [{ source: { type: "view", space: Pump.space, externalId: "Pump", version: "v1" } }];
    let rows = 0;
    for await (const page of client.instances.iterate({ sources }).pages()) rows += await consume(page.items);
    return rows;
  },
  async write() {
    const items = Array.from({ length: chunks }, (_, chunk) => nodesToWrite(chunk)).flat();
    return () => client.instances.upsert(items).then((written) => written.length);
  },
  get: () => pooled(calls, 1, () => client.http.request({ method: "GET", path: "/models/spaces" }).then(() => 1)),
  post: () =>
    pooled(calls, 1, () =>
      client.http
        .request({ method: "POST", path: "/models/spaces/byids", body: { items: [{ space: "plant" }] } })
        .then(() => 1),
    ),
};

const expected = { write: chunks * 1_000, get: calls, post: calls }[settings.work] ?? pages * 1_000;
const prepared = settings.work === "write" ? await work.write() : work[settings.work];
await measure(expected, prepared);
