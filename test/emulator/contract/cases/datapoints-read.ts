import { expect } from "vitest";
import type { Json } from "../api.js";
import { type ContractCase, casesOf } from "../case.js";
import { named, reading, values } from "./data-world.js";

const list = casesOf("POST /timeseries/data/list");
const latest = casesOf("POST /timeseries/data/latest");

const LIST = "/timeseries/data/list";
const aggregated = (name: string, aggregates: readonly string[], granularity: string, more: Json = {}) =>
  reading(name, { start: 0, end: 4000, aggregates, granularity, ...more });
const wide = { treatUncertainAsBad: false };
const status = { includeStatus: true, ignoreBadDataPoints: false };

/** Reading points, latest points and aggregates. */
export const datapointReads: readonly ContractCase[] = [
  list.accepts(
    "items",
    "in the order of the request, with what is known of each series",
    { items: [named("heat"), named("text")] },
    {
      items: [
        {
          ...named("heat"),
          id: expect.any(Number),
          isString: false,
          isStep: false,
          type: "numeric",
          unit: "C",
          unitExternalId: "temperature:deg_c",
          datapoints: [
            { timestamp: 0, value: 0 },
            { timestamp: 1000, value: 100 },
          ],
        },
        { ...named("text"), isString: true, type: "string", datapoints: [{ value: "off" }, { value: "on" }] },
      ],
    },
  ),
  list.check("items", "null is as left out", async (api) => {
    const fields = ["start", "end", "limit", "aggregates", "granularity", "cursor", "targetUnit", "externalId", "id"];
    const item = { ...Object.fromEntries(fields.map((field) => [field, null])), ...named("heat") };
    const answer = await api.post(LIST, { items: [item], start: null, ignoreUnknownIds: null }, false);
    expect(answer.body).toEqual(await api.ok(LIST, { items: [named("heat")] }));
  }),
  list.check("application/protobuf", "is given to those who accept it", async (api) => {
    const headers = { authorization: "Bearer token", accept: "application/protobuf" };
    const body = JSON.stringify(reading("heat", { start: 0, end: 1 }));
    const answer = await api.raw(LIST, { method: "POST", body, headers });
    // The field of numeric points, with the point 0 at 0.
    expect(Buffer.from(await answer.arrayBuffer()).toString("hex")).toContain("1a0d0a0b0800110000000000000000");
  }),
  list.refuses("items", "of which one is unknown", { items: [named("heat"), named("nobody")] }, "Ids not found"),
  list.refuses("items", "a node that is no series", { items: [named("bare")] }, "Ids not found"),
  list.refuses(
    "items",
    "more than 100",
    { items: Array(101).fill(named("heat")) },
    "items size must be between 1 and 100",
  ),
  list
    .as("refused", "numeric and string series are served")
    .refuses("series of states", "of states", { items: [named("state")] }, "none of states"),
  list.accepts(
    "ignoreUnknownIds",
    "leaves unknown ones out",
    { items: [named("nobody"), named("odd")], ignoreUnknownIds: true },
    { items: [named("odd")] },
  ),
  list.accepts("start", "is included", reading("plain", { start: 1000, ignoreBadDataPoints: false }), values(2, 3, 4)),
  list.accepts(
    "start",
    "of a request is that of every item that has none",
    { items: [{ ...named("plain"), start: 0 }, named("heat")], start: 1000 },
    {
      items: [{ datapoints: [{ value: 1 }, { value: 4 }] }, { datapoints: [{ value: 100 }] }],
    },
  ),
  list.refuses(
    "start",
    "that is neither a time nor a text",
    reading("plain", { start: true }),
    "start must be an integer or a text",
  ),
  list.refuses("start", "that is no time", reading("plain", { start: "x" }), "Invalid time 'x'"),
  list.refuses("start", "not before end", reading("plain", { start: 5, end: 5 }), "Invalid time range"),
  list.accepts("end", "is not included", reading("plain", { end: 3000 }), values(1)),
  list.accepts(
    "end",
    "and start may be some time ago",
    reading("plain", { start: "100000d-ago", end: "1m-ago" }),
    values(1, 4),
  ),
  list.refuses("end", "that is no time", reading("plain", { end: "tomorrow" }), "Invalid time 'tomorrow'"),
  list.check("limit", "is 100 when left out, for each series", async (api) => {
    const datapoints = Array.from({ length: 150 }, (_, timestamp) => ({ timestamp, value: timestamp }));
    await api.ok("/timeseries/data", { items: [{ ...named("steps"), datapoints }] });
    const { items } = await api.ok(LIST, { items: [named("steps"), named("steps")] });
    expect(items.map((one: Json) => one["datapoints"].length)).toEqual([100, 100]);
  }),
  list.refuses("limit", "0", reading("plain", { limit: 0 }), "limit must be between 1 and 100000"),
  list.refuses("limit", "beyond 100,000", reading("plain", {}, { limit: 100_001 }), "limit must be between"),
  list.refuses("limit", "beyond 10,000 of aggregates", aggregated("plain", ["sum"], "1s", { limit: 10_001 }), "10000"),
  list.check("cursor", "leads on", async (api) => {
    const body = { start: 0, end: 5000, ignoreBadDataPoints: false, limit: 3 };
    const first = await api.ok(LIST, reading("plain", body));
    expect(first).toMatchObject(values(1, 2, 3));
    const second = await api.ok(LIST, reading("plain", { ...body, cursor: first["items"][0].nextCursor }));
    expect(second).toMatchObject(values(4));
    expect(second["items"][0]).not.toHaveProperty("nextCursor");
  }),
  list.refuses("cursor", "that no read gave", reading("plain", { cursor: "x" }), "Invalid cursor"),
  list.accepts(
    "aggregates",
    "of every kind",
    aggregated("plain", ["average", "max", "min", "count", "sum", "maxDatapoint", "minDatapoint"], "4s", wide),
    {
      items: [
        {
          datapoints: [
            {
              timestamp: 0,
              average: 7 / 3,
              max: 4,
              min: 1,
              count: 3,
              sum: 7,
              maxDatapoint: { timestamp: 3000, value: 4 },
              minDatapoint: { timestamp: 0, value: 1 },
            },
          ],
        },
      ],
    },
  ),
  list.accepts(
    "aggregates",
    "of the curve",
    aggregated(
      "heat",
      ["interpolation", "stepInterpolation", "totalVariation", "continuousVariance", "discreteVariance"],
      "2s",
      { end: 2000 },
    ),
    {
      items: [
        {
          datapoints: [
            { timestamp: 0, interpolation: 0, stepInterpolation: 0, totalVariation: 100, discreteVariance: 2500 },
          ],
        },
      ],
    },
  ),
  list.accepts(
    "aggregates",
    "of status",
    aggregated(
      "plain",
      ["countGood", "countUncertain", "countBad", "durationGood", "durationUncertain", "durationBad"],
      "4s",
    ),
    {
      items: [
        {
          datapoints: [
            {
              countGood: 2,
              countUncertain: 1,
              countBad: 1,
              durationGood: 1000,
              durationUncertain: 1000,
              durationBad: 1000,
            },
          ],
        },
      ],
    },
  ),
  list.refuses(
    "aggregates",
    "an unknown one",
    reading("plain", {}, { aggregates: ["median"] }),
    "aggregates[0] must be",
  ),
  list.refuses(
    "aggregates",
    "one twice",
    reading("plain", {}, { aggregates: ["sum", "sum"] }),
    "name an aggregate twice",
  ),
  list.refuses("aggregates", "of texts", aggregated("text", ["count"], "1h"), "numeric time series only"),
  list.accepts("granularity", "months", aggregated("plain", ["count"], "1mo"), {
    items: [{ datapoints: [{ timestamp: 0, count: 2 }] }],
  }),
  list.refuses("granularity", "left out", reading("plain", {}, { aggregates: ["sum"] }), "Invalid granularity ''"),
  ...["121s", "121m", "0h", "100001d", "1w"].map((granularity) =>
    list.refuses("granularity", granularity, aggregated("plain", ["sum"], granularity), "Invalid granularity"),
  ),
  list.accepts(
    "includeOutsidePoints",
    "gives those next to the range",
    reading("plain", { start: 500, end: 2000, includeOutsidePoints: true }),
    values(1, 4),
  ),
  list.accepts("timeZone", "says where days begin", aggregated("plain", ["count"], "1d", { timeZone: "Europe/Oslo" }), {
    items: [{ datapoints: [{ timestamp: -3_600_000 }] }],
  }),
  list.refuses("timeZone", "that is none", reading("plain", {}, { timeZone: "Oslo" }), "Invalid timeZone 'Oslo'"),
  list.accepts("targetUnit", "converts values", reading("heat", { targetUnit: "temperature:deg_f" }), {
    items: [{ unitExternalId: "temperature:deg_f", datapoints: [{ value: 32 }, { value: 212 }] }],
  }),
  list.accepts(
    "targetUnit",
    "converts before it aggregates",
    aggregated("heat", ["sum", "max", "minDatapoint"], "2s", { targetUnit: "temperature:deg_f" }),
    {
      items: [{ datapoints: [{ sum: 244, max: 212, minDatapoint: { timestamp: 0, value: 32 } }] }],
    },
  ),
  list.refuses(
    "targetUnit",
    "of another quantity",
    reading("heat", { targetUnit: "pressure:bar" }),
    "they measure different quantities",
  ),
  list.refuses(
    "targetUnit",
    "of a series without a unit",
    reading("plain", { targetUnit: "pressure:bar" }),
    "it has no unit",
  ),
  list.refuses("targetUnit", "of a series of texts", reading("text", { targetUnit: "pressure:bar" }), "it has no unit"),
  list.refuses(
    "targetUnit",
    "with targetUnitSystem",
    reading("heat", { targetUnit: "temperature:k", targetUnitSystem: "SI" }),
    "cannot be used together",
  ),
  list
    .as("differs", "some 150 units are known, others are 400")
    .refuses(
      "targetUnit",
      "that the emulator does not know",
      reading("odd", { targetUnit: "magic:spell" }),
      "Unknown unit",
    ),
  list.accepts("targetUnitSystem", "converts to its unit", reading("heat", { targetUnitSystem: "Imperial" }), {
    items: [{ unitExternalId: "temperature:deg_f", datapoints: [{ value: 32 }, { value: 212 }] }],
  }),
  list.refuses(
    "targetUnitSystem",
    "an unknown one",
    reading("heat", { targetUnitSystem: "Klingon" }),
    "Unknown unit system 'Klingon'",
  ),
  list.accepts("includeStatus", "gives code and symbol", reading("plain", status), {
    items: [
      {
        datapoints: [
          { status: { code: 0, symbol: "Good" } },
          { status: { code: 0x4093_0000, symbol: "UncertainSensorNotAccurate" } },
          { status: { code: 0x8000_0000, symbol: "Bad" } },
          { status: { code: 0, symbol: "Good" } },
        ],
      },
    ],
  }),
  list.check("includeStatus", "left out, there is none", async (api) => {
    expect((await api.ok(LIST, reading("plain")))["items"][0].datapoints[0]).not.toHaveProperty("status");
  }),
  list.accepts("ignoreBadDataPoints", "is on: bad points are left out", reading("plain"), values(1, 4)),
  list.accepts(
    "ignoreBadDataPoints",
    "off, all points are there",
    reading("plain", { ignoreBadDataPoints: false }),
    values(1, 2, 3, 4),
  ),
  list.accepts("treatUncertainAsBad", "off, only bad points are left out", reading("plain", wide), values(1, 2, 4)),
];

