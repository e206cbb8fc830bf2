import type {
  ByViewRow,
  CallOptions,
  EdgeRow,
  Id,
  NameOf,
  Numbers,
  Scope,
  ViewLike,
  Write,
} from "../../src/runtime/index.js";
import type { LegacyList } from "../legacy-list.js";
import type {
  AggregatedGroup,
  AggregatedValue,
  AggregateName,
  HistogramValue,
  MetricAggregation,
} from "./aggregating.js";
import type { FactFilters, Filters } from "./filters.js";
import type { LegacyQuery } from "./query.js";
import type { EdgeName, EdgeViewOf, LegacyRow, RetrieveConnections, RowFacts } from "./rows.js";
import type { SortArgs } from "./sorting.js";

/** How many rows are wanted: `-1`, `null` and `Infinity` stand for all. */
interface Limited {
  /** @defaultValue 25 */
  readonly limit?: number | null | undefined;
}

/** What `retrieve` takes. */
export interface RetrieveArgs extends CallOptions {
  /** The space of ids that are strings. @defaultValue that of the SDK */
  readonly space?: string;
}

/** What `list` takes. */
export type ListArgs<T, C extends Scope> = Filters<T, C> & SortArgs<T> & Limited & CallOptions;

/** What `iterate` takes. */
export type IterateArgs<T, C extends Scope> = Filters<T, C> &
  CallOptions & {
    /** Rows of a list. @defaultValue 100 */
    readonly chunkSize?: number;
    /** Rows in all. @defaultValue all of them */
    readonly limit?: number | null;
    /** `cursors` of an earlier list of the same call, after which to go on. */
    readonly cursors?: string | undefined;
  };

/** Which instances count: those with words in their texts, and that match. */
type Counted<T, C extends Scope> = Filters<T, C> &
  Limited &
  CallOptions & {
    readonly query?: string;
    /** Text properties to look for the words of `query` in. @defaultValue all */
    readonly searchProperty?: NameOf<T> | readonly NameOf<T>[];
  };

/** What `search` takes besides the words. */
export type SearchArgs<T, C extends Scope> = Filters<T, C> &
  SortArgs<T> &
  Limited &
  CallOptions & { readonly properties?: NameOf<T> | readonly NameOf<T>[] };

/** What `aggregate` takes besides what is to be computed. */
export type AggregateArgs<T, C extends Scope> = Counted<T, C>;

/** What is computed over; needed by all aggregates but `count`. */
interface Over<Property> {
  readonly property: Property;
}

type NumberName<T> = keyof { [K in keyof Numbers<T> as string extends K ? never : K]: K } & string;

/** Rows in a list that knows how they are written back. */
export type RowList<T, C extends Scope, M extends RetrieveConnections = "skip"> = LegacyList<
  LegacyRow<T, C, M>,
  Write<T, C>
>;

interface Connections<M> {
  /** @defaultValue "skip" */
  readonly retrieveConnections?: M;
}

