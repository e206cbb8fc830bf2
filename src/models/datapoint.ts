import type { ResourceId, ResourceIds } from "./resource-id.js";

/** Names a time series: the node that it is, or another of its ids. */
export type TimeSeriesId = ResourceId;

/** Earliest time of a data point: 1900 (contract 11.1). */
export const FIRST_TIMESTAMP = -2_208_988_800_000;
/** Latest time of a data point: the end of 2099 (contract 11.1). */
export const LAST_TIMESTAMP = 4_102_444_799_999;

/** How good a data point is; left out means good. */
export interface DatapointStatus {
  readonly code?: number;
  readonly symbol?: string;
}

/** A data point of a numeric series. `timestamp` is milliseconds since 1970. */
export interface NumericDatapoint {
  readonly timestamp: number;
  readonly value: number;
  readonly status?: DatapointStatus;
}

/** A data point of a series of texts. `timestamp` is milliseconds since 1970. */
export interface StringDatapoint {
  readonly timestamp: number;
  readonly value: string;
  readonly status?: DatapointStatus;
}

/** A data point of either kind. */
export type Datapoint = NumericDatapoint | StringDatapoint;

/** What each aggregate gives for an interval. Times are in milliseconds. */
export interface DatapointAggregates {
  readonly average: number;
  readonly max: number;
  readonly maxDatapoint: NumericDatapoint;
  readonly min: number;
  readonly minDatapoint: NumericDatapoint;
  readonly count: number;
  readonly sum: number;
  readonly interpolation: number;
  readonly stepInterpolation: number;
  readonly totalVariation: number;
  readonly continuousVariance: number;
  readonly discreteVariance: number;
  readonly countGood: number;
  readonly countUncertain: number;
  readonly countBad: number;
  readonly durationGood: number;
  readonly durationUncertain: number;
  readonly durationBad: number;
}

/** What can be computed over intervals of a numeric series. */
export type DatapointAggregate = keyof DatapointAggregates;

/** The aggregates of one interval, which begins at `timestamp`. Those that the interval has no data for are left out. */
export type AggregateDatapoint<A extends DatapointAggregate = DatapointAggregate> = {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
} & Partial<Pick<DatapointAggregates, A>>;

/** What the service tells about a series beside its data points. */
export interface SeriesFacts extends ResourceIds {
  /** Such as `numeric` and `string`. */
  readonly type?: string;
  readonly isStep?: boolean;
  readonly unit?: string;
  readonly unitExternalId?: string;
}

/** What the service tells about a series by itself. Times are milliseconds since 1970. */
export interface TimeSeriesMetadata extends SeriesFacts {
  readonly isString: boolean;
  readonly name?: string;
  readonly description?: string;
  readonly createdTime: number;
  readonly lastUpdatedTime: number;
}

/** A numeric series with some of its data points. */
export interface NumericSeries extends SeriesFacts {
  readonly isString: false;
  readonly datapoints: readonly NumericDatapoint[];
}

/** A series of texts with some of its data points. */
export interface StringSeries extends SeriesFacts {
  readonly isString: true;
  readonly datapoints: readonly StringDatapoint[];
}

/** A series with some of its data points; `isString` tells which kind it is. */
export type Series = NumericSeries | StringSeries;

/** A numeric series with aggregates of its data points. */
export interface AggregateSeries<A extends DatapointAggregate = DatapointAggregate> extends SeriesFacts {
  readonly isString: boolean;
  readonly datapoints: readonly AggregateDatapoint<A>[];
}

/** A data point as it is sent. */
export interface DatapointItem {
  readonly timestamp: number;
  readonly value: number | string;
  readonly status?: DatapointStatus;
}

/** Body of `POST /timeseries/data`: 1 to 10,000 series, at most 100,000 points together (contract 11.1). */
export interface DatapointsInsertRequest {
  readonly items: readonly (TimeSeriesId & { readonly datapoints: readonly DatapointItem[] })[];
}

/** What to read of a series, for one of them or for all of a request. `start` is included, `end` is not. */
export interface DatapointsRange {
  /** Milliseconds since 1970, `now`, or such as `2d-ago`. @defaultValue 0 */
  readonly start?: number | string;
  /** As `start`. @defaultValue "now" */
  readonly end?: number | string;
  /** @defaultValue 100 */
  readonly limit?: number;
  readonly aggregates?: readonly DatapointAggregate[];
  readonly granularity?: string;
  /** @defaultValue false */
  readonly includeOutsidePoints?: boolean;
  /** @defaultValue "UTC" */
  readonly timeZone?: string;
}

/** The unit to give values in, and how to treat their status. */
export interface DatapointsReading {
  readonly targetUnit?: string;
  readonly targetUnitSystem?: string;
  /** @defaultValue false */
  readonly includeStatus?: boolean;
  /** @defaultValue true */
  readonly ignoreBadDataPoints?: boolean;
  /** @defaultValue true */
  readonly treatUncertainAsBad?: boolean;
}

/** One series of {@link DatapointsListRequest}. */
export type DatapointsListItem = TimeSeriesId & DatapointsRange & DatapointsReading & { readonly cursor?: string };

/** Body of `POST /timeseries/data/list`: 1 to 100 series (contract 11.1). */
export interface DatapointsListRequest extends DatapointsRange {
  readonly items: readonly DatapointsListItem[];
  /** @defaultValue false */
  readonly ignoreUnknownIds?: boolean;
}

/** Answer of `list` and `latest`: series in the order of the request. */
export interface DatapointsResponse<S = Series> {
  readonly items: readonly (S & { readonly nextCursor?: string | null })[];
}

/** One series of {@link DatapointsLatestRequest}. */
export type DatapointsLatestItem = TimeSeriesId & DatapointsReading & { readonly before?: number | string };

/** Body of `POST /timeseries/data/latest`: 1 to 100 series (contract 11.1). */
export interface DatapointsLatestRequest {
  readonly items: readonly DatapointsLatestItem[];
  /** @defaultValue false */
  readonly ignoreUnknownIds?: boolean;
}

/** Body of `POST /timeseries/data/delete`: 1 to 10,000 ranges (contract 11.1). */
export interface DatapointsDeleteRequest {
  readonly items: readonly (TimeSeriesId & { readonly inclusiveBegin: number; readonly exclusiveEnd?: number })[];
}
