import { describe, expect, it } from "vitest";
import { messageOf, type Served, serve } from "../http/serving.js";

const instanceId = { space: "data", externalId: "node" };

/** An emulator with a numeric time series and a file. */
async function served(now?: () => number): Promise<Served> {
  const one = await serve(now ? { now } : {});
  const source = (externalId: string) => ({ type: "view", space: "cdf_cdm", externalId, version: "v1" });
  const node = (externalId: string, container: string, properties: object) => ({
    instanceType: "node",
    space: "data",
    externalId,
    sources: [{ source: source(container), properties }],
  });
  await one.call("/models/spaces", { items: [{ space: "data" }] });
  const written = await one.call("/models/instances", {
    items: [
      node("node", "CogniteTimeSeries", { type: "numeric", isStep: false }),
      node("text", "CogniteTimeSeries", { type: "string", isStep: false }),
      node("state", "CogniteTimeSeries", { type: "state", isStep: false }),
      node("file", "CogniteFile", {}),
      { instanceType: "node", space: "data", externalId: "plain" },
    ],
  });
  expect(written.status).toBe(200);
  return one;
}

describe("bad bodies of calls for data", () => {
  const point = { timestamp: 0, value: 1 };
  const insert = (item: object) => ({ items: [{ instanceId, datapoints: [point], ...item }] });
  it.each([
    ["/timeseries/data", {}, "items must not be null"],
    ["/timeseries/data", { items: [] }, "items size must be between 1 and 10000"],
    ["/timeseries/data", insert({ more: 1 }), "Unexpected field - items[0].more"],
    ["/timeseries/data", insert({ externalId: "x" }), "Unexpected field - items[0].externalId"],
    ["/timeseries/data", { items: [{ datapoints: [] }] }, "items[0] must hold one of [instanceId, externalId, id]"],
    ["/timeseries/data", { items: ["x"] }, "items[0] must be an object"],
    ["/timeseries/data", insert({ instanceId: { space: "data" } }), "items[0].instanceId.externalId must not be null"],
    ["/timeseries/data", insert({ datapoints: [{ timestamp: 0.5, value: 1 }] }), "timestamp must be an integer"],
    ["/timeseries/data", insert({ datapoints: [{ timestamp: 5e12, value: 1 }] }), "timestamp must be between"],
    ["/timeseries/data", insert({ datapoints: [{ timestamp: 0, value: 2e100 }] }), "value must be between"],
    ["/timeseries/data", insert({ datapoints: [{ timestamp: 0, value: true }] }), "value must be a number or a text"],
    ["/timeseries/data", insert({ datapoints: [{ timestamp: 0, value: "x".repeat(1024) }] }), "at most 1023 bytes"],
    ["/timeseries/data", insert({ datapoints: [{ timestamp: 0, value: "x" }] }), "Expected a number"],
    ["/timeseries/data", insert({ datapoints: [{ ...point, status: { code: 3221225472 } }] }), "Invalid status code"],
    ["/timeseries/data", insert({ datapoints: [{ ...point, status: { symbol: "Fine" } }] }), "status symbol 'Fine'"],
    [
      "/timeseries/data",
      insert({ datapoints: [{ ...point, status: { code: 0, symbol: "Bad" } }] }),
      "'Bad' is not that of the status code 0",
    ],
    ["/timeseries/data", insert({ instanceId: { space: "data", externalId: "state" } }), "states"],
    [
      "/timeseries/data",
      { items: Array(2).fill(insert({ datapoints: Array(50_001).fill(point) }).items[0]) },
      "100000 data points",
    ],
    ["/timeseries/data/list", { items: [{ instanceId, limit: 0 }] }, "limit must be between 1 and 100000"],
    ["/timeseries/data/list", { items: [{ instanceId }], limit: 100_001 }, "limit must be between"],
    ["/timeseries/data/list", { items: [{ instanceId, start: true }] }, "start must be an integer or a text"],
    ["/timeseries/data/list", { items: [{ instanceId, start: "x" }] }, "Invalid time 'x'"],
    ["/timeseries/data/list", { items: [{ instanceId, start: 5, end: 5 }] }, "Invalid time range"],
    ["/timeseries/data/list", { items: [{ instanceId, cursor: "x" }] }, "Invalid cursor"],
    ["/timeseries/data/list", { items: [{ instanceId, targetUnit: "x" }] }, "Cannot convert units"],
    ["/timeseries/data/list", { items: [{ instanceId }], timeZone: "Oslo" }, "Invalid timeZone 'Oslo'"],
    ["/timeseries/data/list", { items: [{ instanceId }], aggregates: ["median"] }, "aggregates[0] must be"],
    ["/timeseries/data/list", { items: [{ instanceId }], aggregates: ["sum", "sum"] }, "name an aggregate twice"],
    ["/timeseries/data/list", { items: [{ instanceId }], aggregates: ["sum"] }, "Invalid granularity ''"],
    [
      "/timeseries/data/list",
      { items: [{ instanceId }], aggregates: ["sum"], granularity: "1h", limit: 10_001 },
      "10000",
    ],
    [
      "/timeseries/data/list",
      { items: [{ instanceId: { space: "data", externalId: "text" } }], aggregates: ["count"], granularity: "1h" },
      "numeric time series only",
    ],
    ["/timeseries/data/list", { items: [{ instanceId: { space: "data", externalId: "plain" } }] }, "Ids not found"],
    ["/timeseries/data/latest", { items: [{ instanceId, targetUnitSystem: "SI" }] }, "Cannot convert units"],
    ["/timeseries/data/delete", { items: [{ instanceId }] }, "inclusiveBegin must not be null"],
    ["/files/uploadlink", { items: [{ id: 1 }] }, "Unexpected field - items[0].id"],
    ["/files/uploadlink", { items: [] }, "size must be between 1 and 1"],
    ["/files/uploadlink", { items: [{ instanceId }, { instanceId }] }, "size must be between 1 and 1"],
    ["/files/uploadlink", { items: [{ instanceId }] }, "Ids not found"],
    ["/files/multiuploadlink", { items: [{ instanceId }] }, "parts must not be null"],
    ["/files/multiuploadlink?parts=0", { items: [{ instanceId }] }, "parts must be between 1 and 250"],
    ["/files/multiuploadlink?parts=251", { items: [{ instanceId }] }, "parts must be between 1 and 250"],
    ["/files/multiuploadlink?parts=x", { items: [{ instanceId }] }, "parts must be between 1 and 250"],
    [
      "/files/downloadlink?extendedExpiration=1",
      { items: [{ instanceId }] },
      "extendedExpiration must be true or false",
    ],
    [
      "/files/completemultipartupload",
      { instanceId: { space: "data", externalId: "file" }, uploadId: "x" },
      "Unknown uploadId 'x'",
    ],
    [
      "/sequences",
      { items: [{ externalId: "s", columns: [{ externalId: "a" }, { externalId: "a" }] }] },
      "column twice",
    ],
    [
      "/sequences/data",
      { items: [{ instanceId, columns: ["a"], rows: [] }] },
      "Unexpected field - items[0].instanceId",
    ],
    ["/sequences/data/list", { externalId: "nobody" }, "Ids not found"],
    ["/sequences/data/list", { externalId: "nobody", limit: 10_001 }, "limit must be between 1 and 10000"],
    ["/sequences/data/latest", { externalId: "nobody", before: 0 }, "before must be between"],
    ["/sequences/data/delete", { items: [{ id: 1, rows: [-1] }] }, "items[0].rows[0] must be between"],
  ])("are refused with 400: POST %s %#", async (path, body, message) => {
    const { call } = await served();
    const answer = await call(path, body);
    expect(answer.status).toBe(400);
    expect(messageOf(answer)).toContain(message);
  });

  it("contract 11.1: a series that is named twice in one insert is refused with 422, and nothing is written", async () => {
    const { call } = await served();
    const item = { instanceId, datapoints: [{ timestamp: 0, value: 1 }] };
    const answer = await call("/timeseries/data", { items: [item, item] });
    expect([answer.status, answer.body]).toMatchObject([422, { error: { duplicated: [{ instanceId }] } }]);
    const read = await call("/timeseries/data/list", { items: [{ instanceId }] });
    expect(read.body).toMatchObject({ items: [{ datapoints: [] }] });
  });

  it("of data points beyond what numbers hold are taken as numbers", async () => {
    const { call } = await served();
    const body = JSON.stringify({ items: [{ instanceId, datapoints: [{ timestamp: 0, value: 0 }] }] });
    const init = { method: "POST", body: body.replace('"value":0', '"value":12345678901234567890') };
    expect(
      (await call("/timeseries/data", undefined, { ...init, headers: { authorization: "Bearer t" } })).status,
    ).toBe(200);
    const read = await call("/timeseries/data/list", { items: [{ instanceId }] });
    expect(read.body).toMatchObject({ items: [{ datapoints: [{ value: 12345678901234567000 }] }] });
  });
});

