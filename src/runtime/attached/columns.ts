import type { AggregateDatapoint, Datapoint, DatapointAggregate } from "../../models/index.js";
import type { AggregateColumns, ColumnAggregate, DatapointColumns } from "../types/attached.js";

interface Points {
  readonly unitExternalId?: string;
  readonly datapoints: readonly Datapoint[];
}

/** Data points in columns. */
export function toColumns(
  { unitExternalId, datapoints }: Points,
  isString: boolean,
  includeStatus: boolean,
): DatapointColumns {
  const facts = {
    timestamps: Float64Array.from(datapoints, ({ timestamp }) => timestamp),
    ...(unitExternalId === undefined ? {} : { unitExternalId }),
    ...(includeStatus ? { statuses: datapoints.map(({ status }) => status) } : {}),
  };
  return isString
    ? { isString, ...facts, values: datapoints.map(({ value }) => String(value)) }
    : { isString, ...facts, values: Float64Array.from(datapoints, ({ value }) => Number(value)) };
}

/** Aggregates in columns: `NaN` where an interval has none. */
export function toAggregateColumns<A extends ColumnAggregate>(
  datapoints: readonly AggregateDatapoint[],
  aggregates: readonly A[],
): AggregateColumns<A> {
  const column = (name: DatapointAggregate): Float64Array =>
    Float64Array.from(datapoints, (point) => {
      const value = point[name];
      return typeof value === "number" ? value : Number.NaN;
    });
  const columns = Object.fromEntries(aggregates.map((name) => [name, column(name)])) as Record<A, Float64Array>;
  return { ...columns, timestamps: Float64Array.from(datapoints, ({ timestamp }) => timestamp) };
}
