import { QueryError } from "../../src/errors/index.js";
import type { NodeReference } from "../../src/models/index.js";
import {
  type AggregateColumns,
  type ColumnAggregate,
  type DatapointColumns,
  optionsOf,
  type UntypedRow,
} from "../../src/runtime/index.js";
import { callOptions, defined, several } from "../arguments.js";
import { warnOnce } from "../deprecation.js";
import { handleOf } from "../handle-of.js";
import type { Dataframe, DataframeArgs, DataframeColumn } from "../types/dataframe.js";
import { type Chain, lastOf } from "./chain.js";
import { lastRows } from "./query.js";

type Series = NodeReference | string;
type Columns = DatapointColumns | AggregateColumns<ColumnAggregate>;

const names = [
  "start",
  "end",
  "targetUnit",
  "targetUnitSystem",
  "treatUncertainAsBad",
  "aggregates",
  "granularity",
  "timezone",
  "limit",
  "timeseriesLimit",
  "includeOutsidePoints",
  "includeStatus",
  "ignoreUnknownIds",
  "includeAggregateName",
  "includeGranularityName",
  "signal",
  "timeout",
];

/**
 * The data points of the time series at the end of a chain, or of those that a property names there, in one table (Q5).
 *
 * @throws QueryError `QUERY.UNKNOWN_SERIES` naming those that are not there, unless they are to be left out
 */
export async function dataframe(
  chain: Chain,
  property: string | undefined,
  args: DataframeArgs = {},
): Promise<Dataframe> {
  const [call, now] = property === undefined ? ["data", "rows"] : [`${property}.data`, `rows, "${property}"`];
  warnOnce(
    chain.sink,
    `${chain.name}.select() .. ${call}.retrieveDataframe()`,
    `datapoints(${now}) of the generated SDK`,
  );
  optionsOf(args, "retrieveDataframe()", names);
  const ends = await lastRows(chain, args.timeseriesLimit, "timeseriesLimit");
  const rows = ends.filter((row) => seriesOf(row, property).length > 0);
  if (rows.length === 0) return { timestamps: new Float64Array(), columns: [] };
  const series = rows.flatMap((row) => seriesOf(row, property));
  const found = await read(chain, rows, property, args);
  const missing = series.filter((_, at) => found[at] === undefined);
  if (missing.length > 0 && args.ignoreUnknownIds !== true) throw unknownSeries(missing);
  const times = new Set<number>();
  for (const { timestamps } of found.flatMap((one) => one ?? [])) for (const time of timestamps) times.add(time);
  const timestamps = Float64Array.from(times).sort();
  return {
    timestamps,
    columns: series.flatMap((one, at) => {
      const columns = found[at];
      return columns === undefined ? [] : columnsOf(one, columns, timestamps, args);
    }),
  };
}

/** The time series that a node is, or names. */
function seriesOf(row: UntypedRow, property: string | undefined): readonly Series[] {
  if (property === undefined) return [{ space: row.space, externalId: row.externalId }];
  return several((row[property] ?? []) as string | readonly string[]);
}

async function read(
  chain: Chain,
  rows: readonly UntypedRow[],
  property: string | undefined,
  args: DataframeArgs,
): Promise<readonly (Columns | undefined)[]> {
  const { start, end, targetUnit, targetUnitSystem, treatUncertainAsBad, limit, timezone, granularity = "" } = args;
  const { includeOutsidePoints, includeStatus } = args;
  const datapoints = await handleOf(chain.bound, lastOf(chain).view).datapoints(rows, property);
  const range = {
    ...defined({ start, end, targetUnit, targetUnitSystem, treatUncertainAsBad }),
    ...(limit === null || limit === -1 ? {} : defined({ limit })),
    ...callOptions(args),
  };
  const aggregates = aggregatesOf(args);
  return aggregates === undefined
    ? datapoints.retrieve({ ...range, ...defined({ includeOutsidePoints, includeStatus }) })
    : datapoints.retrieve({ ...range, aggregates, granularity, ...defined({ timeZone: timezone }) });
}

/** By their names, as v1's columns were. */
function aggregatesOf({ aggregates }: DataframeArgs): readonly ColumnAggregate[] | undefined {
  return aggregates === undefined ? undefined : [...new Set(several<ColumnAggregate>(aggregates))].sort();
}

function columnsOf(series: Series, columns: Columns, frame: Float64Array, args: DataframeArgs): DataframeColumn[] {
  const id = typeof series === "string" ? series : series.externalId;
  const { timestamps } = columns;
  const numbers = (values: Float64Array): Float64Array =>
    Float64Array.from(spread(frame, timestamps, values, Number.NaN));
  if (!("isString" in columns)) {
    return (aggregatesOf(args) ?? []).map((aggregate) => ({
      name: nameOf(id, aggregate, args),
      series,
      values: numbers(columns[aggregate]),
    }));
  }
  const values = columns.isString ? spread(frame, timestamps, columns.values, null) : numbers(columns.values);
  const { statuses } = columns;
  return [{ name: id, series, values, ...(statuses && { statuses: spread(frame, timestamps, statuses, undefined) }) }];
}

function nameOf(id: string, aggregate: ColumnAggregate, args: DataframeArgs): string {
  const { granularity, includeAggregateName = true, includeGranularityName = false } = args;
  return [id, ...(includeAggregateName ? [aggregate] : []), ...(includeGranularityName ? [granularity] : [])].join("|");
}

/** Values at their times among all times; both are in order. */
function spread<V, E>(frame: Float64Array, times: Float64Array, values: ArrayLike<V>, empty: E): (V | E)[] {
  let next = 0;
  return Array.from(frame, (time) => {
    if (times[next] !== time) return empty;
    next += 1;
    return values[next - 1] ?? empty;
  });
}

function unknownSeries(missing: readonly Series[]): QueryError {
  const ids = missing.map((one) => (typeof one === "string" ? one : `${one.space}/${one.externalId}`));
  return new QueryError("QUERY.UNKNOWN_SERIES", `There are no time series ${ids.join(", ")}.`, {
    hint: "Give { ignoreUnknownIds: true } to leave them out.",
  });
}
