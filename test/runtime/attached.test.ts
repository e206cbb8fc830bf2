import { describe, expect, it } from "vitest";
import { isApiError, model } from "../../src/index.js";
import { dataPlane } from "../resources/data-plane.js";

const second = 1_000;
const view = (externalId: string, space = "plant") => ({ type: "view", space, externalId, version: "v1" }) as const;
const container = { type: "container", space: "plant", externalId: "Pump" } as const;
const pumpId = { space: "plant", externalId: "Pump" };

/** Pumps that name a time series, a list of them, a manual and a curve, beside the series and files of the core model. */
async function plant() {
  const plane = await dataPlane();
  const { client } = plane;
  await client.spaces.create([{ space: "plant" }]);
  const type = (name: "timeseries" | "file" | "sequence" | "text", list = false) => ({ type: { type: name, list } });
  const properties = {
    name: type("text"),
    pressure: type("timeseries"),
    flows: type("timeseries", true),
    manual: type("file"),
    curve: type("sequence"),
  };
  await client.containers.create([{ ...pumpId, usedFor: "node", properties }]);
  const mapped = Object.keys(properties).map((id) => [id, { container, containerPropertyIdentifier: id }]);
  await client.views.create([{ ...pumpId, version: "v1", properties: Object.fromEntries(mapped) }]);
  const core = ["CogniteTimeSeries", "CogniteFile"].map((name) => view(name, "cdf_cdm"));
  const id = { space: "plant", externalId: "Plant", version: "v1" };
  await client.dataModels.create([{ ...id, views: [view("Pump"), ...core] }]);
  const bound = await model(client, id, { space: "data" });
  const handle = (name: string) => {
    const found = bound[name];
    if (!found) throw new Error(`no view ${name}`);
    return found;
  };
  await handle("pump").upsert([
    { externalId: "P1", name: "one", pressure: "p1", flows: ["f1", "f2"], manual: "m1", curve: "c1" },
    { externalId: "P2", name: "two" },
  ]);
  return { ...plane, pump: handle("pump"), series: handle("cogniteTimeSeries"), file: handle("cogniteFile") };
}

const points = (count: number) => Array.from({ length: count }, (_, at) => ({ timestamp: at * second, value: at / 2 }));