describe("data points over HTTP", () => {
  it("are bounded for all series of an answer together; those cut off go on with their cursors", async () => {
    const { call } = await served();
    const datapoints = Array.from({ length: 60_000 }, (_, place) => ({ timestamp: place, value: place }));
    await call("/timeseries/data", { items: [{ instanceId, datapoints }] });
    const answer = await call("/timeseries/data/list", { items: [{ instanceId }, { instanceId }], limit: 60_000 });
    const { items } = answer.body as { items: { datapoints: unknown[]; nextCursor?: string }[] };
    expect(items.map((series) => [series.datapoints.length, series.nextCursor !== undefined])).toEqual([
      [60_000, false],
      [40_000, true],
    ]);
  });

  it("outside of a range leave later series what is theirs", async () => {
    const { call } = await served();
    const other = { space: "data", externalId: "text" };
    const write = (from: number, length: number) =>
      call("/timeseries/data", {
        items: [
          { instanceId, datapoints: Array.from({ length }, (_, place) => ({ timestamp: from + place, value: 1 })) },
        ],
      });
    await write(0, 100_000);
    await write(100_000, 10);
    await call("/timeseries/data", {
      items: [{ instanceId: other, datapoints: [1, 7].map((timestamp) => ({ timestamp, value: "x" })) }],
    });
    const body = { items: [{ instanceId }, { instanceId: other }], start: 5, end: 100_005, limit: 100_000 };
    const answer = await call("/timeseries/data/list", { ...body, includeOutsidePoints: true });
    const { items } = answer.body as { items: { datapoints: unknown[]; nextCursor?: string }[] };
    expect(items.map(({ datapoints }) => datapoints.length)).toEqual([100_002, 1]);
    const cursor = items[1]?.nextCursor;
    const rest = await call("/timeseries/data/list", { ...body, items: [{ instanceId: other, cursor }] });
    expect(rest.body).toMatchObject({ items: [{ datapoints: [{ timestamp: 7 }] }] });
  });
});

