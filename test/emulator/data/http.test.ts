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
      node("file", "CogniteFile", {}),
      { instanceType: "node", space: "data", externalId: "plain" },
    ],
  });
  expect(written.status).toBe(200);
  return one;
}

describe("bodies of calls for data", () => {
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
});

describe("what is not served of these services", () => {
  it.each(["/timeseries", "/timeseries/update", "/files", "/files/delete", "/sequences/byids"])(
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
