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
import type { ProjectState, StoredInstance } from "../state.js";
import { aggregatesOf, checkAggregates } from "./aggregates.js";
import { granularityOf, momentOf } from "./moments.js";
import { findNodes, idOf, idsOf, propertyOf } from "./nodes.js";
import { Points } from "./points.js";

/** Most points, and most intervals, of one answer (contract 11.1). */
const MAX_POINTS = 100_000;
const MAX_AGGREGATES = 10_000;
/** Points of each series where a request does not say. */
const DEFAULT_LIMIT = 100;

const TIME_SERIES = "CogniteTimeSeries";

/** A page of a series. */
type SeriesPage = (Series | AggregateSeries) & { readonly nextCursor?: string };

/**
 * Writes data points as `POST /timeseries/data` does (contract 11.1): all of them, or none.
 *
 * @throws {@link Fault} 400 for unknown series and for values of the wrong kind, 422 for a series that is named twice
 */
export function insertDatapoints(state: ProjectState, request: DatapointsInsertRequest): object {
  const found = findNodes(state, request.items, TIME_SERIES);
  const nodes = new Set<StoredInstance>();
  for (const { item, node } of found) {
    if (nodes.has(node)) throw new Fault(422, "A time series is named more than once.", { duplicated: [idOf(item)] });
    nodes.add(node);
    const expected = isString(node) ? "string" : "number";
    for (const { value, status } of item.datapoints) {
      if (typeof value !== expected)
        throw badRequest(`Expected a ${expected} for time series ${JSON.stringify(idOf(item))}`);
      if ((status?.code ?? 0) !== 0 || (status?.symbol ?? "Good") !== "Good") {
        throw badRequest("The emulator keeps no status: leave it out, or let it be Good.");
      }
    }
  }
  for (const { item, node } of found) pointsToWrite(state, node).insert(item.datapoints);
  return {};
}

/** Reads data points or aggregates of them as `POST /timeseries/data/list` does (contract 11.1). */
export function listDatapoints(state: ProjectState, request: DatapointsListRequest): DatapointsResponse<SeriesPage> {
  const { items, ignoreUnknownIds, ...shared } = request;
  const now = state.now();
  let room = Number.POSITIVE_INFINITY;
  return {
    items: findNodes(state, items, TIME_SERIES, ignoreUnknownIds).map(({ item, node }) => {
      const query = { ...shared, ...item };
      const most = query.aggregates ? MAX_AGGREGATES : MAX_POINTS;
      const { limit = DEFAULT_LIMIT } = query;
      if (limit < 1 || limit > most) throw badRequest(`limit must be between 1 and ${most}`);
      // The bound is for the whole answer: later series go on with their cursors.
      room = Math.min(room, most);
      const size = Math.min(limit, room);
      const page = readPage(state, node, { ...query, limit: size }, now);
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
    items: findNodes(state, request.items, TIME_SERIES, request.ignoreUnknownIds).map(({ item, node }) => {
      refuseUnits(item);
      const points = pointsOf(state, node);
      const place = points.from(momentOf(item.before ?? "now", now)) - 1;
      return { ...facts(node), datapoints: place < 0 ? [] : [pointAt(points, place, item)] } as Series;
    }),
  };
}

/** Deletes data points as `POST /timeseries/data/delete` does (contract 11.1). */
export function deleteDatapoints(state: ProjectState, request: DatapointsDeleteRequest): object {
  for (const { item, node } of findNodes(state, request.items, TIME_SERIES)) {
    const { inclusiveBegin, exclusiveEnd = inclusiveBegin + 1 } = item;
    pointsOf(state, node).delete(inclusiveBegin, exclusiveEnd);
  }
  return {};
}

function readPage(
  state: ProjectState,
  node: StoredInstance,
  query: DatapointsListItem & { readonly limit: number },
  now: number,
): SeriesPage {
  refuseUnits(query);
  if ((query.timeZone ?? "UTC") !== "UTC") throw badRequest("The emulator knows no time zone but UTC.");
  const start = momentOf(query.start ?? 0, now);
  const end = momentOf(query.end ?? "now", now);
  if (start >= end) throw badRequest(`Invalid time range: start (${start}) must be before end (${end})`);
  const kind = `datapoints:${node.sequence}`;
  const from = query.cursor === undefined ? undefined : Number(readCursor(kind, query.cursor));
  const read = query.aggregates ? readAggregates : readPoints;
  const { datapoints, next } = read(pointsOf(state, node), node, query, { start, end, from });
  const page = { ...facts(node), datapoints };
  return (next === undefined ? page : { ...page, nextCursor: writeCursor(kind, String(next)) }) as SeriesPage;
}

interface Range {
  readonly start: number;
  readonly end: number;
  /** Where the page begins, when it is not the first. */
  readonly from: number | undefined;
}

/** Some data points, and the time at which the next page begins. */
interface Read {
  readonly datapoints: readonly unknown[];
  readonly next: number | undefined;
}

type Query = DatapointsListItem & { readonly limit: number };

function readPoints(points: Points, _node: StoredInstance, query: Query, { start, end, from }: Range): Read {
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

function readAggregates(points: Points, node: StoredInstance, query: Query, { start, end, from }: Range): Read {
  const { aggregates = [], limit } = query;
  if (isString(node)) throw badRequest("Aggregates are for numeric time series only.");
  checkAggregates(aggregates);
  const granularity = granularityOf(query.granularity);
  const begin = from ?? granularity.floor(start);
  const isStep = propertyOf(node, TIME_SERIES, "isStep") === true;
  const datapoints: unknown[] = [];
  for (const point of aggregatesOf(points, aggregates, { begin, end: granularity.ceil(end), granularity, isStep })) {
    if (datapoints.length === limit) return { datapoints, next: point.timestamp };
    datapoints.push(point);
  }
  return { datapoints, next: undefined };
}

function pointAt(points: Points, place: number, { includeStatus }: DatapointsReading): Datapoint {
  const point = { timestamp: points.time(place), value: points.value(place) } as Datapoint;
  return includeStatus ? { ...point, status: { code: 0, symbol: "Good" } } : point;
}

function refuseUnits({ targetUnit, targetUnitSystem }: DatapointsReading): void {
  if (targetUnit === undefined && targetUnitSystem === undefined) return;
  throw badRequest("Cannot convert units: the emulator does not know them. Leave out targetUnit and targetUnitSystem");
}

/** What answers tell about a series beside its points. */
function facts(node: StoredInstance): Omit<Series, "datapoints"> {
  const [unit, unitNode] = [propertyOf(node, TIME_SERIES, "sourceUnit"), propertyOf(node, TIME_SERIES, "unit")];
  return {
    ...idsOf(node),
    isString: isString(node),
    isStep: propertyOf(node, TIME_SERIES, "isStep") === true,
    type: isString(node) ? "string" : "numeric",
    ...(typeof unit === "string" ? { unit } : {}),
    ...(unitNode === undefined ? {} : { unitExternalId: (unitNode as { readonly externalId: string }).externalId }),
  } as Omit<Series, "datapoints">;
}

function isString(node: StoredInstance): boolean {
  const type = propertyOf(node, TIME_SERIES, "type");
  if (type === "state") throw badRequest("The emulator serves numeric and string time series, but none of states yet.");
  return type === "string";
}

function pointsOf(state: ProjectState, node: StoredInstance): Points {
  return state.data.points.get(node) ?? new Points();
}

function pointsToWrite(state: ProjectState, node: StoredInstance): Points {
  const points = pointsOf(state, node);
  state.data.points.set(node, points);
  return points;
}
