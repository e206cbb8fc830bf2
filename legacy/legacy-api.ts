import { formatVersionedId, type NodeReference } from "../src/models/index.js";
import {
  type BoundView,
  boundView,
  type CallOptions,
  optionsOf,
  toWrite,
  type UntypedArgs,
  type UntypedRow,
  type UntypedViewApi,
  type ViewLike,
} from "../src/runtime/index.js";
import { aggregateOf, groupsOf, histogramOf, metricsOf, valuesOf } from "./aggregates.js";
import { callOptions, defined, inSpace, searchedIn, several } from "./arguments.js";
import { selectQuery } from "./chain/members.js";
import { type WarningSink, warnOnce } from "./deprecation.js";
import { EdgeCalls } from "./edge-calls.js";
import { whereOf } from "./filters.js";
import { LegacyList } from "./legacy-list.js";
import { chunkSizeOf, limitOf, pageLimitOf } from "./limit.js";
import { selectOf } from "./select.js";
import { sortNames, sortOf } from "./sorting.js";
import type {
  AggregatedGroup,
  AggregatedValue,
  AggregateName,
  HistogramValue,
  MetricAggregation,
} from "./types/aggregating.js";
import type { RetrieveConnections } from "./types/rows.js";
import type { Order } from "./types/sorting.js";
import type { UntypedLegacyApi } from "./types/untyped.js";

type UntypedList = LegacyList<UntypedRow, UntypedArgs>;
type Id = string | NodeReference;

/** What all of v1's calls of a view may be given, besides filters. */
interface CallArgs extends CallOptions, Order {
  readonly space?: string;
  readonly limit?: number | null;
  readonly retrieveConnections?: RetrieveConnections;
  readonly asChildClass?: readonly ViewLike[];
  readonly chunkSize?: number;
  readonly cursors?: string;
  readonly query?: string;
  readonly properties?: string | readonly string[];
  readonly searchProperty?: string | readonly string[];
  readonly property?: string | readonly string[];
  readonly groupBy?: string | readonly string[];
}

const callNames = ["limit", "signal", "timeout"];
const countNames = ["query", "searchProperty", ...callNames];

/** v1's calls of a view, each by the call of its handle that replaces it. Types are laid over it by `legacyClient`. */
export class ViewCalls implements UntypedLegacyApi {
  readonly #name: string;
  readonly #handle: UntypedViewApi;
  readonly #bound: BoundView;
  readonly #sink: WarningSink;

  /**
   * @param name - what the handle is called
   * @throws QueryError `QUERY.INVALID_VALUE` when the handle is none
   */
  constructor(name: string, handle: UntypedViewApi, sink: WarningSink) {
    this.#name = name;
    this.#handle = handle;
    this.#bound = boundView(handle, "legacyClient()");
    this.#sink = sink;
  }

  retrieve(id: Id, args?: UntypedArgs): Promise<UntypedRow | undefined>;
  retrieve(ids: readonly Id[], args?: UntypedArgs): Promise<UntypedList>;
  async retrieve(given: Id | readonly Id[], args: CallArgs = {}): Promise<UntypedList | UntypedRow | undefined> {
    const { space, asChildClass } = args;
    const ids = inSpace(several<Id>(given), space);
    const rows = asChildClass === undefined ? await this.#byId(ids, args) : await this.#byView(ids, asChildClass, args);
    return Array.isArray(given) ? this.#listOf(rows) : rows[0];
  }

