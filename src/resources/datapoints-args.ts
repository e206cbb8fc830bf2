import type { DatapointAggregate, DatapointsListItem, DatapointsListRequest, TimeSeriesId } from "../models/index.js";
import { checkedLimit } from "./checked-limit.js";
import { type Moment, type Timestamp, timeSeriesIds, wireMoment } from "./datapoints-input.js";
import { wireId } from "./resource-ids.js";

/** How values are read. */
export interface DatapointsReadArgs {
  /** External id of the unit to convert to. */
  readonly targetUnit?: string;
  /** The unit system to convert to. Not beside `targetUnit`. */
  readonly targetUnitSystem?: string;
  /** Gives the status of each point. @defaultValue false */
  readonly includeStatus?: boolean;
  /** Leaves out points of uncertain status, as it does bad ones. @defaultValue true */
  readonly treatUncertainAsBad?: boolean;
}

/** What to read of each series. */
export interface DatapointsRangeArgs {
  /** The first time, included. @defaultValue 1970 */
  readonly start?: Moment;
  /** The last time, not included. @defaultValue "now" */
  readonly end?: Moment;
  /** Data points, or intervals, of each series at most. @defaultValue all of them */
  readonly limit?: number;
}

/** A series to read, and what sets it apart from the others of the call. */
export type DatapointsQuery = TimeSeriesId &
  DatapointsRangeArgs &
  Pick<DatapointsReadArgs, "targetUnit" | "targetUnitSystem">;

/** What to read of all series. */
export interface DatapointsRetrieveArgs extends DatapointsRangeArgs, DatapointsReadArgs {
  /** Also the last point before and the first one after the range, beyond `limit`. @defaultValue false */
  readonly includeOutsidePoints?: boolean;
  /** Leaves out series that do not exist, instead of failing. @defaultValue false */
  readonly ignoreUnknownIds?: boolean;
  readonly aggregates?: undefined;
}

/** Which aggregates to read of all series. */
export interface AggregatesRetrieveArgs<A extends DatapointAggregate>
  extends Omit<DatapointsRetrieveArgs, "aggregates" | "includeOutsidePoints" | "includeStatus"> {
  readonly aggregates: readonly A[];
  /** Length of the intervals: `15m`, `1h`, `1d`, `1mo`: 1 to 120 `s` or `m`, 1 to 100,000 `h`, `d` or `mo`. */
  readonly granularity: string;
  /** Where days and months begin. @defaultValue "UTC" */
  readonly timeZone?: string;
  readonly includeOutsidePoints?: undefined;
  readonly includeStatus?: undefined;
}

/** Where to resume a walk over one series. */
export interface DatapointsCursor {
  /** The cursor of a page. All other arguments must be the same. */
  readonly cursor?: string;
}

/** Of which time the latest point is to be, and how it is read. */
export type DatapointsLatestQuery = TimeSeriesId &
  Pick<DatapointsReadArgs, "targetUnit" | "targetUnitSystem"> & {
    /** The last point before this. @defaultValue "now" */
    readonly before?: Moment;
  };

/** How the latest points are read. */
export interface DatapointsLatestArgs extends DatapointsReadArgs {
  /** As {@link DatapointsLatestQuery.before}, for series that have none of their own. */
  readonly before?: Moment;
  /** Leaves out series that do not exist, instead of failing. @defaultValue false */
  readonly ignoreUnknownIds?: boolean;
}

/** Points of a series to delete: those of a range, or the one at `inclusiveBegin` where there is no `exclusiveEnd`. */
export type DatapointsDelete = TimeSeriesId & {
  readonly inclusiveBegin: Timestamp;
  readonly exclusiveEnd?: Timestamp;
};

/** Arguments of either kind of read. */
export type ReadArgs = DatapointsRetrieveArgs | AggregatesRetrieveArgs<DatapointAggregate>;

/** What all series of a request share on the wire. Fields that are `undefined` are not written. */
export function wireShared(args: ReadArgs): Omit<DatapointsListRequest, "items"> {
  const { ignoreUnknownIds, includeOutsidePoints, aggregates } = args;
  return {
    ...(aggregates === undefined ? {} : { aggregates, granularity: args.granularity }),
    ...(args.aggregates === undefined || args.timeZone === undefined ? {} : { timeZone: args.timeZone }),
    ...(includeOutsidePoints === undefined ? {} : { includeOutsidePoints }),
    ...(ignoreUnknownIds === undefined ? {} : { ignoreUnknownIds }),
  };
}

/** A series to read, as it is sent. */
export function wireQuery(query: DatapointsQuery, args: ReadArgs, path: string): DatapointsListItem {
  const { start = args.start, end = args.end } = query;
  const limit = checkedLimit(query.limit ?? args.limit, `${path}.limit`);
  return {
    ...wireId(query, timeSeriesIds, path),
    ...wireReading(query, args),
    ...(start === undefined ? {} : { start: wireMoment(start, `${path}.start`) }),
    ...(end === undefined ? {} : { end: wireMoment(end, `${path}.end`) }),
    ...(limit === undefined ? {} : { limit }),
  };
}

/** How values are read, as it is sent. */
export function wireReading(query: DatapointsReadArgs, args: DatapointsReadArgs | ReadArgs): DatapointsReadArgs {
  const { targetUnit = args.targetUnit, targetUnitSystem = args.targetUnitSystem } = query;
  const { includeStatus, treatUncertainAsBad } = args;
  return {
    ...(targetUnit === undefined ? {} : { targetUnit }),
    ...(targetUnitSystem === undefined ? {} : { targetUnitSystem }),
    ...(includeStatus === undefined ? {} : { includeStatus }),
    ...(treatUncertainAsBad === undefined ? {} : { treatUncertainAsBad }),
  };
}
