import { describe, expect, it } from "vitest";
import { messageOf, type Served, serve } from "../http/serving.js";

const container = { type: "container", space: "data", externalId: "Named" };

/** An emulator with a node whose properties name classic resources. */
async function served(): Promise<Served> {
  const one = await serve();
  const list = (type: string) => ({ type: { type, list: true } });
  const properties = {
    numbers: { type: { type: "timeseries" } },
    texts: list("timeseries"),
    files: list("file"),
    table: { type: { type: "sequence" } },
  };
  const values = { numbers: "ts/1", texts: ["ts/2", "ts/3"], files: ["report"], table: "table" };
  await one.call("/models/spaces", { items: [{ space: "data" }] });
  await one.call("/models/containers", { items: [{ space: "data", externalId: "Named", properties, usedFor: "all" }] });
  const node = {
    instanceType: "node",
    space: "data",
    externalId: "n",
    sources: [{ source: container, properties: values }],
  };
  expect((await one.call("/models/instances", { items: [node] })).status).toBe(200);
  return one;
}

const insert = (externalId: string, value: number | string) => ({
  items: [{ externalId, datapoints: [{ timestamp: 1, value }] }],
});

describe("what a property names comes into being on first write", () => {
  it("as a series, of numbers or texts as its first point is", async () => {
    const { call } = await served();
    expect((await call("/timeseries/data/list", { items: [{ externalId: "ts/1" }] })).status).toBe(400);
    for (const [externalId, value] of [
      ["ts/1", 5],
      ["ts/3", "on"],
    ] as const) {
      expect((await call("/timeseries/data", insert(externalId, value))).status).toBe(200);
      const { body } = await call("/timeseries/data/list", { items: [{ externalId }] });
      const [series] = (body as { readonly items: readonly { readonly id: number }[] }).items;
      expect(series).toMatchObject({ externalId, isString: value === "on", datapoints: [{ timestamp: 1, value }] });
      const byId = await call("/timeseries/data/latest", { items: [{ id: series?.id }] });
      expect(byId.body).toMatchObject({ items: [{ externalId, datapoints: [{ value }] }] });
    }
    expect(messageOf(await call("/timeseries/data", insert("ts/1", "text")))).toContain("Expected a number");
    const gone = await call("/timeseries/data/delete", { items: [{ externalId: "ts/1", inclusiveBegin: 1 }] });
    expect(gone.status).toBe(200);
    const after = await call("/timeseries/data/list", { items: [{ externalId: "ts/1" }] });
    expect(after.body).toMatchObject({ items: [{ datapoints: [] }] });
  });

  it("but not when the write is refused, and not when nothing names it", async () => {
    const { call } = await served();
    const unknown = await call("/timeseries/data", { items: [...insert("ts/1", 1).items, ...insert("ts/9", 1).items] });
    expect([unknown.status, unknown.body]).toMatchObject([400, { error: { missing: [{ externalId: "ts/9" }] } }]);
    expect((await call("/timeseries/data/list", { items: [{ externalId: "ts/1" }] })).status).toBe(400);
  });

  it("as a file, when a place for its content is asked for", async () => {
    const { call } = await served();
    const { status, body } = await call("/files/uploadlink", { items: [{ externalId: "report" }] });
    expect([status, body]).toMatchObject([201, { items: [{ externalId: "report", name: "report", uploaded: false }] }]);
    const [{ uploadUrl = "", id = 0 } = {}] = (body as { items: { uploadUrl: string; id: number }[] }).items;
    expect((await fetch(uploadUrl, { method: "PUT", body: "content" })).status).toBe(201);
    for (const item of [{ externalId: "report" }, { id }]) {
      const links = await call("/files/downloadlink", { items: [item] });
      const [{ downloadUrl = "" } = {}] = (links.body as { items: { downloadUrl: string }[] }).items;
      expect(await (await fetch(downloadUrl)).text()).toBe("content");
    }
    expect((await call("/files/uploadlink", { items: [{ externalId: "other" }] })).status).toBe(400);
  });

  it("as a sequence, with the columns that are written", async () => {
    const { call } = await served();
    const rows = [{ rowNumber: 1, values: [1.5, "a"] }];
    const item = { externalId: "table", columns: ["depth", "note"], rows };
    expect((await call("/sequences/data", { items: [item] })).status).toBe(200);
    expect((await call("/sequences/data/list", { externalId: "table" })).body).toMatchObject({
      columns: [
        { externalId: "depth", valueType: "DOUBLE" },
        { externalId: "note", valueType: "STRING" },
      ],
      rows,
    });
    expect((await call("/sequences/data", { items: [{ ...item, externalId: "other" }] })).status).toBe(400);
    expect((await call("/sequences/data", { items: [{ ...item, columns: ["depth", "more"] }] })).status).toBe(400);
  });
});
