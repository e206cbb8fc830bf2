import { type HTTPClient, type PagedItems, paginate, type RequestOptions, runBatch } from "../http/index.js";
import type {
  AggregateDatapoint,
  AggregateSeries,
  Datapoint,
  DatapointAggregate,
  DatapointsListItem,
  DatapointsListRequest,
  DatapointsResponse,
  Series,
  TimeSeriesId,
} from "../models/index.js";
import { aggregatesResponse, datapointsResponse, nothing } from "../models/responses/index.js";
import { listOf } from "./check-input.js";
import { checkedLimit } from "./checked-limit.js";
import {
  type AggregatesRetrieveArgs,
  type DatapointsCursor,
  type DatapointsDelete,
  type DatapointsLatestArgs,
  type DatapointsLatestQuery,
  type DatapointsQuery,
  type DatapointsRetrieveArgs,
  type ReadArgs,
  wireQuery,
  wireReading,
  wireShared,
} from "./datapoints-args.js";
import {
  checkedSeries,
  type DatapointsInsert,
  timeSeriesIds,
  wireMoment,
  wirePoint,
  wireTimestamp,
} from "./datapoints-input.js";
import { type ReadSeries, readSeries } from "./datapoints-walk.js";
import { runPacked } from "./packed-batch.js";
import { wireId } from "./resource-ids.js";

/** What one request may hold (contract 11.1). */
const insertLimits = { items: 10_000, elements: 100_000 };
const deleteSize = 10_000;
const readSize = 100;
const mostPoints = 100_000;
const mostAggregates = 10_000;

/**
 * Data points of time series (contract 11.1). Series are nodes of the core model, written with `client.instances`; their
 * points are kept apart from them. Times go in as `Date` or as milliseconds since 1970, and come out as milliseconds:
 * there may be millions, and `new Date(timestamp)` makes one a date.
 *
 * @example
 * ```ts
 * import { DatapointsAPI } from "pygen";
 *
 * const datapoints = new DatapointsAPI(client);
 * const pressure = { instanceId: { space: "data", externalId: "pump-1-pressure" } };
 * await datapoints.insert([{ ...pressure, datapoints: [{ timestamp: new Date(), value: 4.2 }] }]);
 * const [series] = await datapoints.retrieve([pressure], { start: "2d-ago" });
 * if (series?.isString === false) console.log(series.datapoints.map(({ value }) => value));
 * ```
 */
export class DatapointsAPI {
  readonly #http: HTTPClient;

  constructor(client: { readonly http: HTTPClient }) {
    this.#http = client.http;
  }