/** Reading latest points. */
export const latestDatapoints: readonly ContractCase[] = [
  latest.accepts(
    "items",
    "the last point of each, or none",
    { items: [named("plain"), named("long")] },
    {
      items: [{ datapoints: [{ timestamp: 3000, value: 4 }] }, { datapoints: [] }],
    },
  ),
  latest.refuses("items", "unknown ones", { items: [named("nobody")] }, "Ids not found"),
  latest.refuses(
    "items",
    "more than 100",
    { items: Array(101).fill(named("heat")) },
    "items size must be between 1 and 100",
  ),
  latest.accepts(
    "ignoreUnknownIds",
    "leaves unknown ones out",
    { items: [named("nobody")], ignoreUnknownIds: true },
    { items: [] },
  ),
  latest.accepts(
    "before",
    "is not included",
    reading("plain", { before: "3000", ignoreBadDataPoints: false }),
    values(3),
  ),
  latest.refuses("before", "that is no time", reading("plain", { before: "then" }), "Invalid time 'then'"),
  latest.accepts("targetUnit", "converts", reading("heat", { targetUnit: "temperature:k" }), {
    items: [{ unitExternalId: "temperature:k", datapoints: [{ value: 373.15 }] }],
  }),
  latest.refuses(
    "targetUnit",
    "of a series without a unit",
    reading("plain", { targetUnit: "pressure:bar" }),
    "it has no unit",
  ),
  latest.accepts(
    "targetUnitSystem",
    "converts to its unit",
    reading("heat", { targetUnitSystem: "SI" }),
    values(373.15),
  ),
  latest.accepts("includeStatus", "gives code and symbol", reading("plain", { before: "3000", ...status }), {
    items: [{ datapoints: [{ status: { symbol: "Bad" } }] }],
  }),
  latest.accepts(
    "ignoreBadDataPoints",
    "off, a bad one may be the last",
    reading("plain", { before: "3000", ignoreBadDataPoints: false }),
    values(3),
  ),
  latest.accepts(
    "treatUncertainAsBad",
    "off, an uncertain one may be the last",
    reading("plain", { before: "3000", ...wide }),
    values(2),
  ),
];
