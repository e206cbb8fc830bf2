import type {
  AggregateSeries,
  Datapoint,
  DatapointsDeleteRequest,
  DatapointsInsertRequest,
  DatapointsLatestRequest,
  DatapointsListItem,
  DatapointsListRequest,
  DatapointsReading,
  DatapointsResponse,
  Series,
} from "../../../models/index.js";
import { badRequest, Fault } from "../fault.js";
import { readCursor, writeCursor } from "../paging.js";
import type { ProjectState } from "../state.js";
import { aggregatesOf } from "./aggregates.js";
import { granularityOf } from "./granularity.js";
import { momentOf } from "./moments.js";
import { findOwners, findOwnersToWrite, idOf, idsOf, keepOwner } from "./owners.js";
import type { Points, StoredPoint } from "./points.js";
import { isStep, isString, pointsOf, readSeries, requireServed, TIME_SERIES } from "./series.js";
import type { Owner } from "./state.js";
import { qualityOf, statusCodeOf, symbolOf } from "./status.js";
import { type TimeZone, timeZoneOf } from "./time-zone.js";

/** Most points, and most intervals, of one answer (contract 11.1). */
const MAX_POINTS = 100_000;
const MAX_AGGREGATES = 10_000;
/** Points of each series where a request does not say. */
const DEFAULT_LIMIT = 100;

/** A page of a series. */
type SeriesPage = (Series | AggregateSeries) & { readonly nextCursor?: string };

/**
 * Writes data points as `POST /timeseries/data` does (contract 11.1): all of them, or none.
 *
 * @throws {@link Fault} 400 for unknown series and for values of the wrong kind, 422 for a series that is named twice
 */
export function insertDatapoints(state: ProjectState, request: DatapointsInsertRequest): object {
  const found = findOwnersToWrite(
    state,
    request.items,
    TIME_SERIES,
    ({ datapoints: [first] }) => typeof first?.value === "string",
  );
  const writes = new Map<Owner, readonly StoredPoint[]>();
  for (const { item, owner } of found) {
    if (writes.has(owner)) throw new Fault(422, "A time series is named more than once.", { duplicated: [idOf(item)] });
    requireServed(owner);
    const expected = isString(owner) ? "string" : "number";
    const points = item.datapoints.map(({ timestamp, value, status }) => {
      if (typeof value !== expected) {
        throw badRequest(`Expected a ${expected} for time series ${JSON.stringify(idOf(item))}`);
      }
      return { timestamp, value, status: statusCodeOf(status) };
    });
    writes.set(owner, points);
  }
  for (const [owner, points] of writes) {
    keepOwner(state, owner, TIME_SERIES);
    pointsToWrite(state, owner).insert(points);
    state.data.touched?.add(owner);
  }
  return {};
}

/** Reads data points or aggregates of them as `POST /timeseries/data/list` does (contract 11.1). */
export function listDatapoints(state: ProjectState, request: DatapointsListRequest): DatapointsResponse<SeriesPage> {
  const { items, ignoreUnknownIds, ...shared } = request;
  const now = state.now();
  let room = Number.POSITIVE_INFINITY;
  return {
    items: findOwners(state, items, TIME_SERIES, ignoreUnknownIds).map(({ item, owner }) => {
      const query = { ...shared, ...item };
      const most = query.aggregates ? MAX_AGGREGATES : MAX_POINTS;
      const { limit = DEFAULT_LIMIT } = query;
      if (limit < 1 || limit > most) throw badRequest(`limit must be between 1 and ${most}`);
      // The bound is for the whole answer: later series go on with their cursors.
      room = Math.min(room, most);
      const size = Math.min(limit, room);
      const page = readPage(state, owner, { ...query, limit: size }, now);
      // Points outside of the range come beyond that.
      room -= Math.min(page.datapoints.length, size);
      return page;
    }),
  };
}

/** Reads the latest points as `POST /timeseries/data/latest` does (contract 11.1). */
export function latestDatapoints(state: ProjectState, request: DatapointsLatestRequest): DatapointsResponse {
  const now = state.now();
  return {
    items: findOwners(state, request.items, TIME_SERIES, request.ignoreUnknownIds).map(({ item, owner }) => {
      const { points: all, facts } = readSeries(state, owner, item);
      const points = shown(all, item);
      const place = points.from(momentOf(item.before ?? "now", now)) - 1;
      return { ...facts, datapoints: place < 0 ? [] : [pointAt(points, place, item)] } as Series;
    }),
  };
}