describe("data points", () => {
  it("contract 11.1: of nodes that are time series come in columns, numbers and texts", async () => {
    const { series } = await plant();
    await (await series.datapoints("number")).insert(points(3));
    await (await series.datapoints("text")).insert([
      { timestamp: new Date(second), value: "on", status: { symbol: "Good" } },
    ]);
    const numbers = await (await series.datapoints("number")).retrieve();
    expect(numbers).toEqual({
      isString: false,
      timestamps: Float64Array.of(0, 1_000, 2_000),
      values: Float64Array.of(0, 0.5, 1),
    });
    const texts = await (await series.datapoints({ space: "data", externalId: "text" })).retrieve({
      includeStatus: true,
    });
    expect(texts).toEqual({
      isString: true,
      timestamps: Float64Array.of(1_000),
      values: ["on"],
      statuses: [{ code: 0, symbol: "Good" }],
    });
  });

  it("are aggregated into columns, with NaN where an interval has none", async () => {
    const { series } = await plant();
    await (await series.datapoints("number")).insert([
      { timestamp: 0, value: 4 },
      { timestamp: 3 * second, value: 8 },
    ]);
    const numbers = await series.datapoints("number");
    const asked = { start: 0, end: 4 * second, aggregates: ["average", "interpolation"], granularity: "1s" } as const;
    const columns = await numbers.retrieve(asked);
    expect(columns?.timestamps.at(-1)).toBe(3_000);
    expect(columns?.average.at(0)).toBe(4);
    expect(columns?.average.length).toBe(columns?.timestamps.length);
    expect([...(columns?.average ?? [])].filter(Number.isNaN).length).toBe((columns?.timestamps.length ?? 0) - 2);
  });

  it("come page by page, and go on from a cursor", async () => {
    const { series } = await plant();
    await (await series.datapoints("number")).insert(points(100_002));
    const pages = [];
    for await (const page of (await series.datapoints("number")).pages({ start: 0 })) pages.push(page);
    expect(pages.map(({ values }) => values.length)).toEqual([100_000, 2]);
    const rest = [];
    const { cursor } = pages[0]!;
    for await (const page of (await series.datapoints("number")).pages({ start: 0, cursor: cursor! })) rest.push(page);
    expect(rest).toEqual([pages[1]]);
    const hours = [];
    const asked = { start: 0, end: 200_000 * second, aggregates: ["max"], granularity: "1h" } as const;
    for await (const page of (await series.datapoints("number")).pages(asked)) hours.push(...page.max);
    expect(hours.at(0)).toBe(3599 / 2);
  });

  it("give the latest one, and are deleted", async () => {
    const { series } = await plant();
    const numbers = await series.datapoints("number");
    await numbers.insert(points(3));
    expect(await numbers.latest()).toEqual({ timestamp: 2_000, value: 1 });
    expect(await numbers.latest({ before: "1s-ago" })).toEqual({ timestamp: 2_000, value: 1 });
    await numbers.delete([{ inclusiveBegin: 0, exclusiveEnd: 2_000 }]);
    expect((await numbers.retrieve())?.values).toEqual(Float64Array.of(1));
  });

  it("of several come in the order in which they are named, undefined for those that are not there", async () => {
    const { series } = await plant();
    await (await series.datapoints("number")).insert(points(2));
    await (await series.datapoints("text")).insert([{ timestamp: 1, value: "on" }]);
    const all = await series.datapoints(["nowhere", "text", "number", "gone"]);
    expect((await all.retrieve()).map((one) => one?.values.length)).toEqual([undefined, 1, 2, undefined]);
    expect((await all.latest()).map((point) => point?.value)).toEqual([undefined, "on", 0.5, undefined]);
    const counts = await all.retrieve({ aggregates: ["count"], granularity: "1h" }).catch((error: unknown) => error);
    expect(counts).toSatisfy(isApiError);
    expect(await (await series.datapoints("nowhere")).retrieve()).toBeUndefined();
    expect(await (await series.datapoints("nowhere")).latest()).toBeUndefined();
  });

  it("E97: of series that rows name, one or a list, and none where a row names none", async () => {
    const { pump } = await plant();
    const [one, two] = await pump.retrieve(["P1", "P2"]);
    if (!one || !two) throw new Error("no rows");
    await (await pump.datapoints(one, "pressure")).insert(points(2));
    expect((await (await pump.datapoints(one, "pressure")).retrieve())?.values).toEqual(Float64Array.of(0, 0.5));
    expect(
      (await (await pump.datapoints([two, one], "pressure")).retrieve()).map((columns) => columns?.values.length),
    ).toEqual([undefined, 2]);
    expect(await (await pump.datapoints(two, "pressure")).retrieve()).toBeUndefined();
    expect(await (await pump.datapoints(two, "pressure")).latest()).toBeUndefined();
    for await (const page of (await pump.datapoints(two, "pressure")).pages())
      throw new Error(`a page: ${page.isString}`);
    expect(await (await pump.datapoints([one, two], "flows")).latest()).toEqual([undefined, undefined, undefined]);
    await expect(pump.datapoints(two, "pressure").then((attached) => attached.insert(points(1)))).rejects.toMatchObject(
      {
        code: "QUERY.NOT_ATTACHED",
        message: "'pressure' of view plant/Pump@v1 of the row that was given is null: there is nothing to write to.",
      },
    );
  });

  it("are refused where there can be none", async () => {
    const { pump, series } = await plant();
    const [row] = await pump.retrieve(["P1"], { select: { name: true } });
    await expect(pump.datapoints("P1").then((attached) => attached.retrieve())).rejects.toMatchObject({
      code: "QUERY.NOT_ATTACHED",
      message: "plant/Pump@v1 is no view of time series.",
      hint: expect.stringContaining("flows, pressure"),
    });
    await expect(pump.datapoints(row!, "manual").then((attached) => attached.latest())).rejects.toMatchObject({
      code: "QUERY.NOT_ATTACHED",
    });
    await expect(pump.datapoints(row!, "presure").then((attached) => attached.latest())).rejects.toMatchObject({
      code: "QUERY.UNKNOWN_PROPERTY",
      message: expect.stringContaining("Did you mean 'pressure'"),
    });
    await expect(pump.datapoints(row!, "pressure").then((attached) => attached.latest())).rejects.toMatchObject({
      message: "'pressure' of view plant/Pump@v1 is not in the row that was given.",
    });
    await expect(
      pump.datapoints({ ...row!, flows: ["a"] } as never, "flows").then((attached) => attached.latest()),
    ).rejects.toMatchObject({
      code: "QUERY.INVALID_VALUE",
    });
    await expect(
      pump.datapoints({ ...row!, pressure: 5 } as never, "pressure").then((attached) => attached.latest()),
    ).rejects.toMatchObject({
      code: "QUERY.INVALID_VALUE",
    });
    await expect(series.datapoints(5 as never).then((attached) => attached.latest())).rejects.toMatchObject({
      code: "QUERY.INVALID_VALUE",
    });
  });
});