/** The calls of a view as v1 had them, each deprecated: it warns once, and names the call that replaces it. */
export interface LegacyApi<in out T, in out C extends Scope> {
  /**
   * One instance by id, `undefined` where the view has none; or several, without those that are not there.
   *
   * @deprecated `retrieve(id, { select })` of the generated SDK
   */
  retrieve<const M extends RetrieveConnections = "skip">(
    id: Id<C>,
    args?: RetrieveArgs & Connections<M>,
  ): Promise<LegacyRow<T, C, M> | undefined>;
  /** @deprecated `retrieve(ids, { select })` of the generated SDK */
  retrieve<const M extends RetrieveConnections = "skip">(
    ids: readonly Id<C>[],
    args?: RetrieveArgs & Connections<M>,
  ): Promise<RowList<T, C, M>>;
  /** @deprecated `byView(views, { where: { $id } })` of the generated SDK */
  retrieve<const V extends readonly ViewLike[]>(
    ids: readonly Id<C>[],
    args: RetrieveArgs & { readonly asChildClass: V },
  ): Promise<LegacyList<ByViewRow<T, V>, Write<T, C>>>;
  /**
   * Instances that match, 25 unless `limit` says otherwise.
   *
   * @deprecated `list({ where, select, sort, limit })` of the generated SDK
   */
  list<const M extends RetrieveConnections = "skip">(args?: ListArgs<T, C> & Connections<M>): Promise<RowList<T, C, M>>;
  /**
   * Instances that match, in lists of `chunkSize`, each with the `cursors` to resume after it.
   *
   * @deprecated `for await` over `list(...)`, or its `pages({ cursor })`, of the generated SDK
   */
  iterate<const M extends RetrieveConnections = "skip">(
    args?: IterateArgs<T, C> & Connections<M>,
  ): AsyncIterable<RowList<T, C, M>>;
  /**
   * The instances with the words in their texts, 25 unless `limit` says otherwise, 1,000 at most.
   *
   * @deprecated `search(query, { where, properties, sort, limit })` of the generated SDK
   */
  search(query: string, args?: SearchArgs<T, C>): Promise<RowList<T, C>>;
  /**
   * Counts instances, or computes over a property: one value for one aggregate, several for several; groups with `groupBy`.
   *
   * @deprecated `aggregate({ count, avg, min, max, sum, groupBy, where })` of the generated SDK
   */
  aggregate(
    aggregate: "count" | MetricAggregation<NameOf<T>>,
    args?: AggregateArgs<T, C> & { readonly property?: NameOf<T> },
  ): Promise<AggregatedValue>;
  aggregate(aggregate: AggregateName, args: AggregateArgs<T, C> & Over<NumberName<T>>): Promise<AggregatedValue>;
  aggregate(
    aggregate: readonly ("count" | MetricAggregation<NameOf<T>>)[],
    args?: AggregateArgs<T, C>,
  ): Promise<AggregatedValue[]>;
  aggregate(
    aggregate: AggregateName | readonly AggregateName[],
    args: AggregateArgs<T, C> & Over<NumberName<T> | readonly NumberName<T>[]>,
  ): Promise<AggregatedValue[]>;
  aggregate(
    aggregate: AggregateName | MetricAggregation<NameOf<T>> | readonly (AggregateName | MetricAggregation<NameOf<T>>)[],
    args: AggregateArgs<T, C> &
      Partial<Over<NameOf<T> | readonly NameOf<T>[]>> & { readonly groupBy: NameOf<T> | readonly NameOf<T>[] },
  ): Promise<AggregatedGroup[]>;
  /**
   * How often values of a numeric property lie in intervals of a length.
   *
   * @deprecated `aggregate({ histogram: { property: interval } })` of the generated SDK
   */
  histogram(property: NumberName<T>, interval: number, args?: AggregateArgs<T, C>): Promise<HistogramValue>;
  /**
   * A query that is put together step by step: `select().name.prefix("A").blades.listFull()`.
   *
   * @deprecated `list({ where, select, sort, limit })` of the generated SDK
   */
  select(): LegacyQuery<T, T, C>;
}

/** The edges of a connection: of view `E`, or without properties that could be read. */
export interface LegacyEdges<E, C extends Scope> {
  /**
   * Edges of the connection, 25 unless `limit` says otherwise; `from` and `to` are nodes of this view and of the other one.
   *
   * @deprecated `list({ where: { $type, $startNode, $endNode } })` of the handle of the edges' view
   */
  list(
    args?: ([E] extends [never] ? FactFilters : Filters<E, C>) &
      Limited &
      CallOptions & { readonly from?: Id<C> | readonly Id<C>[]; readonly to?: Id<C> | readonly Id<C>[] },
  ): Promise<[E] extends [never] ? LegacyList<EdgeRow & RowFacts> : RowList<E, C>>;
}

/** For each connection by edges the call of its edges, as `metmastsEdge`. */
export type EdgesOf<T, C extends Scope> = {
  readonly [K in EdgeName<T> as `${K}Edge`]: LegacyEdges<EdgeViewOf<T[K], C>, C>;
};
