import { expect } from "vitest";
import type { Api, Json } from "../api.js";
import { type ContractArea, type ContractCase, casesOf } from "../case.js";
import { makeDataWorld, named, reading, values } from "./data-world.js";
import { datapointReads, latestDatapoints } from "./datapoints-read.js";

const insert = casesOf("POST /timeseries/data");
const drop = casesOf("POST /timeseries/data/delete");
const byIds = casesOf("POST /timeseries/byids").as("differs", "the facts of the core model alone");
const listSeries = casesOf("POST /timeseries/list").as("differs", "filters are name, unit, isString and isStep");

const LIST = "/timeseries/data/list";
const point = { timestamp: 0, value: 1 };
/** A body that writes to series `writes`, unless it says. */
const writing = (...datapoints: readonly Json[]) => ({ items: [{ ...named("writes"), datapoints }] });

const inserts: readonly ContractCase[] = [
  insert.check(
    "items",
    "points are kept in the order of their times, and the last written at a time counts",
    async (api) => {
      await api.ok("/timeseries/data", writing({ timestamp: 2, value: 2 }, { timestamp: 1, value: 1 }));
      await api.ok("/timeseries/data", writing({ timestamp: 2, value: 3 }));
      expect(await api.ok(LIST, reading("writes"))).toMatchObject(values(1, 3));
    },
  ),
  insert.check("instanceId", "names a node; id the same one by its number", async (api) => {
    const { items } = await api.ok(LIST, reading("gone"));
    await api.ok("/timeseries/data", { items: [{ id: items[0].id, datapoints: [point] }] });
    expect(await api.ok(LIST, reading("gone"))).toMatchObject(values(1));
  }),
  insert
    .as("differs", "what a property names comes into being on first write")
    .check("externalId", "names what is no node", async (api) => {
      await api.ok("/timeseries/data", { items: [{ externalId: "classic", datapoints: [point] }] });
      expect(await api.ok(LIST, { items: [{ externalId: "classic" }] })).toMatchObject(values(1));
    }),
  insert.refuses(
    "externalId",
    "that no property names",
    { items: [{ externalId: "no", datapoints: [point] }] },
    "Ids not found",
  ),
  insert.check(
    "items",
    "unknown series are refused with missing, and nothing is written",
    async (api) => {
      const items = [
        { ...named("long"), datapoints: [point] },
        { ...named("nobody"), datapoints: [point] },
      ];
      const answer = await api.post("/timeseries/data", { items });
      expect(answer).toMatchObject({ status: 400, body: { error: { missing: [named("nobody")] } } });
      expect(await api.ok(LIST, reading("long"))).toMatchObject(values());
    },
    400,
  ),
  insert.check(
    "items",
    "a series that is named twice is refused with duplicated, and nothing is written",
    async (api) => {
      const item = { ...named("long"), datapoints: [point] };
      const answer = await api.post("/timeseries/data", { items: [item, item] });
      expect(answer).toMatchObject({ status: 422, body: { error: { duplicated: [named("long")] } } });
      expect(await api.ok(LIST, reading("long"))).toMatchObject(values());
    },
    422,
  ),
  insert.refuses("items", "none", { items: [] }, "items size must be between 1 and 10000"),
  insert.refuses("items", "left out", {}, "items must not be null"),
  insert.refuses(
    "items",
    "unknown fields",
    { items: [{ ...named("writes"), datapoints: [], more: 1 }] },
    "Unexpected field - items[0].more",
  ),
  insert.refuses("items", "what is no object", { items: ["x"] }, "items[0] must be an object"),
  insert.refuses(
    "items",
    "without an id",
    { items: [{ datapoints: [] }] },
    "items[0] must hold one of [instanceId, externalId, id]",
  ),
  insert.refuses(
    "items",
    "with two ids",
    { items: [{ ...named("writes"), externalId: "x", datapoints: [] }] },
    "Unexpected field - items[0].externalId",
  ),
  insert.refuses(
    "instanceId",
    "without its externalId",
    { items: [{ instanceId: { space: "data" }, datapoints: [] }] },
    "items[0].instanceId.externalId must not be null",
  ),
  insert.refuses(
    "timestamp",
    "that is no integer",
    writing({ timestamp: 0.5, value: 1 }),
    "timestamp must be an integer",
  ),
  insert.accepts(
    "timestamp",
    "the first and the last there are",
    writing({ timestamp: -2_208_988_800_000, value: 1 }, { timestamp: 4_102_444_799_999, value: 1 }),
    {},
  ),
  insert.refuses(
    "timestamp",
    "before 1900",
    writing({ timestamp: -2_208_988_800_001, value: 1 }),
    "timestamp must be between",
  ),
  insert.refuses(
    "timestamp",
    "after 2099",
    writing({ timestamp: 4_102_444_800_000, value: 1 }),
    "timestamp must be between",
  ),
  insert
    .as("differs", "bad points need one too")
    .refuses(
      "value",
      "none, of a bad point",
      writing({ timestamp: 0, status: { symbol: "Bad" } }),
      "value must not be null",
    ),
  insert.refuses("value", "beyond 1e100", writing({ timestamp: 0, value: 2e100 }), "value must be between"),
  insert.refuses("value", "below -1e100", writing({ timestamp: 0, value: -2e100 }), "value must be between"),
  insert.refuses(
    "value",
    "that is neither a number nor a text",
    writing({ timestamp: 0, value: true }),
    "value must be a number or a text",
  ),
  insert.refuses(
    "value",
    "a text of more than 1023 bytes",
    writing({ timestamp: 0, value: "é".repeat(512) }),
    "at most 1023 bytes",
  ),
  insert.refuses("value", "a text in a numeric series", writing({ timestamp: 0, value: "x" }), "Expected a number"),
  insert.refuses(
    "value",
    "a number in a series of texts",
    { items: [{ ...named("text"), datapoints: [point] }] },
    "Expected a string",
  ),
  insert
    .as("refused", "numeric and string series are served")
    .refuses(
      "series of states",
      "in a series of states",
      { items: [{ ...named("state"), datapoints: [point] }] },
      "none of states",
    ),
  insert.accepts(
    "status",
    "by code, by symbol, or by both",
    writing(
      { ...point, status: { code: 0 } },
      { timestamp: 3, value: 1, status: { symbol: "Good" } },
      { timestamp: 4, value: 1, status: { code: 0x4093_0000, symbol: "UncertainSensorNotAccurate" } },
    ),
    {},
  ),
  insert.refuses(
    "status",
    "a code that is none",
    writing({ ...point, status: { code: 0xc000_0000 } }),
    "Invalid status code",
  ),
  insert.refuses(
    "status",
    "a symbol that is none",
    writing({ ...point, status: { symbol: "Fine" } }),
    "status symbol 'Fine'",
  ),
  insert.refuses(
    "status",
    "a symbol of another code",
    writing({ ...point, status: { code: 0, symbol: "Bad" } }),
    "'Bad' is not that of the status code 0",
  ),
  insert.refuses(
    "items",
    "more than 100,000 points together",
    { items: ["plain", "writes"].map((name) => ({ ...named(name), datapoints: Array(50_001).fill(point) })) },
    "100000 data points",
  ),
  insert.check("application/protobuf", "is taken", async (api) => {
    const headers = { authorization: "Bearer token", "content-type": "application/protobuf" };
    // The node `writes`, with 0.5 at 7.
    const body = Buffer.from("0a231a0d0a0b080711000000000000e03f2a120a0464617461120a70726f746f2074657874", "hex");
    expect((await api.raw("/timeseries/data", { method: "POST", body, headers })).status).toBe(400);
    const known = Buffer.from("0a1f1a0d0a0b080711000000000000e03f2a0e0a04646174611206777269746573", "hex");
    expect((await api.raw("/timeseries/data", { method: "POST", body: known, headers })).status).toBe(200);
    expect(await api.ok(LIST, reading("writes", { start: 7, end: 8 }))).toMatchObject(values(0.5));
  }),
  insert.check(
    "application/protobuf",
    "that is none is refused",
    async (api) => {
      const headers = { authorization: "Bearer token", "content-type": "application/protobuf" };
      expect((await api.raw("/timeseries/data", { method: "POST", body: "x", headers })).status).toBe(400);
    },
    400,
  ),
];