describe("contents", () => {
  it("contract 11.2: of nodes that are files go up and come down, as a Blob, as a stream and by a link", async () => {
    const { file } = await plant();
    const content = await file.content("file");
    expect(await content.upload("all is well", { mimeType: "text/csv" })).toMatchObject({ bytes: 11 });
    expect(await (await content.download())?.text()).toBe("all is well");
    expect(await new Response(await content.stream()).text()).toBe("all is well");
    const link = await content.link({ extendedExpiration: true });
    expect(await (await fetch(link!)).text()).toBe("all is well");
  });

  it("of files that rows name, and none where a row names none", async () => {
    const { pump } = await plant();
    const [one, two] = await pump.retrieve(["P1", "P2"]);
    await (await pump.content(one!, "manual")).upload(new Blob(["turn it on"]));
    expect(await (await (await pump.content(one!, "manual")).download())?.text()).toBe("turn it on");
    const none = await pump.content(two!, "manual");
    expect([await none.download(), await none.stream(), await none.link()]).toEqual([undefined, undefined, undefined]);
    await expect(none.upload("x")).rejects.toMatchObject({ code: "QUERY.NOT_ATTACHED" });
    await expect(pump.content("P1").then((attached) => attached.download())).rejects.toMatchObject({
      message: "plant/Pump@v1 is no view of files.",
    });
  });
});

describe("sequences", () => {
  it("contract 11.3: of those that rows name are written, read, walked and deleted", async () => {
    const { client, pump } = await plant();
    const columns = ["flow", "head"].map((externalId) => ({ externalId, valueType: "DOUBLE" }));
    await client.http.request({ method: "POST", path: "/sequences", body: { items: [{ externalId: "c1", columns }] } });
    const [one, two] = await pump.retrieve(["P1", "P2"]);
    const curve = await pump.sequence(one!, "curve");
    const rows = [0, 1, 2].map((rowNumber) => ({ rowNumber, values: [rowNumber * 1.5, 30] }));
    await curve.insert(["flow", "head"], rows);
    expect(await curve.retrieve({ start: 1 })).toMatchObject({
      columns: [{ externalId: "flow" }, {}],
      rows: rows.slice(1),
    });
    const walked = [];
    for await (const { values } of curve.iterate({ columns: ["flow"] })) walked.push(values[0]);
    expect(walked).toEqual([0, 1.5, 3]);
    expect((await curve.latest())?.rows).toEqual([rows[2]]);
    await curve.delete([2]);
    expect((await curve.latest({ before: 5 }))?.rows).toEqual([rows[1]]);
    const none = await pump.sequence(two!, "curve");
    expect([await none.retrieve(), await none.latest()]).toEqual([undefined, undefined]);
    for await (const row of none.iterate()) throw new Error(`a row: ${row.rowNumber}`);
    await expect(none.delete([1])).rejects.toMatchObject({ code: "QUERY.NOT_ATTACHED" });
    await expect(pump.sequence(one!, undefined as never).then((attached) => attached.latest())).rejects.toMatchObject({
      message: "plant/Pump@v1 is no view of sequences.",
    });
  });
});
