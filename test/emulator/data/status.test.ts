import { describe, expect, it } from "vitest";
import { messageOf, type Served, serve } from "../http/serving.js";

const instanceId = { space: "data", externalId: "series" };
const BAD = 0x8000_0000;
const NOT_ACCURATE = 0x4093_0000;

/** A numeric series with points of every quality. */
async function served(): Promise<Served> {
  const one = await serve();
  const source = { type: "view", space: "cdf_cdm", externalId: "CogniteTimeSeries", version: "v1" };
  const node = {
    instanceType: "node",
    ...instanceId,
    sources: [{ source, properties: { type: "numeric", isStep: true } }],
  };
  await one.call("/models/spaces", { items: [{ space: "data" }] });
  await one.call("/models/instances", { items: [node] });
  const datapoints = [
    { timestamp: 0, value: 1 },
    { timestamp: 1000, value: 2, status: { symbol: "UncertainSensorNotAccurate" } },
    { timestamp: 2000, value: 3, status: { code: BAD + 1 } },
    { timestamp: 3000, value: 4, status: { code: 0, symbol: "Good" } },
  ];
  expect((await one.call("/timeseries/data", { items: [{ instanceId, datapoints }] })).status).toBe(200);
  return one;
}

const pointsIn = ({ body }: { readonly body: unknown }) =>
  (body as { readonly items: readonly { readonly datapoints: readonly object[] }[] }).items[0]?.datapoints;

describe("contract 11.1: points that are not good", () => {
  it.each([
    [{}, [1, 4]],
    [{ treatUncertainAsBad: false }, [1, 2, 4]],
    [{ ignoreBadDataPoints: false }, [1, 2, 3, 4]],
  ])("are read as asked: %j", async (reading, values) => {
    const { call } = await served();
    const listed = await call("/timeseries/data/list", { items: [{ instanceId, start: 0, ...reading }] });
    expect(pointsIn(listed)).toMatchObject(values.map((value) => ({ value })));
    const latest = await call("/timeseries/data/latest", { items: [{ instanceId, before: 2500, ...reading }] });
    expect(pointsIn(latest)).toMatchObject([{ value: values.filter((value) => value < 4).at(-1) }]);
  });

  it("tell their code and symbol, that of the family where a code has none", async () => {
    const { call } = await served();
    const item = { instanceId, start: 0, includeStatus: true, ignoreBadDataPoints: false };
    expect(pointsIn(await call("/timeseries/data/list", { items: [item] }))).toEqual([
      { timestamp: 0, value: 1, status: { code: 0, symbol: "Good" } },
      { timestamp: 1000, value: 2, status: { code: NOT_ACCURATE, symbol: "UncertainSensorNotAccurate" } },
      { timestamp: 2000, value: 3, status: { code: BAD + 1, symbol: "Bad" } },
      { timestamp: 3000, value: 4, status: { code: 0, symbol: "Good" } },
    ]);
  });

  it("are counted, and left out of what is computed", async () => {
    const { call } = await served();
    const aggregates = ["count", "sum", "countBad", "countUncertain", "durationUncertain"];
    const item = { instanceId, start: 0, end: 4000, aggregates, granularity: "4s" };
    const read = async (more: object) =>
      pointsIn(await call("/timeseries/data/list", { items: [{ ...item, ...more }] }));
    const counts = { timestamp: 0, countBad: 1, countUncertain: 1, durationUncertain: 1000 };
    expect(await read({})).toEqual([{ ...counts, count: 2, sum: 5 }]);
    expect(await read({ treatUncertainAsBad: false })).toEqual([{ ...counts, count: 3, sum: 7 }]);
  });

  it("are aggregated by days of a place", async () => {
    const { call } = await served();
    const item = { instanceId, start: 0, end: 4000, aggregates: ["count"], granularity: "1d", timeZone: "Europe/Oslo" };
    expect(pointsIn(await call("/timeseries/data/list", { items: [item] }))).toEqual([
      { timestamp: -3_600_000, count: 2 },
    ]);
    const wrong = await call("/timeseries/data/list", { items: [{ ...item, timeZone: "Mars/Olympus" }] });
    expect([wrong.status, messageOf(wrong)]).toEqual([400, expect.stringContaining("Invalid timeZone 'Mars/Olympus'")]);
  });
});
