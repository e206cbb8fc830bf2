import { type Datapoint, isRecord } from "../../../models/index.js";
import type { Message } from "./message.js";
import { readMessage } from "./read.js";
import { writeMessage } from "./write.js";

const status: Message = { code: { number: 1, type: "int64" }, symbol: { number: 2, type: "string" } };

function point(value: "double" | "string"): Message {
  return {
    timestamp: { number: 1, type: "int64" },
    value: { number: 2, type: value },
    status: { number: 3, type: status },
    nullValue: { number: 4, type: "bool" },
  };
}

const numeric: Message = point("double");

/** In the order of their numbers on the wire, from 2 on. */
const AGGREGATES = [
  ...(["average", "max", "min", "count", "sum", "interpolation", "stepInterpolation", "continuousVariance"] as const),
  ...(["discreteVariance", "totalVariation", "countGood", "countUncertain", "countBad"] as const),
  ...(["durationGood", "durationUncertain", "durationBad"] as const),
];

const aggregate: Message = {
  timestamp: { number: 1, type: "int64" },
  ...Object.fromEntries(AGGREGATES.map((name, at) => [name, { number: at + 2, type: "double" }])),
  maxDatapoint: { number: 18, type: numeric },
  minDatapoint: { number: 19, type: numeric },
};

function points(of: Message): Message {
  return { datapoints: { number: 1, type: of, repeated: true } };
}

const instanceId: Message = { space: { number: 1, type: "string" }, externalId: { number: 2, type: "string" } };

const ofValues = {
  numericDatapoints: { number: 3, type: points(numeric) },
  stringDatapoints: { number: 4, type: points(point("string")) },
} as const satisfies Message;

const listed: Message = {
  id: { number: 1, type: "int64" },
  externalId: { number: 2, type: "string" },
  ...ofValues,
  aggregateDatapoints: { number: 5, type: points(aggregate) },
  isString: { number: 6, type: "bool" },
  isStep: { number: 7, type: "bool" },
  unit: { number: 8, type: "string" },
  nextCursor: { number: 9, type: "string" },
  unitExternalId: { number: 10, type: "string" },
  instanceId: { number: 11, type: instanceId },
  type: { number: 12, type: "int64" },
};

/** What kinds of series are called on the wire. */
const TYPES: Readonly<Record<string, number>> = { numeric: 1, string: 2 };

const inserted: Message = {
  id: { number: 1, type: "int64" },
  externalId: { number: 2, type: "string" },
  ...ofValues,
  instanceId: { number: 5, type: instanceId },
};

/** Answer of `POST /timeseries/data/list`. */
const listAnswer: Message = { items: { number: 1, type: listed, repeated: true } };
/** Body of `POST /timeseries/data`. */
const insertBody: Message = { items: { number: 1, type: inserted, repeated: true } };

/** A series with what was read of it: points, or aggregates. */
interface ReadSeries {
  readonly isString: boolean;
  readonly type: string;
  readonly datapoints: readonly object[];
}

/** An answer of `POST /timeseries/data/list`, as that call gives it, as a message. */
export function writeDatapoints(answer: object): Uint8Array<ArrayBuffer> {
  const { items } = answer as { readonly items: readonly ReadSeries[] };
  const series = items.map(({ datapoints, type, ...facts }) => ({
    ...facts,
    type: TYPES[type],
    [pointsField(facts, datapoints)]: { datapoints },
  }));
  return writeMessage(listAnswer, { items: series });
}

function pointsField({ isString }: { readonly isString: boolean }, [first]: readonly object[]): keyof typeof listed {
  if (isString) return "stringDatapoints";
  return first === undefined || "value" in first ? "numericDatapoints" : "aggregateDatapoints";
}

/**
 * The body of `POST /timeseries/data` from a message, as it would be in JSON. What is 0 or an empty text is not on the wire.
 *
 * @throws Fault 400 for bytes that are no message
 */
export function readDatapoints(bytes: Uint8Array): object {
  const { items = [] } = readMessage(insertBody, bytes);
  return { items: (items as readonly Readonly<Record<string, unknown>>[]).map(insertedSeries) };
}

function insertedSeries({
  numericDatapoints,
  stringDatapoints,
  ...id
}: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const numbers = isRecord(numericDatapoints) ? numericDatapoints : {};
  return { ...id, datapoints: isRecord(stringDatapoints) ? pointsOf(stringDatapoints, "") : pointsOf(numbers, 0) };
}

function pointsOf({ datapoints = [] }: Readonly<Record<string, unknown>>, none: Datapoint["value"]): readonly object[] {
  const given = datapoints as readonly { readonly nullValue?: boolean }[];
  return given.map(({ nullValue, ...point }) => ({ timestamp: 0, value: nullValue ? undefined : none, ...point }));
}