describe("contents over HTTP", () => {
  const id = { instanceId: { space: "data", externalId: "file" } };
  const linkOf = (answer: { readonly body: unknown }) =>
    (answer.body as { items: { uploadUrl: string; downloadUrl: string; uploadId: string; uploadUrls: string[] }[] })
      .items[0]!;
  const put = (url: string, body: BodyInit = "x") => fetch(url, { method: "PUT", body });

  it("need no token, but a link that is valid, at the address that was called", async () => {
    let now = Date.parse("2026-01-01");
    const { call, url } = await served(() => now);
    const up = await call("/files/uploadlink", { items: [id] });
    expect(up.status).toBe(201);
    const { uploadUrl } = linkOf(up);
    expect(uploadUrl).toMatch(new RegExp(`^${url}/storage/demo\\?key=[0-9a-f]{64}$`));
    expect((await put(uploadUrl, "content")).status).toBe(201);
    const plain = linkOf(await call("/files/downloadlink", { items: [id] })).downloadUrl;
    const long = linkOf(await call("/files/downloadlink?extendedExpiration=true", { items: [id] })).downloadUrl;
    const answer = await fetch(plain);
    expect([answer.status, answer.headers.get("content-length"), await answer.text()]).toEqual([200, "7", "content"]);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    now += 30_000;
    const late = await fetch(plain);
    expect([late.status, await late.text()]).toEqual([403, "The link is not valid, or not any more."]);
    expect((await fetch(long)).status).toBe(200);
    now += 3_600_000;
    await call("/files/downloadlink", { items: [id] });
    expect((await fetch(long)).status).toBe(403);
    now += 7 * 86_400_000;
    expect((await put(uploadUrl)).status).toBe(403);
    expect((await put(`${url}/storage/demo?key=guessed`)).status).toBe(403);
    expect((await put(`${url}/storage/demo`)).status).toBe(403);
    expect((await put(`${url}/storage/-?key=guessed`)).status).toBe(400);
    expect((await fetch(uploadUrl, { method: "POST" })).status).toBe(404);
  });

  it("may be nothing, of no type", async () => {
    const { call } = await served();
    const { uploadUrl } = linkOf(await call("/files/uploadlink", { items: [id] }));
    expect((await fetch(uploadUrl, { method: "PUT" })).status).toBe(201);
    const answer = await fetch(linkOf(await call("/files/downloadlink", { items: [id] })).downloadUrl);
    expect([answer.headers.get("content-type"), await answer.text()]).toEqual(["application/octet-stream", ""]);
  });

  it("cannot be sent to a file that was deleted, nor to one that came after it", async () => {
    const { call } = await served();
    const { uploadUrl } = linkOf(await call("/files/uploadlink", { items: [id] }));
    const node = { instanceType: "node", ...id.instanceId };
    await call("/models/instances/delete", { items: [node] });
    expect((await put(uploadUrl)).status).toBe(403);
    await call("/models/instances", { items: [node] });
    expect((await put(uploadUrl)).status).toBe(403);
  });

  it("contract 11.2: come in parts, which must all be there and large enough", async () => {
    const { call } = await served();
    const begin = async () => linkOf(await call("/files/multiuploadlink?parts=3", { items: [id] }));
    const complete = (uploadId: string) => call("/files/completemultipartupload", { ...id, uploadId });
    const first = await begin();
    expect(messageOf(await complete(first.uploadId))).toBe("No part was uploaded.");
    await put(first.uploadUrls[0]!, "small");
    await put(first.uploadUrls[2]!, "last");
    expect(messageOf(await complete(first.uploadId))).toBe("Part 2 was not uploaded.");
    await put(first.uploadUrls[1]!, "small");
    expect(messageOf(await complete(first.uploadId))).toContain("Part 1 has 5 bytes");
    await put(first.uploadUrls[0]!, new Uint8Array(5 * 1024 * 1024));
    await put(first.uploadUrls[1]!, new Uint8Array(5 * 1024 * 1024));
    expect([(await complete(first.uploadId)).status, (await complete(first.uploadId)).status]).toEqual([200, 400]);
    expect((await put(first.uploadUrls[0]!)).status).toBe(403);
    const { downloadUrl } = linkOf(await call("/files/downloadlink", { items: [id] }));
    expect((await (await fetch(downloadUrl)).arrayBuffer()).byteLength).toBe(10 * 1024 * 1024 + 4);
  });
});