/** Deletes data points as `POST /timeseries/data/delete` does (contract 11.1). */
export function deleteDatapoints(state: ProjectState, request: DatapointsDeleteRequest): object {
  for (const { item, owner } of findOwners(state, request.items, TIME_SERIES)) {
    const { inclusiveBegin, exclusiveEnd = inclusiveBegin + 1 } = item;
    pointsOf(state, owner).delete(inclusiveBegin, exclusiveEnd);
    state.data.touched?.add(owner);
  }
  return {};
}

function readPage(
  state: ProjectState,
  owner: Owner,
  query: DatapointsListItem & { readonly limit: number },
  now: number,
): SeriesPage {
  const zone = timeZoneOf(query.timeZone);
  const start = momentOf(query.start ?? 0, now);
  const end = momentOf(query.end ?? "now", now);
  if (start >= end) throw badRequest(`Invalid time range: start (${start}) must be before end (${end})`);
  const kind = `datapoints:${idsOf(owner).id}`;
  const from = query.cursor === undefined ? undefined : Number(readCursor(kind, query.cursor));
  const read = query.aggregates ? readAggregates : readPoints;
  const { points, facts } = readSeries(state, owner, query);
  const { datapoints, next } = read(points, owner, query, { start, end, from, zone });
  const page = { ...facts, datapoints };
  return (next === undefined ? page : { ...page, nextCursor: writeCursor(kind, String(next)) }) as SeriesPage;
}

interface Range {
  readonly start: number;
  readonly end: number;
  /** Where the page begins, when it is not the first. */
  readonly from: number | undefined;
  readonly zone: TimeZone;
}

/** Some data points, and the time at which the next page begins. */
interface Read {
  readonly datapoints: readonly unknown[];
  readonly next: number | undefined;
}

type Query = DatapointsListItem & { readonly limit: number };

function readPoints(all: Points, _owner: Owner, query: Query, { start, end, from }: Range): Read {
  const points = shown(all, query);
  const low = points.from(from ?? start);
  const last = points.from(end);
  const high = Math.min(last, low + query.limit);
  const outside = query.includeOutsidePoints === true;
  const first = outside && from === undefined ? Math.max(0, low - 1) : low;
  const beyond = outside && high === last ? Math.min(points.size, high + 1) : high;
  return {
    datapoints: Array.from({ length: beyond - first }, (_, place) => pointAt(points, first + place, query)),
    next: high < last ? points.time(high) : undefined,
  };
}

function readAggregates(all: Points, owner: Owner, query: Query, { start, end, from, zone }: Range): Read {
  const { aggregates = [], limit } = query;
  if (isString(owner)) throw badRequest("Aggregates are for numeric time series only.");
  const granularity = granularityOf(query.granularity, zone);
  const series = { all, good: withoutBad(all, query), isStep: isStep(owner) };
  const range = { begin: from ?? granularity.floor(start), end: granularity.ceil(end), granularity };
  const datapoints: unknown[] = [];
  for (const point of aggregatesOf(series, aggregates, range)) {
    if (datapoints.length === limit) return { datapoints, next: point.timestamp };
    datapoints.push(point);
  }
  return { datapoints, next: undefined };
}

/** The points that a read shows: all of them where bad ones are not to be ignored. */
function shown(points: Points, reading: DatapointsReading): Points {
  return reading.ignoreBadDataPoints === false ? points : withoutBad(points, reading);
}

function withoutBad(points: Points, { treatUncertainAsBad = true }: DatapointsReading): Points {
  return points.where((status) => {
    const quality = qualityOf(status);
    return quality === "good" || (quality === "uncertain" && !treatUncertainAsBad);
  });
}

function pointAt(points: Points, place: number, { includeStatus }: DatapointsReading): Datapoint {
  const point = { timestamp: points.time(place), value: points.value(place) } as Datapoint;
  if (!includeStatus) return point;
  const code = points.status(place);
  return { ...point, status: { code, symbol: symbolOf(code) } };
}

function pointsToWrite(state: ProjectState, owner: Owner): Points {
  const points = pointsOf(state, owner);
  state.data.points.set(owner, points);
  return points;
}