  /**
   * Writes any number of points to any number of series: 10,000 series and 100,000 points a request, several requests at
   * once. A point at a time that has one replaces it, so that a call may be repeated. Series without points are left out.
   *
   * @throws InputError for an id, a time or a value that cannot be, before anything is sent; ApiError when the service
   * refuses a single request, with the series it does not know as `missing`; MultiRequestError when there were several:
   * it tells of which series points are written, and `remaining` has the series with the points that are not
   */
  async insert(series: readonly DatapointsInsert[], options: RequestOptions = {}): Promise<void> {
    await runPacked<DatapointsInsert>({
      items: checkedSeries(series),
      limits: insertLimits,
      sizeOf: ({ datapoints }) => ({ elements: datapoints.length }),
      cut: (item, from, to) => ({ ...item, datapoints: item.datapoints.slice(from, to) }),
      concurrency: this.#http.concurrency("datapoints"),
      idOf: ({ datapoints: _points, ...id }) => id,
      signal: options.signal,
      send: (items) =>
        this.#post(
          "",
          { items: items.map((item) => ({ ...item, datapoints: item.datapoints.map(wirePoint) })) },
          options,
        ),
    });
  }

  /**
   * Reads any number of series, 100 a request, each to its end or its `limit`: however many requests that takes. All of
   * it is in memory at once; `iterate` walks one long series page by page.
   *
   * @returns the series in the order of the ids
   * @throws InputError for an id or a time that cannot be; ApiError with the series that do not exist as `missing`,
   * unless `ignoreUnknownIds`
   *
   * @example
   * ```ts
   * import { DatapointsAPI } from "pygen";
   *
   * const flow = { instanceId: { space: "data", externalId: "flow" } };
   * const [hourly] = await new DatapointsAPI(client).retrieve([flow], {
   *   start: new Date("2026-01-01"),
   *   aggregates: ["average", "max"],
   *   granularity: "1h",
   * });
   * for (const { timestamp, average, max } of hourly?.datapoints ?? []) console.log(new Date(timestamp), average, max);
   * ```
   */
  async retrieve(
    series: readonly DatapointsQuery[],
    args?: DatapointsRetrieveArgs,
    options?: RequestOptions,
  ): Promise<Series[]>;
  async retrieve<A extends DatapointAggregate>(
    series: readonly DatapointsQuery[],
    args: AggregatesRetrieveArgs<A>,
    options?: RequestOptions,
  ): Promise<AggregateSeries<A>[]>;
  async retrieve(
    series: readonly DatapointsQuery[],
    args: ReadArgs = {},
    options: RequestOptions = {},
  ): Promise<ReadSeries[]> {
    const shared = wireShared(args);
    return runBatch<DatapointsListItem, ReadSeries>({
      stages: [listOf(series, "series").map((query, place) => wireQuery(query, args, `series[${place}]`))],
      size: readSize,
      concurrency: this.#http.concurrency("datapoints"),
      signal: options.signal,
      send: (chunk) => readSeries(chunk, mostOf(args), (items) => this.#list({ ...shared, items }, args, options)),
    });
  }

  /**
   * All points of one series, fetched page by page (100,000 points, or 10,000 aggregates) as they are consumed. Here
   * the points of `includeOutsidePoints` are part of `limit`.
   *
   * @example
   * ```ts
   * import { DatapointsAPI } from "pygen";
   *
   * const level = { instanceId: { space: "data", externalId: "level" } };
   * for await (const page of new DatapointsAPI(client).iterate(level).pages()) console.log(page.items.length);
   * ```
   */
  iterate(
    series: TimeSeriesId,
    args?: DatapointsRetrieveArgs & DatapointsCursor,
    options?: RequestOptions,
  ): PagedItems<Datapoint>;
  iterate<A extends DatapointAggregate>(
    series: TimeSeriesId,
    args: AggregatesRetrieveArgs<A> & DatapointsCursor,
    options?: RequestOptions,
  ): PagedItems<AggregateDatapoint<A>>;
  iterate(
    series: TimeSeriesId,
    args: ReadArgs & DatapointsCursor = {},
    options: RequestOptions = {},
  ): PagedItems<Datapoint | AggregateDatapoint> {
    const { limit, cursor, ...rest } = args;
    const query = wireQuery(series, rest, "series");
    const shared = wireShared(rest);
    return paginate<Datapoint | AggregateDatapoint>(
      async (next, size, page) => {
        const item = { ...query, limit: size, ...(next === undefined ? {} : { cursor: next }) };
        const answer = await this.#list({ ...shared, items: [item] }, args, { ...options, ...page });
        const { datapoints = [], nextCursor } = answer.items[0] ?? {};
        return { items: datapoints, ...(nextCursor == null ? {} : { nextCursor }) };
      },
      {
        limit: checkedLimit(limit, "limit"),
        cursor,
        pageSize: mostOf(args),
        signal: options.signal,
        onBody: options.onBody,
      },
    );
  }

  /**
   * The latest point of each of any number of series, before now or before a time.
   *
   * @returns the series in the order of the ids, each with one point, or none when it has none
   * @throws as `retrieve`
   */
  async latest(
    series: readonly DatapointsLatestQuery[],
    args: DatapointsLatestArgs = {},
    options: RequestOptions = {},
  ): Promise<Series[]> {
    const { ignoreUnknownIds, before, ...reading } = args;
    return runBatch({
      stages: [
        listOf(series, "series").map((query, place) => {
          const path = `series[${place}]`;
          const time = query.before ?? before;
          return {
            ...wireId(query, timeSeriesIds, path),
            ...wireReading(query, reading),
            ...(time === undefined ? {} : { before: wireMoment(time, `${path}.before`) }),
          };
        }),
      ],
      size: readSize,
      concurrency: this.#http.concurrency("datapoints"),
      signal: options.signal,
      send: async (items) => {
        const answer = await this.#http.request({
          ...options,
          method: "POST",
          path: "/timeseries/data/latest",
          body: { items, ignoreUnknownIds },
          schema: datapointsResponse,
        });
        return answer.items;
      },
    });
  }

  /**
   * Deletes points: any number of ranges, 10,000 a request. Ranges without points are no error.
   *
   * @throws as `insert`; what a MultiRequestError lists are the ranges
   */
  async delete(ranges: readonly DatapointsDelete[], options: RequestOptions = {}): Promise<void> {
    const items = listOf(ranges, "ranges").map(({ inclusiveBegin, exclusiveEnd, ...id }, place) => ({
      ...wireId(id, timeSeriesIds, `ranges[${place}]`),
      inclusiveBegin: wireTimestamp(inclusiveBegin, `ranges[${place}].inclusiveBegin`),
      ...(exclusiveEnd === undefined
        ? {}
        : { exclusiveEnd: wireTimestamp(exclusiveEnd, `ranges[${place}].exclusiveEnd`) }),
    }));
    await runBatch({
      stages: [items],
      size: deleteSize,
      concurrency: this.#http.concurrency("datapoints"),
      idOf: (range) => range,
      signal: options.signal,
      send: async (chunk) => [await this.#post("/delete", { items: chunk }, options)],
    });
  }

  #post(path: string, body: object, options: RequestOptions): Promise<object> {
    return this.#http.request({ ...options, method: "POST", path: `/timeseries/data${path}`, body, schema: nothing });
  }

  #list(
    body: DatapointsListRequest,
    { aggregates }: ReadArgs,
    options: RequestOptions,
  ): Promise<DatapointsResponse<ReadSeries>> {
    const request = { ...options, method: "POST", path: "/timeseries/data/list", body } as const;
    return aggregates === undefined
      ? this.#http.request({ ...request, schema: datapointsResponse })
      : this.#http.request({ ...request, schema: aggregatesResponse });
  }
}

/** Data points of one request at most. */
function mostOf({ aggregates }: ReadArgs): number {
  return aggregates === undefined ? mostPoints : mostAggregates;
}