  async list(args: CallArgs = {}): Promise<UntypedList> {
    this.#deprecated("list", "list({ where, select, sort, limit })");
    const where = this.#where("list", args, ["retrieveConnections", ...sortNames, ...callNames]);
    const rows = await this.#handle.list({
      ...where,
      ...this.#select(args),
      ...defined({ sort: sortOf(args) }),
      limit: limitOf(args.limit),
      ...callOptions(args),
    });
    return this.#listOf(rows);
  }

  async *iterate(args: CallArgs = {}): AsyncGenerator<UntypedList, void, undefined> {
    this.#deprecated("iterate", "for await (const row of list({ where, select })), or list(...).pages({ cursor })");
    const { chunkSize = 100, limit = null, cursors } = args;
    const where = this.#where("iterate", args, ["retrieveConnections", "chunkSize", "cursors", ...callNames]);
    const query = this.#handle.list({
      ...where,
      ...this.#select(args),
      pageSize: chunkSizeOf(chunkSize),
      limit: limitOf(limit),
      ...callOptions(args),
    });
    for await (const { items, cursor } of query.pages(defined({ cursor: cursors }))) {
      if (items.length > 0 || cursor !== undefined) yield this.#listOf(items, cursor);
    }
  }

  async search(query: string, args: CallArgs = {}): Promise<UntypedList> {
    this.#deprecated("search", "search(query, { where, properties, sort, limit })");
    const where = this.#where("search", args, ["properties", ...sortNames, ...callNames]);
    const { items } = await this.#handle.search(query, {
      ...where,
      ...this.#select({}),
      ...defined({ sort: sortOf(args) }),
      ...searchedIn(args.properties),
      limit: pageLimitOf(args.limit),
      ...callOptions(args),
    });
    return this.#listOf(items);
  }

  aggregate(
    aggregate: AggregateName | MetricAggregation | readonly (AggregateName | MetricAggregation)[],
    args: CallArgs & { readonly groupBy: unknown },
  ): Promise<AggregatedGroup[]>;
  aggregate(aggregate: AggregateName | MetricAggregation, args?: CallArgs): Promise<AggregatedValue>;
  aggregate(aggregate: readonly (AggregateName | MetricAggregation)[], args?: CallArgs): Promise<AggregatedValue[]>;
  async aggregate(
    aggregate: AggregateName | MetricAggregation | readonly (AggregateName | MetricAggregation)[],
    args: CallArgs = {},
  ): Promise<AggregatedValue | AggregatedValue[] | AggregatedGroup[]> {
    this.#deprecated("aggregate", "aggregate({ count, avg, min, max, sum, groupBy, where })");
    const { property, groupBy, limit } = args;
    const metrics = metricsOf(aggregate, property);
    const where = this.#where("aggregate", args, ["property", "groupBy", ...countNames]);
    const answer = await this.#handle.aggregate({
      ...where,
      ...aggregateOf(metrics),
      ...this.#counted(args),
      ...(groupBy === undefined ? {} : { groupBy: several(groupBy), limit: pageLimitOf(limit) }),
    });
    if (groupBy !== undefined) return groupsOf(metrics, answer);
    const values = valuesOf(metrics, answer);
    const [value] = values;
    return value === undefined || Array.isArray(aggregate) || Array.isArray(property) ? values : value;
  }

  async histogram(property: string, interval: number, args: CallArgs = {}): Promise<HistogramValue> {
    this.#deprecated("histogram", "aggregate({ histogram: { property: interval }, where })");
    const where = this.#where("histogram", args, countNames);
    return histogramOf(this.#handle, { ...where, ...this.#counted(args) }, { property, interval });
  }

  select(): object {
    this.#deprecated("select", "list({ where, select, sort, limit })");
    return selectQuery(this.#name, this.#handle, this.#bound, this.#sink);
  }

  #byId(ids: readonly Id[], args: CallArgs): Promise<UntypedRow[]> {
    this.#deprecated("retrieve", "retrieve(id, { select })");
    optionsOf(args, this.#callName("retrieve"), ["space", "retrieveConnections", "signal", "timeout"]);
    return this.#handle.retrieve(ids, { ...this.#select(args), ...callOptions(args) });
  }

  async #byView(ids: readonly Id[], views: readonly ViewLike[], args: CallArgs): Promise<UntypedRow[]> {
    this.#deprecated("retrieve with asChildClass", "byView(views, { where: { $id: { in: ids } } })");
    optionsOf(args, this.#callName("retrieve"), ["space", "asChildClass", "signal", "timeout"]);
    return this.#handle.byView(views, {
      where: { $id: { in: ids } },
      limit: Number.POSITIVE_INFINITY,
      ...callOptions(args),
    });
  }

  #deprecated(call: string, now: string): void {
    warnOnce(this.#sink, `${this.#name}.${call}()`, `${now} of the generated SDK's ${this.#name}`);
  }

  #callName(call: string): string {
    return `${call}() of view ${formatVersionedId(this.#bound.view)}`;
  }

  #where(call: string, args: CallArgs, names: readonly string[]): { readonly where?: UntypedArgs } {
    return defined({ where: whereOf(this.#bound.view, { ...args }, this.#callName(call), names) });
  }

  #select({ retrieveConnections = "skip" }: CallArgs): { readonly select: UntypedArgs } {
    const { view, scope } = this.#bound;
    return { select: selectOf(view, retrieveConnections, scope.registry) };
  }

  /** Which instances count. */
  #counted({ query, searchProperty, ...args }: CallArgs): UntypedArgs {
    return {
      ...defined({ query }),
      ...searchedIn(searchProperty),
      ...callOptions(args),
    };
  }

  #listOf(rows: readonly UntypedRow[], cursors?: string): UntypedList {
    return new LegacyList(rows, { cursors, toWrite: (row) => toWrite<UntypedArgs>(this.#handle, row) });
  }
}

/** v1's calls of a view, and for each of its connections by edges those of the edges. */
export function viewCalls(name: string, handle: UntypedViewApi, sink: WarningSink): ViewCalls {
  const calls = new ViewCalls(name, handle, sink);
  const bound = boundView(handle, "legacyClient()");
  const edges = Object.entries(bound.view.properties).flatMap(([property, edge]) =>
    edge.type === "edge" ? [[`${property}Edge`, edge] as const] : [],
  );
  return Object.defineProperties(
    calls,
    Object.fromEntries(
      edges.map(([key, edge]) => [key, { get: () => new EdgeCalls(`${name}.${key}`, bound, edge, sink) }]),
    ),
  );
}
