import type { DatapointStatus, NodeReference } from "../../src/models/index.js";
import type { CallOptions, ColumnAggregate, Datapoints } from "../../src/runtime/index.js";

type Read = NonNullable<Parameters<Datapoints["retrieve"]>[0]>;

/** What `retrieveDataframe` takes; without `aggregates`, data points as they are. */
export interface DataframeArgs
  extends CallOptions,
    Pick<Read, "start" | "end" | "targetUnit" | "targetUnitSystem" | "treatUncertainAsBad"> {
  readonly aggregates?: ColumnAggregate | readonly ColumnAggregate[];
  /** Length of the intervals: `15m`, `1h`, `1d`. */
  readonly granularity?: string;
  /** Where days and months of aggregates begin. @defaultValue "UTC" */
  readonly timezone?: string;
  /** Rows of each series. @defaultValue all of them */
  readonly limit?: number | null;
  /** Nodes at the end of the chain whose series are read; `-1` and `null` stand for all. @defaultValue 5 */
  readonly timeseriesLimit?: number | null;
  /** Also the last point before and the first one after the range; not of aggregates. @defaultValue false */
  readonly includeOutsidePoints?: boolean;
  /** The status of each point besides; not of aggregates. @defaultValue false */
  readonly includeStatus?: boolean;
  /** Leaves out series that are not there, instead of failing. @defaultValue false */
  readonly ignoreUnknownIds?: boolean;
  /** Whether names of columns say the aggregate: `A1|average`. @defaultValue true */
  readonly includeAggregateName?: boolean;
  /** Whether they say the granularity: `A1|average|1h`. @defaultValue false */
  readonly includeGranularityName?: boolean;
}

/** The values of one series, or one aggregate of it. */
export interface DataframeColumn {
  /** The external id of the series, then the aggregate and the granularity where they are asked for. */
  readonly name: string;
  /** The series: the id of a node, or what a property holds. */
  readonly series: NodeReference | string;
  /** One per row: `NaN`, of texts `null`, where the series has none at that time. */
  readonly values: Float64Array | readonly (string | null)[];
  readonly statuses?: readonly (DatapointStatus | undefined)[];
}

/** What v1 gave as a data frame: a row for each time at which a series has a value, a column for each series. */
export interface Dataframe {
  /** The index: milliseconds since 1970, ascending. */
  readonly timestamps: Float64Array;
  readonly columns: readonly DataframeColumn[];
}