const deleted = async (api: Api, range: Json, left: readonly number[]): Promise<void> => {
  const datapoints = [1, 2, 3].map((timestamp) => ({ timestamp, value: timestamp }));
  await api.ok("/timeseries/data", { items: [{ ...named("gone"), datapoints }] });
  await api.ok("/timeseries/data/delete", { items: [{ ...named("gone"), ...range }] });
  const { items } = await api.ok(LIST, reading("gone", { start: 1 }));
  expect(items[0].datapoints.map((one: Json) => one["value"])).toEqual(left);
};

const deletes: readonly ContractCase[] = [
  drop.check("items", "the points of a range", (api) => deleted(api, { inclusiveBegin: 1, exclusiveEnd: 3 }, [3])),
  drop.check("exclusiveEnd", "left out, the one point at the begin goes", (api) =>
    deleted(api, { inclusiveBegin: 2 }, [1, 3]),
  ),
  drop.refuses("inclusiveBegin", "left out", { items: [named("gone")] }, "inclusiveBegin must not be null"),
  drop.refuses("items", "unknown ones", { items: [{ ...named("nobody"), inclusiveBegin: 0 }] }, "Ids not found"),
  drop.refuses("items", "none", { items: [] }, "items size must be between 1 and 10000"),
];

const classic: readonly ContractCase[] = [
  byIds.accepts(
    "items",
    "tells of series by any of their ids",
    { items: [named("heat"), named("text")] },
    {
      items: [
        { ...named("heat"), name: "Heat", description: "At the top", isString: false, isStep: false, unit: "C" },
        { ...named("text"), isString: true },
      ],
    },
  ),
  byIds.refuses("items", "unknown ones", { items: [named("nobody")] }, "Ids not found"),
  byIds.accepts(
    "ignoreUnknownIds",
    "leaves unknown ones out",
    { items: [named("nobody"), named("heat")], ignoreUnknownIds: true },
    { items: [named("heat")] },
  ),
  listSeries.check("cursor", "pages through all series", async (api) => {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await api.ok("/timeseries/list", { limit: 2, ...(cursor ? { cursor } : {}) });
      found.push(...page["items"].map((one: Json) => one["instanceId"]?.externalId ?? one["externalId"]));
      cursor = page["nextCursor"];
    } while (cursor);
    const names = ["heat", "plain", "writes", "long", "gone", "steps", "odd", "text", "state", "classic"];
    expect(found).toEqual(names);
  }),
  listSeries.refuses("cursor", "that no list gave", { cursor: "x" }, "Invalid cursor"),
  ...(
    [
      [{ name: "Heat" }, ["heat"]],
      [{ unit: "C" }, ["heat"]],
      [{ isString: true }, ["text"]],
      [{ isStep: true }, ["steps"]],
    ] as const
  ).map(([filter, names]) =>
    listSeries.accepts("filter", Object.keys(filter)[0] ?? "", { filter }, { items: names.map((name) => named(name)) }),
  ),
  listSeries.refuses("filter", "anything else", { filter: { metadata: {} } }, "Unexpected field - filter.metadata"),
  listSeries.refuses("limit", "beyond 1,000", { limit: 1001 }, "limit must be between 1 and 1000"),
];

/** Data points of time series (contract 11.1). */
export const datapoints: ContractArea = {
  name: "datapoints",
  world: makeDataWorld,
  cases: [...inserts, ...datapointReads, ...latestDatapoints, ...deletes, ...classic],
};
