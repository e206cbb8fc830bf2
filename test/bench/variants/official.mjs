// The official client, used as its documentation does.
import { CogniteClient } from "@cognite/sdk";
import { nodesToWrite, viewId } from "../data.mjs";
import { baseUrl, consume, measure, pooled, settings } from "./measure.mjs";

const { pages = 100, chunks = 100, concurrency = 4 } = settings;
const client = new CogniteClient({
  appId: "bench",
  project: "bench",
  baseUrl,
  oidcTokenProvider: async () => "bench",
});
await client.authenticate();

const work = {
  async pages() {
    let rows = 0;
    let cursor;
    do {
      const page = await client.instances.list({
        instanceType: "node",
        sources: [{ source: viewId }],
        limit: 1_000,
        ...(cursor === undefined ? {} : { cursor }),
      });
      rows += await consume(page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return rows;
  },
  write() {
    const items = Array.from({ length: chunks }, (_, chunk) => nodesToWrite(chunk));
    return () =>
      pooled(chunks, concurrency, async (at) => (await client.instances.upsert({ items: items[at] })).items.length);
  },
};

await measure(
  settings.work === "write" ? chunks * 1_000 : pages * 1_000,
  settings.work === "write" ? work.write() : work[settings.work],
);
