import { ResponseError } from "../errors/index.js";
import type {
  AggregateSeries,
  DatapointsListItem,
  DatapointsResponse,
  ResourceIds,
  Series,
  TimeSeriesId,
} from "../models/index.js";

/** A series as it is read, with data points or with aggregates of them. */
export type ReadSeries = Series | AggregateSeries;

/** How far the reading of one series is. */
interface Progress {
  readonly query: DatapointsListItem;
  left: number;
  cursor: string | undefined;
  series: ReadSeries | undefined;
  readonly points: ReadSeries["datapoints"][number][];
}

/**
 * Reads some series to their end, or to their limits: each round asks for the next page of those that have more, in
 * equal shares of what one request may give.
 *
 * @param most - data points of one request
 * @param read - gets a page of each series
 * @returns the series that the service knows, in the order of the queries
 */
export async function readSeries(
  queries: readonly DatapointsListItem[],
  most: number,
  read: (items: readonly DatapointsListItem[]) => Promise<DatapointsResponse<ReadSeries>>,
): Promise<ReadSeries[]> {
  const all = queries.map((query): Progress => {
    const left = query.limit ?? Number.POSITIVE_INFINITY;
    return { query, left, cursor: undefined, series: undefined, points: [] };
  });
  let open: readonly Progress[] = all;
  while (open.length > 0) {
    const share = Math.floor(most / open.length);
    const asked = open.map(({ query, left, cursor }) => ({
      ...query,
      limit: Math.min(left, share),
      ...(cursor === undefined ? {} : { cursor }),
    }));
    open = advance(open, (await read(asked)).items, share);
  }
  return all.flatMap(({ series, points }) =>
    series === undefined ? [] : [{ ...series, datapoints: points } as ReadSeries],
  );
}

/** Takes in a page of each series; gives those that have more. An answer leaves out series that are unknown. */
function advance(open: readonly Progress[], items: DatapointsResponse<ReadSeries>["items"], share: number): Progress[] {
  const more: Progress[] = [];
  const expected = open.values();
  for (const { nextCursor, ...series } of items) {
    const progress = next(expected, items.length === open.length ? undefined : series);
    for (const point of series.datapoints) progress.points.push(point);
    // Points outside of the range come beyond what was asked for.
    progress.left -= Math.min(series.datapoints.length, share);
    progress.series ??= series;
    if (nextCursor == null || progress.left <= 0) continue;
    if (nextCursor === progress.cursor) throw wrongAnswer("gives a cursor twice, so that the series would never end");
    progress.cursor = nextCursor;
    more.push(progress);
  }
  return more;
}

/** The next series that was asked for; with `sought`, the next of these ids. */
function next(expected: Iterator<Progress>, sought: ResourceIds | undefined): Progress {
  for (let step = expected.next(); !step.done; step = expected.next()) {
    if (sought === undefined || isOf(sought, step.value.query)) return step.value;
  }
  throw wrongAnswer("has a series that was not asked for");
}

function isOf(series: ResourceIds, { instanceId, externalId, id }: TimeSeriesId): boolean {
  if (id !== undefined) return series.id === id;
  if (externalId !== undefined) return series.externalId === externalId;
  return series.instanceId?.space === instanceId?.space && series.instanceId?.externalId === instanceId?.externalId;
}

function wrongAnswer(what: string): ResponseError {
  return new ResponseError("RESPONSE.PAGING", `The answer of the service ${what}.`);
}
