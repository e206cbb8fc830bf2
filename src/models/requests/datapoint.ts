import * as v from "valibot";
import {
  type DatapointAggregate,
  type DatapointItem,
  type DatapointStatus,
  type DatapointsDeleteRequest,
  type DatapointsInsertRequest,
  type DatapointsLatestRequest,
  type DatapointsListRequest,
  FIRST_TIMESTAMP,
  LAST_TIMESTAMP,
} from "../datapoint.js";
import { lazily, type RequestSchema } from "./lazily.js";
import { type IdKind, identified } from "./resource-id.js";
import { fields, integer, items, text } from "./shapes.js";

/** Most series and ranges of one write (contract 11.1). */
const MAX_WRITTEN = 10_000;
/** Most points of one write (contract 11.1). */
const MAX_POINTS = 100_000;
/** Most series of one read (contract 11.1). */
const MAX_READ = 100;
/** Largest number that a point may hold, either way (contract 11.1). */
const MAX_VALUE = 1e100;
/** Most bytes of a point's text (contract 11.1). */
const MAX_TEXT_BYTES = 1023;

const anyId: readonly IdKind[] = ["instanceId", "externalId", "id"];

const names: readonly DatapointAggregate[] = [
  ...(["average", "max", "maxDatapoint", "min", "minDatapoint", "count", "sum", "interpolation"] as const),
  ...(["stepInterpolation", "totalVariation", "continuousVariance", "discreteVariance", "countGood"] as const),
  ...(["countUncertain", "countBad", "durationGood", "durationUncertain", "durationBad"] as const),
];

const timestamp: RequestSchema<number> = lazily(() => integer(FIRST_TIMESTAMP, LAST_TIMESTAMP));

/** A time that is part of a range: any whole number, or a text that the engine reads. */
const moment: RequestSchema<number | string> = lazily(() =>
  v.union([v.string(), v.pipe(v.number(), v.integer("must be an integer"))], "must be an integer or a text"),
);

/** Large integers are read as `bigint`, and are numbers like others here. */
const value: RequestSchema<number | string> = lazily(() => {
  const message = `must be between -${MAX_VALUE} and ${MAX_VALUE}`;
  const ofText = v.pipe(v.string(), v.maxBytes(MAX_TEXT_BYTES, `must be at most ${MAX_TEXT_BYTES} bytes`));
  const ofNumber = v.pipe(
    v.union([v.number(), v.pipe(v.bigint(), v.transform(Number))], "must be a number or a text"),
    v.minValue(-MAX_VALUE, message),
    v.maxValue(MAX_VALUE, message),
  );
  return v.lazy((input): v.GenericSchema<unknown, number | string> => (typeof input === "string" ? ofText : ofNumber));
});

const status: RequestSchema<DatapointStatus> = lazily(() =>
  fields({
    code: v.exactOptional(integer(0, 2 ** 32 - 1)),
    symbol: v.exactOptional(text(255)),
  }),
);

const point: RequestSchema<DatapointItem> = lazily(() =>
  fields({ timestamp: timestamp(), value: value(), status: v.exactOptional(status()) }),
);

/** Body of `POST /timeseries/data` (contract 11.1). */
export const datapointsInsertBody: RequestSchema<DatapointsInsertRequest> = lazily(() =>
  v.pipe(
    fields({
      items: items(identified(anyId, fields({ datapoints: items(point(), 0, MAX_POINTS) })), 1, MAX_WRITTEN),
    }),
    v.check(
      (body) => body.items.reduce((sum, { datapoints }) => sum + datapoints.length, 0) <= MAX_POINTS,
      `items must hold at most ${MAX_POINTS} data points together`,
    ),
  ),
);

/** The fields of a range: of one series, or of all of a request. */
function rangeFields() {
  return {
    start: v.exactOptional(moment()),
    end: v.exactOptional(moment()),
    limit: v.exactOptional(integer(0, MAX_POINTS)),
    aggregates: v.exactOptional(
      v.pipe(
        items(v.picklist(names), 1, names.length),
        v.check((given) => new Set(given).size === given.length, "must not name an aggregate twice"),
      ),
    ),
    granularity: v.exactOptional(v.string()),
    includeOutsidePoints: v.exactOptional(v.boolean()),
    timeZone: v.exactOptional(v.string()),
  };
}

function readingFields() {
  return {
    targetUnit: v.exactOptional(v.string()),
    targetUnitSystem: v.exactOptional(v.string()),
    includeStatus: v.exactOptional(v.boolean()),
    ignoreBadDataPoints: v.exactOptional(v.boolean()),
    treatUncertainAsBad: v.exactOptional(v.boolean()),
  };
}

/** Body of `POST /timeseries/data/list` (contract 11.1). */
export const datapointsListBody: RequestSchema<DatapointsListRequest> = lazily(() =>
  fields({
    ...rangeFields(),
    items: items(
      identified(anyId, fields({ ...rangeFields(), ...readingFields(), cursor: v.exactOptional(v.string()) })),
      1,
      MAX_READ,
    ),
    ignoreUnknownIds: v.exactOptional(v.boolean()),
  }),
);

/** Body of `POST /timeseries/data/latest` (contract 11.1). */
export const datapointsLatestBody: RequestSchema<DatapointsLatestRequest> = lazily(() =>
  fields({
    items: items(identified(anyId, fields({ ...readingFields(), before: v.exactOptional(moment()) })), 1, MAX_READ),
    ignoreUnknownIds: v.exactOptional(v.boolean()),
  }),
);

/** Body of `POST /timeseries/data/delete` (contract 11.1). */
export const datapointsDeleteBody: RequestSchema<DatapointsDeleteRequest> = lazily(() => {
  const time = integer(FIRST_TIMESTAMP, Number.MAX_SAFE_INTEGER);
  return fields({
    items: items(
      identified(anyId, fields({ inclusiveBegin: time, exclusiveEnd: v.exactOptional(time) })),
      1,
      MAX_WRITTEN,
    ),
  });
});
