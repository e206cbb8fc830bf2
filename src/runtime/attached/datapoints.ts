import {
  type AggregatesRetrieveArgs,
  DatapointsAPI,
  type DatapointsCursor,
  type DatapointsLatestArgs,
  type DatapointsRetrieveArgs,
  type DatapointWrite,
} from "../../client/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import type { Datapoint, ResourceIds } from "../../models/index.js";
import type { HandleContext } from "../handle-context.js";
import { keyOf } from "../identity.js";
import { callOptions } from "../operations/call-options.js";
import type {
  AggregateColumns,
  ColumnAggregate,
  DatapointColumns,
  DatapointRange,
  Datapoints,
  SeveralDatapoints,
} from "../types/attached.js";
import type { CallOptions } from "../types/call.js";
import { toAggregateColumns, toColumns } from "./columns.js";
import { type Attached, type AttachedTo, attachedIds, nothingThere } from "./references.js";

type RawArgs = DatapointsRetrieveArgs & DatapointsCursor & CallOptions;
type AggregateArgs = AggregatesRetrieveArgs<ColumnAggregate> & DatapointsCursor & CallOptions;
type Columns = DatapointColumns | AggregateColumns<never>;

/** The data points of the time series that a handle's call is about: of one, or of several where several are given. */
export async function openDatapoints(
  context: HandleContext,
  view: ViewDescriptor,
  of: unknown,
  property: string | undefined,
): Promise<Datapoints | SeveralDatapoints> {
  const to = { view, of, property };
  return Array.isArray(of) ? new SeveralSeries(context, to) : new OneSeries(context, to);
}

class SeveralSeries implements SeveralDatapoints {
  readonly #api: DatapointsAPI;
  readonly #ids: readonly (Attached | undefined)[];

  constructor(context: HandleContext, to: AttachedTo) {
    this.#api = new DatapointsAPI(context.client);
    this.#ids = attachedIds(context, to, "timeseries");
  }

  retrieve(args?: RawArgs): Promise<(DatapointColumns | undefined)[]>;
  retrieve<A extends ColumnAggregate>(
    args: AggregatesRetrieveArgs<A> & CallOptions,
  ): Promise<(AggregateColumns<A> | undefined)[]>;
  async retrieve(args: RawArgs | AggregateArgs = {}): Promise<(Columns | undefined)[]> {
    const options = callOptions(args);
    if (args.aggregates === undefined) {
      const series = await this.#api.retrieve(this.#known, { ...args, ignoreUnknownIds: true }, options);
      return this.#inOrder(series, (one) => toColumns(one, one.isString, args.includeStatus === true));
    }
    const { aggregates } = args;
    const series = await this.#api.retrieve(this.#known, { ...args, ignoreUnknownIds: true }, options);
    return this.#inOrder(series, ({ datapoints }) => toAggregateColumns(datapoints, aggregates));
  }

  async latest(args: DatapointsLatestArgs & CallOptions = {}): Promise<(Datapoint | undefined)[]> {
    const series = await this.#api.latest(this.#known, { ...args, ignoreUnknownIds: true }, callOptions(args));
    return this.#inOrder(series, ({ datapoints: [point] }) => point);
  }

  get #known(): Attached[] {
    return this.#ids.flatMap((id) => id ?? []);
  }

  /** One result for each id; answers leave out series that are not there. */
  #inOrder<S extends ResourceIds, R>(series: readonly S[], result: (series: S) => R): (R | undefined)[] {
    let at = 0;
    return this.#ids.map((id) => {
      const next = series[at];
      if (id === undefined || next === undefined || !isOf(next, id)) return undefined;
      at += 1;
      return result(next);
    });
  }
}

class OneSeries implements Datapoints {
  readonly #api: DatapointsAPI;
  readonly #to: AttachedTo;
  readonly #id: Attached | undefined;
  readonly #several: SeveralSeries;

  constructor(context: HandleContext, to: AttachedTo) {
    this.#api = new DatapointsAPI(context.client);
    this.#to = to;
    this.#several = new SeveralSeries(context, to);
    this.#id = attachedIds(context, to, "timeseries")[0];
  }

  retrieve(args?: RawArgs): Promise<DatapointColumns | undefined>;
  retrieve<A extends ColumnAggregate>(
    args: AggregatesRetrieveArgs<A> & CallOptions,
  ): Promise<AggregateColumns<A> | undefined>;
  async retrieve(args: RawArgs | AggregateArgs = {}): Promise<Columns | undefined> {
    const [columns] =
      args.aggregates === undefined ? await this.#several.retrieve(args) : await this.#several.retrieve(args);
    return columns;
  }

  pages(args?: RawArgs): AsyncIterable<DatapointColumns & DatapointsCursor>;
  pages<A extends ColumnAggregate>(
    args: AggregatesRetrieveArgs<A> & DatapointsCursor & CallOptions,
  ): AsyncIterable<AggregateColumns<A> & DatapointsCursor>;
  async *pages(args: RawArgs | AggregateArgs = {}): AsyncIterable<Columns & DatapointsCursor> {
    if (this.#id === undefined) return;
    const options = callOptions(args);
    if (args.aggregates === undefined) {
      const points = this.#api.iterate(this.#id, { ...args, ignoreUnknownIds: true }, options);
      for await (const { items, nextCursor } of points.pages()) {
        const [first] = items;
        if (first === undefined) continue;
        const columns = toColumns({ datapoints: items }, typeof first.value === "string", args.includeStatus === true);
        yield { ...columns, ...cursorOf(nextCursor) };
      }
      return;
    }
    const { aggregates } = args;
    const points = this.#api.iterate(this.#id, { ...args, ignoreUnknownIds: true }, options);
    for await (const { items, nextCursor } of points.pages()) {
      if (items.length > 0) yield { ...toAggregateColumns(items, aggregates), ...cursorOf(nextCursor) };
    }
  }

  async latest(args: DatapointsLatestArgs & CallOptions = {}): Promise<Datapoint | undefined> {
    const [point] = await this.#several.latest(args);
    return point;
  }

  async insert(points: readonly DatapointWrite[], options: CallOptions = {}): Promise<void> {
    await this.#api.insert([{ ...this.#there, datapoints: points }], callOptions(options));
  }

  async delete(ranges: readonly DatapointRange[], options: CallOptions = {}): Promise<void> {
    const id = this.#there;
    await this.#api.delete(
      ranges.map((range) => ({ ...range, ...id })),
      callOptions(options),
    );
  }

  get #there(): Attached {
    return this.#id ?? nothingThere(this.#to);
  }
}

function cursorOf(cursor: string | null | undefined): DatapointsCursor {
  return cursor == null ? {} : { cursor };
}

function isOf(series: ResourceIds, { instanceId, externalId }: Attached): boolean {
  if (instanceId === undefined) return series.externalId === externalId;
  return series.instanceId !== undefined && keyOf(series.instanceId) === keyOf(instanceId);
}
