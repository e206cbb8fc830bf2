import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningEmulator, startEmulator } from "../../../src/emulator/node.js";
import { type OfficialClient, officialClient } from "../../tools/official-client.js";

const SPACE = "plant";
const named = (externalId: string) => ({ instanceId: { space: SPACE, externalId } });
const node = (externalId: string, view: string, properties: object) => ({
  instanceType: "node",
  space: SPACE,
  externalId,
  sources: [{ source: { type: "view", space: "cdf_cdm", externalId: view, version: "v1" }, properties }],
});
const at = (text: string) => new Date(text);

let emulator: RunningEmulator;
let client: OfficialClient;

beforeAll(async () => {
  emulator = await startEmulator({ project: "any" });
  client = await officialClient(emulator.url);
  await client.spaces.upsert([{ space: SPACE }]);
  const unit = { space: "cdf_cdm_units", externalId: "pressure:bar" };
  await client.instances.upsert({
    items: [
      node("pressure", "CogniteTimeSeries", { name: "Pressure", type: "numeric", isStep: false, unit }),
      node("state", "CogniteTimeSeries", { type: "string", isStep: true }),
      node("report", "CogniteFile", { name: "Report", mimeType: "text/plain" }),
      node("drawing", "CogniteFile", { name: "Drawing", mimeType: "image/png" }),
    ],
  });
});
afterAll(() => emulator.close());

describe("the official JavaScript client: data points of time series that are nodes", () => {
  it("insert, retrieve, retrieveLatest and delete", async () => {
    const datapoints = [1, 2, 3].map((value) => ({ timestamp: at(`2026-01-0${value}`), value }));
    await client.datapoints.insert([{ ...named("pressure"), datapoints }]);
    const [read] = await client.datapoints.retrieve({ items: [named("pressure")], start: at("2026-01-02") });
    expect(read).toMatchObject({
      ...named("pressure"),
      unitExternalId: "pressure:bar",
      datapoints: datapoints.slice(1),
    });
    const before = at("2026-01-03");
    const [latest] = await client.datapoints.retrieveLatest([{ ...named("pressure"), before }]);
    expect(latest?.datapoints).toEqual(datapoints.slice(1, 2));
    const range = { inclusiveBegin: at("2026-01-01"), exclusiveEnd: at("2026-01-03") };
    await client.datapoints.delete([{ ...named("pressure"), ...range }]);
    const [left] = await client.datapoints.retrieve({ items: [named("pressure")] });
    expect(left?.datapoints).toEqual(datapoints.slice(2));
  });

  it("retrieve by aggregates, cursor and unit", async () => {
    const datapoints = [10, 20, 30].map((value) => ({ timestamp: at(`2026-02-${value === 30 ? 28 : value}`), value }));
    await client.datapoints.insert([{ ...named("pressure"), datapoints }]);
    const range = { items: [named("pressure")], start: at("2026-02-01"), end: at("2026-03-01") };
    const [sums] = await client.datapoints.retrieve({ ...range, aggregates: ["sum"], granularity: "28d" });
    expect(sums?.datapoints).toMatchObject([{ sum: 60 }]);
    const [converted] = await client.datapoints.retrieve({
      ...range,
      items: [{ ...named("pressure"), targetUnit: "pressure:psi" }],
    });
    expect(converted).toMatchObject({
      unitExternalId: "pressure:psi",
      datapoints: [{ value: expect.closeTo(145.0377, 4) }, {}, {}],
    });
    const [first] = await client.datapoints.retrieve({ ...range, limit: 2 });
    const cursor = first?.["nextCursor"];
    const [rest] = await client.datapoints.retrieve({ ...range, items: [{ ...named("pressure"), cursor }] });
    expect([...(first?.datapoints ?? []), ...(rest?.datapoints ?? [])]).toEqual(datapoints);
  });

  it("retrieveDatapointMonthlyAggregates", async () => {
    const datapoints = [1, 2, 3].map((month) => ({ timestamp: at(`2025-0${month}-15`), value: month }));
    await client.datapoints.insert([{ ...named("pressure"), datapoints }]);
    const months = await client.datapoints.retrieveDatapointMonthlyAggregates({
      items: [named("pressure")],
      start: at("2025-01-01").getTime(),
      end: at("2025-03-31").getTime(),
      aggregates: ["sum"],
    });
    expect(months).toMatchObject([{ datapoints: [{ sum: 1 }, { sum: 2 }, { sum: 3 }] }]);
  });

  it("tell of series by retrieve and list", async () => {
    expect(await client.timeseries.retrieve([named("pressure")])).toMatchObject([
      { name: "Pressure", isString: false },
    ]);
    const listed = await client.timeseries.list({ filter: { isString: true } });
    expect(listed.items).toMatchObject([named("state")]);
  });
});

describe("the official JavaScript client: files that are nodes", () => {
  it("retrieve and list, by pages", async () => {
    expect(await client.files.retrieve([named("report")])).toMatchObject([
      { ...named("report"), name: "Report", uploaded: false, createdTime: expect.any(Date) },
    ]);
    const unknown = client.files.retrieve([named("report"), named("nobody")]);
    await expect(unknown).rejects.toMatchObject({ status: 400, missing: [named("nobody")] });
    const known = await client.files.retrieve([named("report"), named("nobody")], { ignoreUnknownIds: true });
    expect(known).toHaveLength(1);
    const found: unknown[] = [];
    for await (const { name } of client.files.list({ limit: 1 })) found.push(name);
    expect(found).toEqual(["Report", "Drawing"]);
  });

  it("getDownloadUrls, after an upload by link", async () => {
    const { data } = await client.post<{ readonly items: readonly { readonly uploadUrl: string }[] }>(
      "/api/v1/projects/any/files/uploadlink",
      { data: { items: [named("report")] } },
    );
    await fetch(data.items[0]?.uploadUrl ?? "", { method: "PUT", body: "content" });
    const [link] = await client.files.getDownloadUrls([named("report")]);
    expect(await (await fetch(link?.downloadUrl ?? "")).text()).toBe("content");
    expect(await client.files.retrieve([named("report")])).toMatchObject([
      { uploaded: true, uploadedTime: expect.any(Date) },
    ]);
  });

  it.each([
    ["upload", () => client.files.upload({ name: "x" }, "content")],
    ["multipartUploadSession", () => client.files.multipartUploadSession({ name: "x" }, 2)],
    ["update", () => client.files.update([{ ...named("report"), update: {} }])],
    ["delete", () => client.files.delete([{ id: 1 }])],
    ["search", () => client.files.search({ search: { name: "Report" } })],
    ["aggregate", () => client.files.aggregate({})],
  ])("%s makes or changes classic files, and is said not to be served", async (_name, call) => {
    await expect(call()).rejects.toThrow(/does not serve/);
  });
});