describe("sequences over HTTP", () => {
  const columns = [
    { externalId: "a", valueType: "DOUBLE" },
    { externalId: "b", valueType: "STRING" },
    { externalId: "c", valueType: "LONG" },
  ];
  const create = (...names: readonly string[]) => ({ items: names.map((externalId) => ({ externalId, columns })) });

  it("are created, once", async () => {
    const { call } = await served();
    const answer = await call("/sequences", {
      items: [{ externalId: "s", name: "S", columns: [{ externalId: "a" }] }],
    });
    expect([answer.status, answer.body]).toMatchObject([
      201,
      { items: [{ id: 1, externalId: "s", name: "S", columns: [{ externalId: "a", valueType: "DOUBLE" }] }] },
    ]);
    const again = await call("/sequences", create("t", "s"));
    expect([again.status, again.body]).toMatchObject([409, { error: { duplicated: [{ externalId: "s" }] } }]);
    expect((await call("/sequences", create("t", "t"))).status).toBe(409);
  });

  it.each([
    [["a", "d"], [1, 1], "Unknown columns: 'd'"],
    [["a", "b"], [1], "Row 0 has 1 values for 2 columns"],
    [["a"], ["x"], "Expected a DOUBLE for column 'a' in row 0"],
    [["b"], [1], "Expected a STRING for column 'b' in row 0"],
    [["c"], [1.5], "Expected a LONG for column 'c' in row 0"],
    [["b"], ["x".repeat(257)], "size must be between 0 and 256"],
  ])("take rows that fit their columns: %j %j", async (names, values, message) => {
    const { call } = await served();
    await call("/sequences", create("s"));
    const item = { externalId: "s", columns: names, rows: [{ rowNumber: 0, values }] };
    expect(messageOf(await call("/sequences/data", { items: [item] }))).toContain(message);
  });

  it("refuse more rows or values than a request may hold", async () => {
    const { call } = await served();
    const item = (count: number, width: number) => ({
      externalId: "s",
      columns: Array.from({ length: width }, (_, place) => `c${place}`),
      rows: Array.from({ length: count }, (_, rowNumber) => ({ rowNumber, values: Array(width).fill(1) })),
    });
    const insert = async (...items: object[]) => messageOf(await call("/sequences/data", { items }));
    expect(await insert(item(6000, 1), item(6000, 1))).toContain("at most 10000 rows");
    expect(await insert(item(5001, 20))).toContain("at most 100000 values");
    const rows = Array.from({ length: 6000 }, (_, row) => row);
    const deleted = await call("/sequences/data/delete", { items: Array(2).fill({ externalId: "s", rows }) });
    expect(messageOf(deleted)).toContain("at most 10000 rows");
  });
});

describe("what is not served of these services", () => {
  it.each(["/timeseries", "/timeseries/list", "/files", "/files/byids", "/sequences/byids"])(
    "is said so: %s",
    async (path) => {
      const { call } = await served();
      const answer = await call(path, {});
      expect(answer.status).toBe(404);
      expect(messageOf(answer)).toContain("does not serve");
    },
  );

  it("is told from what does not exist", async () => {
    const { call } = await served();
    expect(messageOf(await call("/timeseries/data/lst", {}))).toContain("Unknown path");
    expect((await call("/timeseries/data")).status).toBe(405);
  });
});
