import { InputError } from "../errors/index.js";
import {
  type DatapointItem,
  type DatapointStatus,
  FIRST_TIMESTAMP,
  LAST_TIMESTAMP,
  type TimeSeriesId,
} from "../models/index.js";
import { listOf } from "./check-input.js";
import { keyOfId, wireId } from "./resource-ids.js";

/** The ids that name a time series. */
export const timeSeriesIds = ["instanceId", "externalId", "id"] as const;

/** A time: a `Date`, or milliseconds since 1970. */
export type Timestamp = number | Date;

/** An end of a range of time: a {@link Timestamp}, `now`, or some time ago, such as `30s-ago`, `2d-ago`, `1w-ago`. */
export type Moment = Timestamp | "now" | `${number}${"s" | "m" | "h" | "d" | "w"}-ago`;

/** A data point to write. */
export interface DatapointWrite {
  /** 1900 to 2099. */
  readonly timestamp: Timestamp;
  /** A number within 1e100 either way, or a text of at most 1,023 bytes, as the series takes. */
  readonly value: number | string;
  /** @defaultValue good */
  readonly status?: DatapointStatus;
}

/** Data points to write to one series, in any order. */
export type DatapointsInsert = TimeSeriesId & { readonly datapoints: readonly DatapointWrite[] };

/**
 * The series of an insert, each once: the service refuses a request that names a series twice.
 *
 * @throws InputError that names the first wrong id, time or value
 */
export function checkedSeries(series: readonly DatapointsInsert[]): DatapointsInsert[] {
  const byKey = new Map<string, DatapointsInsert>();
  for (const [place, given] of listOf(series, "series").entries()) {
    const path = `series[${place}]`;
    const id = wireId(given, timeSeriesIds, path);
    checkPoints(given.datapoints, path);
    const known = byKey.get(keyOfId(id));
    byKey.set(keyOfId(id), {
      ...id,
      datapoints: known ? [...known.datapoints, ...given.datapoints] : given.datapoints,
    });
  }
  return [...byKey.values()];
}

function checkPoints(points: readonly DatapointWrite[], path: string): void {
  if (!Array.isArray(points)) throw new InputError("INPUT.DATAPOINTS", `${path}.datapoints must be a list.`, { path });
  let place = 0;
  for (const point of points) {
    const wrong = point ? (wrongTime(point.timestamp) ?? wrongValue(point.value)) : "there is none";
    if (wrong !== undefined) {
      const at = `${path}.datapoints[${place}]`;
      throw new InputError("INPUT.DATAPOINT", `${at} is wrong: ${wrong}.`, { path: at });
    }
    place += 1;
  }
}

function wrongTime(timestamp: Timestamp): string | undefined {
  const time = millisecondsOf(timestamp);
  if (Number.isInteger(time) && time >= FIRST_TIMESTAMP && time <= LAST_TIMESTAMP) return undefined;
  return `the timestamp ${String(time)} is not a whole number of milliseconds from 1900 to 2099`;
}

function wrongValue(value: number | string): string | undefined {
  if (typeof value === "number") {
    return Math.abs(value) <= 1e100 ? undefined : `the value ${value} is not within 1e100 either way`;
  }
  if (typeof value !== "string") return "the value is neither a number nor a text";
  // A character is at most three bytes (or four for two of them), so only long texts need to be counted.
  const long = value.length > 341 && new TextEncoder().encode(value).length > 1023;
  return long ? "the text is longer than 1,023 bytes" : undefined;
}

/** A point as it is sent. */
export function wirePoint({ timestamp, value, status }: DatapointWrite): DatapointItem {
  const point = { timestamp: millisecondsOf(timestamp), value };
  return status === undefined ? point : { ...point, status };
}

/** An end of a range as it is sent. */
export function wireMoment(moment: Moment, path: string): number | string {
  const time = typeof moment === "string" ? moment : millisecondsOf(moment);
  if (typeof time === "number" ? Number.isInteger(time) : /^(now|\d+[smhdw]-ago)$/.test(time)) return time;
  throw new InputError("INPUT.TIME", `${path} is no time: ${String(time)}.`, {
    path,
    hint: 'Give a Date, whole milliseconds since 1970, "now", or such as "2d-ago" (s, m, h, d, w).',
  });
}

/** A point in time as it is sent. */
export function wireTimestamp(time: Timestamp, path: string): number {
  const wrong = wrongTime(time);
  if (wrong === undefined) return millisecondsOf(time);
  throw new InputError("INPUT.TIME", `${path} is wrong: ${wrong}.`, { path });
}

function millisecondsOf(time: Timestamp): number {
  return time instanceof Date ? time.getTime() : time;
}
