// What a program pays at least: fetch and JSON.parse, by hand.
import { nodesToWrite, viewId } from "../data.mjs";
import { consume, headers, measure, pooled, project, settings } from "./measure.mjs";

const { pages = 100, calls = 1_000, chunks = 100, concurrency = 4 } = settings;

async function request(method, path, body) {
  const init = body === undefined ? { headers } : { method, headers, body: JSON.stringify(body) };
  const response = await fetch(`${project}${path}`, init);
  return JSON.parse(await response.text());
}

async function read(each) {
  const body = { instanceType: "node", sources: [{ source: viewId }], limit: 1_000 };
  let rows = 0;
  let cursor;
  do {
    const page = await request("POST", "/models/instances/list", cursor === undefined ? body : { ...body, cursor });
    rows += await each(page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return rows;
}

const work = {
  pages: () => read(consume),
  write() {
    const items = Array.from({ length: chunks }, (_, chunk) => nodesToWrite(chunk));
    return () =>
      pooled(chunks, concurrency, async (at) => {
        const answer = await request("POST", "/models/instances", { items: items[at] });
        return answer.items.length;
      });
  },
  get: () => pooled(calls, 1, () => request("GET", "/models/spaces").then(() => 1)),
  post: () =>
    pooled(calls, 1, () => request("POST", "/models/spaces/byids", { items: [{ space: "plant" }] }).then(() => 1)),
};

const expected = { write: chunks * 1_000, get: calls, post: calls }[settings.work] ?? pages * 1_000;
await measure(expected, settings.work === "write" ? work.write() : work[settings.work]);
