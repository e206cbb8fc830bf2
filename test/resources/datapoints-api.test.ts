import { describe, expect, expectTypeOf, it } from "vitest";
import {
  DatapointsAPI,
  type DatapointsInsert,
  isInputError,
  isMultiRequestError,
  type Moment,
} from "../../src/index.js";
import { clientOf as scriptedClient } from "../tools/with-server.js";
import { clientOf, dataPlane, idOf, timeSeries } from "./data-plane.js";

const number = idOf("number");
const text = idOf("text");
const hour = 3_600_000;

/** Points a second apart. */
const points = (count: number, from = 0) =>
  Array.from({ length: count }, (_, place) => ({ timestamp: (from + place) * 1000, value: from + place }));

describe("data points", () => {
  it("contract 11.1: are written and read, numbers and texts, by node and by internal id", async () => {
    const { client } = await dataPlane();
    const datapoints = new DatapointsAPI(client);
    await datapoints.insert([
      {
        ...number,
        datapoints: [
          { timestamp: 2000, value: 2.5 },
          { timestamp: new Date(1000), value: 1 },
        ],
      },
      { ...text, datapoints: [{ timestamp: 1000, value: "on", status: { symbol: "Good" } }] },
    ]);
    const [first, second] = await datapoints.retrieve([number, text]);
    if (first?.isString !== false || second?.isString !== true) throw new Error("the kinds are mixed up");
    expectTypeOf(first.datapoints[0]!.value).toEqualTypeOf<number>();
    expectTypeOf(second.datapoints[0]!.value).toEqualTypeOf<string>();
    expect(first).toMatchObject({ ...number, type: "numeric", isStep: false });
    expect(first.datapoints).toEqual([
      { timestamp: 1000, value: 1 },
      { timestamp: 2000, value: 2.5 },
    ]);
    expect(second.datapoints).toEqual([{ timestamp: 1000, value: "on" }]);
    expect(await datapoints.retrieve([{ id: first.id }])).toEqual([first]);
    const [withStatus] = await datapoints.retrieve([text], { includeStatus: true });
    expect(withStatus?.datapoints).toEqual([{ timestamp: 1000, value: "on", status: { code: 0, symbol: "Good" } }]);
  });

  it("replace what is there at the same time, also when a series is given twice", async () => {
    const { client } = await dataPlane();
    const datapoints = new DatapointsAPI(client);
    await datapoints.insert([{ ...number, datapoints: points(3) }]);
    await datapoints.insert([
      { ...number, datapoints: [{ timestamp: 1000, value: 7 }] },
      { ...number, datapoints: [{ timestamp: 500, value: 8 }] },
    ]);
    const [series] = await datapoints.retrieve([number]);
    expect(series?.datapoints.map(({ value }) => value)).toEqual([0, 8, 7, 2]);
  });

  it("go in and out in any number: 250,000 points, and 101 series", async () => {
    const { client } = await dataPlane({ fetch: globalThis.fetch });
    const datapoints = new DatapointsAPI(client);
    const names = Array.from({ length: 101 }, (_, place) => `s${place}`);
    await client.instances.upsert(names.map((name) => timeSeries(name, { type: "numeric" })));
    await datapoints.insert([
      { ...idOf("s0"), datapoints: points(250_000) },
      ...names.slice(1).map((name, place) => ({ ...idOf(name), datapoints: points(place % 3) })),
    ]);
    const series = await datapoints.retrieve(names.map(idOf));
    expect(series.map(({ instanceId }) => instanceId?.externalId)).toEqual(names);
    expect(series.map(({ datapoints: { length } }) => length)).toEqual([
      250_000,
      ...names.slice(1).map((_, place) => place % 3),
    ]);
    expect(series[0]?.datapoints.every(({ timestamp }, place) => timestamp === place * 1000)).toBe(true);
    let pages = 0;
    let count = 0;
    for await (const page of datapoints.iterate(idOf("s0")).pages()) {
      pages += 1;
      count += page.items.length;
    }
    expect([pages, count]).toEqual([3, 250_000]);
  });

  it("are read by range and limit, of the call and of each series", async () => {
    const { client } = await dataPlane();
    const datapoints = new DatapointsAPI(client);
    await datapoints.insert([
      { ...number, datapoints: points(10) },
      { ...idOf("steps"), datapoints: points(10) },
    ]);
    const [a, b] = await datapoints.retrieve([number, { ...idOf("steps"), start: new Date(5000), limit: 2 }], {
      start: 2000,
      end: 8000,
    });
    expect(a?.datapoints.map(({ value }) => value)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(b?.datapoints.map(({ value }) => value)).toEqual([5, 6]);
    const [outside] = await datapoints.retrieve([number], { start: 2500, end: 4500, includeOutsidePoints: true });
    expect(outside?.datapoints.map(({ value }) => value)).toEqual([2, 3, 4, 5]);
  });

  it("outside of the range come beyond the limit, over several pages too", async () => {
    const { client } = await dataPlane();
    const datapoints = new DatapointsAPI(client);
    const points = Array.from({ length: 1_100 }, (_, place) => ({ timestamp: place, value: place }));
    await datapoints.insert([{ ...number, datapoints: points }]);
    const args = { start: 10, limit: 1_001, includeOutsidePoints: true };
    const all = await datapoints.retrieve(Array(100).fill(number), args);
    expect(all.map((series) => [series.datapoints[0]?.timestamp, series.datapoints.at(-1)?.timestamp])).toEqual(
      Array(100).fill([9, 1_010]),
    );
  });

  it("are counted back from now", async () => {
    const { client } = await dataPlane({}, { now: () => 10 * hour });
    const datapoints = new DatapointsAPI(client);
    await datapoints.insert([
      { ...number, datapoints: [0, 7, 9, 12].map((at) => ({ timestamp: at * hour, value: at })) },
    ]);
    const valuesFrom = async (start: Moment) =>
      (await datapoints.retrieve([number], { start })).flatMap((series) => series.datapoints.map(({ value }) => value));
    expect(await valuesFrom("3h-ago")).toEqual([7, 9]);
    expect(await valuesFrom("119m-ago")).toEqual([9]);
    expect(await datapoints.latest([number])).toMatchObject([{ datapoints: [{ value: 9 }] }]);
  });

  it("resume at the cursor of a page", async () => {
    const { client } = await dataPlane();
    const datapoints = new DatapointsAPI(client);
    await datapoints.insert([{ ...number, datapoints: points(250) }]);
    const { http } = client;
    const answer = await http.request<{ items: { nextCursor: string }[] }>({
      method: "POST",
      path: "/timeseries/data/list",
      body: { items: [number] },
    });
    const cursor = answer.items[0]!.nextCursor;
    const seen: unknown[] = [];
    for await (const { value } of datapoints.iterate(number, { cursor, limit: 20 })) seen.push(value);
    expect(seen).toEqual(points(20, 100).map(({ value }) => value));
  });

  it("give aggregates, typed by what was asked for", async () => {
    const { client } = await dataPlane();
    const datapoints = new DatapointsAPI(client);
    const values = [1, 5, 3, 10];
    await datapoints.insert([
      {
        ...number,
        datapoints: values.map((value, place) => ({ timestamp: (place < 3 ? place : 61) * 60_000, value })),
      },
    ]);
    const [series] = await datapoints.retrieve([number], {
      aggregates: ["average", "max", "min", "count", "sum", "maxDatapoint", "discreteVariance", "countBad"],
      granularity: "1h",
    });
    expectTypeOf(series!.datapoints[0]!.average).toEqualTypeOf<number | undefined>();
    // @ts-expect-error -- it was not asked for
    expect(series?.datapoints[0]?.interpolation).toBeUndefined();
    const first = { average: 3, max: 5, min: 1, count: 3, sum: 9, maxDatapoint: { timestamp: 60_000, value: 5 } };
    expect(series?.datapoints).toEqual([
      { timestamp: 0, ...first, discreteVariance: 8 / 3, countBad: 0 },
      {
        timestamp: hour,
        ...{ average: 10, max: 10, min: 10, count: 1, sum: 10, discreteVariance: 0, countBad: 0 },
        maxDatapoint: { timestamp: 61 * 60_000, value: 10 },
      },
    ]);
    const walked: unknown[] = [];
    for await (const { timestamp, count } of datapoints.iterate(number, { aggregates: ["count"], granularity: "2m" })) {
      walked.push([timestamp / 60_000, count]);
    }
    expect(walked).toEqual([
      [0, 2],
      [2, 1],
      [60, 1],
    ]);
  });

  it("give aggregates of more intervals than fit one answer", async () => {
    const { client } = await dataPlane();
    const datapoints = new DatapointsAPI(client);
    await datapoints.insert([{ ...number, datapoints: points(25_000) }]);
    const [series] = await datapoints.retrieve([number], { aggregates: ["sum"], granularity: "1s", timeZone: "UTC" });
    expect(series?.datapoints).toEqual(points(25_000).map(({ timestamp, value }) => ({ timestamp, sum: value })));
  });

  it("have a latest one, before now or before a time", async () => {
    const { client } = await dataPlane({ fetch: globalThis.fetch });
    const datapoints = new DatapointsAPI(client);
    await datapoints.insert([{ ...number, datapoints: points(5) }]);
    const [now, before, none, empty] = await datapoints.latest(
      [number, { ...number, before: new Date(3000) }, { ...number, before: 0 }, text],
      { includeStatus: false },
    );
    expect([now, before, none, empty].map((series) => series?.datapoints)).toEqual([
      [{ timestamp: 4000, value: 4 }],
      [{ timestamp: 2000, value: 2 }],
      [],
      [],
    ]);
    const all = await datapoints.latest([number, idOf("nobody")], { before: 2000, ignoreUnknownIds: true });
    expect(all.map((series) => series.datapoints)).toEqual([[{ timestamp: 1000, value: 1 }]]);
  });

  it("are deleted by range, and one by one", async () => {
    const { client } = await dataPlane();
    const datapoints = new DatapointsAPI(client);
    await datapoints.insert([{ ...number, datapoints: points(6) }]);
    await datapoints.delete([
      { ...number, inclusiveBegin: new Date(1000), exclusiveEnd: 3000 },
      { ...number, inclusiveBegin: 4000 },
    ]);
    const [series] = await datapoints.retrieve([number]);
    expect(series?.datapoints.map(({ value }) => value)).toEqual([0, 3, 5]);
  });

  it("go with their node", async () => {
    const { client } = await dataPlane();
    const datapoints = new DatapointsAPI(client);
    await datapoints.insert([{ ...number, datapoints: points(2) }]);
    await client.instances.delete([{ instanceType: "node", space: "data", externalId: "number" }]);
    await client.instances.upsert([timeSeries("number", { type: "numeric" })]);
    expect((await datapoints.retrieve([number]))[0]?.datapoints).toEqual([]);
  });
});

describe("series that do not exist", () => {
  const nobody = idOf("nobody");

  it("contract 11.1: fail with 400 and are named as missing", async () => {
    const { client } = await dataPlane();
    const datapoints = new DatapointsAPI(client);
    const refused = { code: "API.BAD_REQUEST", status: 400, missing: [nobody] };
    await expect(datapoints.retrieve([number, nobody])).rejects.toMatchObject(refused);
    await expect(datapoints.latest([nobody])).rejects.toMatchObject(refused);
    await expect(datapoints.insert([{ ...nobody, datapoints: points(1) }])).rejects.toMatchObject(refused);
    await expect(datapoints.delete([{ ...nobody, inclusiveBegin: 0 }])).rejects.toMatchObject(refused);
    await expect(datapoints.retrieve([{ externalId: "number" }])).rejects.toMatchObject({
      missing: [{ externalId: "number" }],
    });
    // A file is no time series.
    await expect(datapoints.retrieve([idOf("file")])).rejects.toMatchObject({ missing: [idOf("file")] });
  });

  it("are left out where they are to be ignored, the others keep their points over all pages", async () => {
    const { client } = await dataPlane();
    const datapoints = new DatapointsAPI(client);
    await datapoints.insert([
      { ...number, datapoints: points(60_000) },
      { ...text, datapoints: [{ timestamp: 0, value: "a" }] },
    ]);
    const found = await datapoints.retrieve([nobody, text, { id: 999_999 }, { externalId: "x" }, number], {
      ignoreUnknownIds: true,
    });
    expect(found.map(({ datapoints: { length } }) => length)).toEqual([1, 60_000]);
  });
});

describe("a write of data points that fails", () => {
  it("tells which points of which series are not written, and how to go on", async () => {
    const { client } = await dataPlane({ concurrency: { datapoints: 1 } });
    const datapoints = new DatapointsAPI(client);
    const nobody = idOf("nobody");
    const given: DatapointsInsert[] = [
      { ...number, datapoints: points(100_000) },
      { ...nobody, datapoints: points(100_000) },
      { ...idOf("steps"), datapoints: points(10) },
    ];
    const error: unknown = await datapoints.insert(given).catch((reason: unknown) => reason);
    if (!isMultiRequestError(error)) throw error;
    expect(error.counts).toEqual({ succeeded: 1, failed: 1, unknown: 0, unsent: 1 });
    expect(error.succeeded).toEqual([number]);
    expect(error.failed).toMatchObject([{ id: nobody, error: { missing: [nobody] } }]);
    expect(error.unsent).toEqual([idOf("steps")]);
    expect(error.remaining).toEqual(given.slice(1));
    await client.instances.upsert([timeSeries("nobody", { type: "numeric" })]);
    await datapoints.insert(error.remaining as DatapointsInsert[]);
    const counts = (await datapoints.retrieve([number, nobody, idOf("steps")])).map(
      (series) => series.datapoints.length,
    );
    expect(counts).toEqual([100_000, 100_000, 10]);
  });

  it("is repeated when the connection breaks, since it may be", async () => {
    const { http, server } = await scriptedClient([{ cut: "before" }, { body: {} }]);
    await new DatapointsAPI({ http }).insert([{ ...number, datapoints: points(1) }]);
    expect(server.received.map(({ url }) => url)).toEqual(Array(2).fill("/api/v1/projects/acme/timeseries/data"));
  });

  it("stops when it is aborted", async () => {
    const { client } = await dataPlane();
    const signal = AbortSignal.abort(new Error("enough"));
    const datapoints = new DatapointsAPI(client);
    const aborted = { code: "ABORT.SIGNAL" };
    await expect(datapoints.insert([{ ...number, datapoints: points(1) }], { signal })).rejects.toMatchObject(aborted);
    await expect(datapoints.retrieve([number], {}, { signal })).rejects.toMatchObject(aborted);
    await expect(datapoints.latest([number], {}, { signal })).rejects.toMatchObject(aborted);
    await expect(datapoints.delete([{ ...number, inclusiveBegin: 0 }], { signal })).rejects.toMatchObject(aborted);
  });
});

describe("wrong arguments", () => {
  const api = () => new DatapointsAPI(clientOf("http://127.0.0.1:1"));
  const write = (timestamp: unknown, value: unknown) =>
    api().insert([{ ...number, datapoints: [{ timestamp, value } as { timestamp: number; value: number }] }]);

  it.each([
    ["a time that is no whole number", () => write(0.5, 1), "series[0].datapoints[0]"],
    ["a date that is none", () => write(new Date("x"), 1), "series[0].datapoints[0]"],
    ["a time before 1900", () => write(-2_208_988_800_001, 1), "series[0].datapoints[0]"],
    ["a time after 2099", () => write(4_102_444_800_000, 1), "series[0].datapoints[0]"],
    ["a number too large", () => write(0, 2e100), "series[0].datapoints[0]"],
    ["a number that is none", () => write(0, Number.NaN), "series[0].datapoints[0]"],
    ["a value of another kind", () => write(0, null), "series[0].datapoints[0]"],
    ["a text too long", () => write(0, "ø".repeat(512)), "series[0].datapoints[0]"],
    ["no point", () => api().insert([{ ...number, datapoints: [null as never] }]), "series[0].datapoints[0]"],
    ["no list of series to write", () => api().insert(null as never), "series"],
    ["no list of series to read", () => api().retrieve(null as never), "series"],
    ["no list of series of which to have the latest", () => api().latest({} as never), "series"],
    ["nothing of which to have the latest", () => api().latest([null as never]), "series[0]"],
    ["no list of ranges", () => api().delete(null as never), "ranges"],
    ["no range", () => api().delete([null as never]), "ranges[0]"],
    ["no list of points", () => api().insert([number as DatapointsInsert]), "series[0]"],
    ["no id", () => api().retrieve([{} as typeof number]), "series[0]"],
    ["no object", () => api().retrieve([number, "number" as never]), "series[1]"],
    ["two ids", () => api().retrieve([{ ...number, id: 1 } as never]), "series[0]"],
    ["half an id", () => api().retrieve([{ instanceId: { space: "data" } } as never]), "series[0].instanceId"],
    ["an id of another type", () => api().retrieve([{ externalId: 5 } as never]), "series[0].externalId"],
    ["an internal id that is no number", () => api().retrieve([{ id: "5" } as never]), "series[0].id"],
    ["a start that is no time", () => api().retrieve([number], { start: "yesterday" as "now" }), "series[0].start"],
    ["an end that is no date", () => api().retrieve([number], { end: new Date("x") }), "series[0].end"],
    ["a limit of nothing", () => api().retrieve([number], { limit: 0 }), "series[0].limit"],
    ["a time before no time", () => api().latest([{ ...number, before: 0.5 }]), "series[0].before"],
    ["a range without begin", () => api().delete([number as never]), "ranges[0].inclusiveBegin"],
    [
      "a range to nowhere",
      () => api().delete([{ ...number, inclusiveBegin: 0, exclusiveEnd: 0.1 }]),
      "ranges[0].exclusiveEnd",
    ],
  ])("are found before anything is sent: %s", async (_what, call, path) => {
    const error: unknown = await call().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ path });
    expect(isInputError(error)).toBe(true);
  });

  it("are found by a walk before it begins", () => {
    expect(() => api().iterate({ id: 0.5 })).toThrow("series.id");
    expect(() => api().iterate(number, { limit: 0.5 })).toThrow("limit");
  });
});

describe("answers that cannot be", () => {
  const series = { id: 1, isString: false, type: "numeric", isStep: false, datapoints: [] };
  it.each([
    ["the same cursor for ever", { items: [{ ...series, nextCursor: "c" }] }, "RESPONSE.PAGING"],
    ["more series than were asked for", { items: [series, series] }, "RESPONSE.PAGING"],
    ["points without time", { items: [{ ...series, datapoints: [{ value: 1 }] }] }, "RESPONSE.SCHEMA"],
    [
      "texts in a numeric series",
      { items: [{ ...series, datapoints: [{ timestamp: 1, value: "a" }] }] },
      "RESPONSE.SCHEMA",
    ],
  ])("are refused: %s", async (_what, body, code) => {
    const { http } = await scriptedClient([{ body }]);
    await expect(new DatapointsAPI({ http }).retrieve([{ id: 1 }])).rejects.toMatchObject({ code });
  });

  it("pass where they only have more than is known", async () => {
    const { http } = await scriptedClient([
      { body: { items: [{ ...series, isNew: true, nextCursor: null }], more: 1 } },
    ]);
    expect(await new DatapointsAPI({ http }).retrieve([{ id: 1 }])).toMatchObject([{ id: 1, datapoints: [] }]);
  });
});
