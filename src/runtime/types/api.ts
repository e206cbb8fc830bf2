import type { AggregateArgs, Aggregated, Computed, Counted, Intervals, Numbers } from "./aggregating.js";
import type {
  Content,
  Datapoints,
  Itself,
  OneResourceName,
  ResourceName,
  RowWith,
  SequenceContent,
  SeveralDatapoints,
} from "./attached.js";
import type { ByViewRow } from "./by-view.js";
import type { CallOptions, QueryBounds } from "./call.js";
import type { DeleteOptions, DeletePlan, DeleteResult, DeleteWhere } from "./deleting.js";
import type { Explanation, ProfiledExplanation } from "./explaining.js";
import type { ShapeOf, ViewIdOf, ViewOf } from "./markers.js";
import type { RelationName } from "./names.js";
import type { GuardRelated, Related, SelectRelated } from "./related.js";
import type { Result } from "./result.js";
import type { Said } from "./said.js";
import type { Id, Scope } from "./scope.js";
import type { Found, SearchArgs } from "./searching.js";
import type { GuardSelect, Select } from "./select.js";
import type { Sort } from "./sort.js";
import type { ChangeStream, LiveArgs, LiveRows, SyncArgs, SyncSelect } from "./syncing.js";
import type { TargetUnits } from "./target-units.js";
import type { InterfaceOf, ViewLike } from "./view-like.js";
import type { Where } from "./where.js";
import type { NestedWrite, Write } from "./write.js";
import type { ExternalIds, UpsertResult, WriteOptions, WritePlan } from "./writing.js";

/** What a list takes besides `select`. */
export interface ListArgs<T, C extends Scope> extends CallOptions, QueryBounds {
  readonly targetUnits?: TargetUnits<T>;
  readonly where?: Where<T, C>;
  readonly sort?: Sort<T>;
  /** Most rows in all; `Infinity` lifts the bound on awaited lists. */
  readonly limit?: number;
  /** Rows that are read at a time, from 1 to 1,000. @defaultValue 1,000 */
  readonly pageSize?: number;
}

/** What reading by id takes besides `select`. */
export interface RetrieveArgs<T> extends CallOptions, QueryBounds {
  readonly targetUnits?: TargetUnits<T>;
}

/** One page of rows; `cursor` resumes after it, and is absent on the last. */
export interface RowPage<Row> {
  readonly items: readonly Row[];
  readonly cursor?: string;
}

/**
 * A query that has not run yet. Awaiting it collects all rows, `for await` streams them with memory for a page,
 * `pages()` gives page by page, `explain()` the requests it would make. It runs anew each time.
 */
export interface ListQuery<Row> extends PromiseLike<Row[]>, AsyncIterable<Row> {
  /** As of a promise: awaits the rows, and handles a failure. */
  catch<Other = never>(rejected?: ((reason: unknown) => Other | PromiseLike<Other>) | null): Promise<Row[] | Other>;
  /** As of a promise: awaits the rows, and runs in either case. */
  finally(settled?: (() => void) | null): Promise<Row[]>;
  /** The first row, `undefined` where there is none: asks for one row only. */
  first(): Promise<Row | undefined>;
  /**
   * The rows in an array, as when awaited, but at most `limit`, for which it asks; `Infinity` lifts the bound of 10,000.
   *
   * @throws QueryError `QUERY.UNBOUNDED` past 10,000 rows where neither here nor in the query a limit was given
   */
  toArray(options?: { readonly limit?: number }): Promise<Row[]>;
  /** How many rows there are, up to the query's limit, without reading them: the service counts. */
  count(): Promise<number>;
  /** The rows as a web stream, for whatever takes one. Nothing is sent before it is read; cancelling it ends the requests. */
  stream(): ReadableStream<Row>;
  /**
   * The rows as newline-delimited JSON in UTF-8, a chunk per page: times as ISO text, `bigint` as integers.
   *
   * @example
   * ```ts
   * const body = wind.turbine.list({ where: { capacity: { gte: 5 } } }).ndjson();
   * const response = new Response(body, { headers: { "content-type": "application/x-ndjson" } });
   * ```
   */
  ndjson(): ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Pages in order, from the start or from the cursor of an earlier page of the same query. */
  pages(options?: { readonly cursor?: string }): AsyncIterable<RowPage<Row>>;
  /** The first page, or the one after a cursor, and nothing ahead of it: for lists that grow as somebody looks on. */
  page(options?: { readonly cursor?: string }): Promise<RowPage<Row>>;
  /**
   * The requests as data and as `text`, with why each is there, and how many rows it may bring; nothing is sent. With
   * `profile` the query runs, to its limit or to 10,000 rows, and what each part took is told: requests, rows, time, and
   * the service's own notices. Filters of `bigint` properties hold `bigint`, which prints, but which `JSON.stringify` alone
   * refuses.
   *
   * @example
   * ```ts
   * const run = await wind.turbine.list({ select: { blades: true }, limit: 100 }).explain({ profile: true });
   * console.log(run.text, run.profile.requests);
   * ```
   */
  explain(options: { readonly profile: true }): Promise<ProfiledExplanation>;
  explain(options?: { readonly profile?: false }): Promise<Explanation>;
}

declare const SCOPE: unique symbol;

/**
 * Reads and writes the instances of one view. What it takes and gives depends on the view and the scope in both
 * directions; said so, the compiler need not find out by comparing views structure by structure.
 */
export interface ViewApi<in out T, in out C extends Scope> {
  /** Ties the handle to its interface and scope. Nothing of it exists at run time. */
  readonly [SCOPE]?: C;
  /** The view's metadata constant. */
  readonly view: ViewOf<T>;
  /** Instances of the view, lazily. Without `select`: all own properties and the ids of direct relations. */
  list<const S extends Select<T, C> = never>(
    args?: ListArgs<T, C> & { readonly select?: Said<S, Select<T, C>, GuardSelect<T, S>> },
  ): ListQuery<Result<T, S>>;
  /** One instance by id, `undefined` where the view has none; or several, without those that are not there. */
  retrieve<const S extends Select<T, C> = never>(
    id: Id<C>,
    args?: RetrieveArgs<T> & { readonly select?: Said<S, Select<T, C>, GuardSelect<T, S>> },
  ): Promise<Result<T, S> | undefined>;
  retrieve<const S extends Select<T, C> = never>(
    ids: readonly Id<C>[],
    args?: RetrieveArgs<T> & { readonly select?: Said<S, Select<T, C>, GuardSelect<T, S>> },
  ): Promise<Result<T, S>[]>;
  /**
   * What is at the other end of a relation, for an instance that was read without it, or for several: then in their order.
   * What to read is said as in a selection; left out, all own properties of the nodes, or their ids where their view is
   * not bound. Where an instance is not in the view, the relation is `null` or empty.
   *
   * Calls of the same turn of the event loop are read together, so that a call for each of many instances costs no more
   * requests than one call for all.
   *
   * @example
   * ```ts
   * const blades = await wind.turbine.related("A1", "blades", { select: { name: true }, sort: [{ name: "asc" }], limit: 3 });
   * ```
   */
  related<const K extends RelationName<T>, const S extends SelectRelated<T, K, C> = never>(
    instance: Id<C>,
    relation: K,
    args?: Said<S, SelectRelated<T, K, C>, GuardRelated<T, K, S>>,
    options?: CallOptions & QueryBounds,
  ): Promise<Related<T, K, C, S>>;
  related<const K extends RelationName<T>, const S extends SelectRelated<T, K, C> = never>(
    instances: readonly Id<C>[],
    relation: K,
    args?: Said<S, SelectRelated<T, K, C>, GuardRelated<T, K, S>>,
    options?: CallOptions & QueryBounds,
  ): Promise<Related<T, K, C, S>[]>;
  /**
   * The best 1,000 instances at most that have the words in their texts, without further pages. What is searched lags behind
   * what is written by some seconds.
   */
  search<const S extends Select<T, C> = never, const P extends readonly string[] = never>(
    query: string,
    args?: SearchArgs<T, C, P> & { readonly select?: Said<S, Select<T, C>, GuardSelect<T, S>> },
  ): Promise<Found<Result<T, S>>>;
  /**
   * Counts, sums and groups instances: at most 1,000 groups, without further pages. Numbers are computed over numeric
   * properties; what is computed lags behind what is written, as searches do.
   */
  aggregate<
    const Count extends true | Counted<T> = never,
    const Avg extends Numbers<T> = never,
    const Sum extends Numbers<T> = never,
    const Min extends Numbers<T> = never,
    const Max extends Numbers<T> = never,
    const Histogram extends Intervals<T> = never,
    const G extends readonly string[] = never,
    const P extends readonly string[] = never,
  >(
    args: AggregateArgs<T, C, P> & Computed<T, Count, Avg, Sum, Min, Max, Histogram, G>,
  ): Promise<Aggregated<T, { count: Count; avg: Avg; sum: Sum; min: Min; max: Max; histogram: Histogram }, G>>;
  /**
   * Instances of the view, lazily, each with all own properties of the first of the given views that it is in; of this view
   * where it is in none. Two requests a page, however many views there are.
   */
  byView<const V extends readonly ViewLike[]>(
    views: V,
    args?: Omit<ListArgs<T, C>, "targetUnits" | "pageSize">,
  ): ListQuery<ByViewRow<T, V>>;
  /** The data points of a time series: of a node that is one, or of the one that a property of a row names. */
  datapoints(of: Itself<T, C, "timeseries">): Promise<Datapoints>;
  datapoints<const P extends string>(
    of: RowWith<P>,
    property: OneResourceName<T, P, "timeseries">,
  ): Promise<Datapoints>;
  /** The data points of several: of nodes, or of all that rows name, row by row. */
  datapoints(of: readonly Itself<T, C, "timeseries">[]): Promise<SeveralDatapoints>;
  datapoints<const P extends string>(
    of: readonly RowWith<P>[],
    property: ResourceName<T, P, "timeseries">,
  ): Promise<SeveralDatapoints>;
  /** The content of a file: of a node that is one, or of the one that a property of a row names. */
  content(of: Itself<T, C, "file">): Promise<Content>;
  content<const P extends string>(of: RowWith<P>, property: OneResourceName<T, P, "file">): Promise<Content>;
  /** The rows of the sequence that a property of a row names. */
  sequence<const P extends string>(
    of: RowWith<P>,
    property: OneResourceName<T, P, "sequence">,
  ): Promise<SequenceContent>;
  /** What would be written, and how it differs from what is stored; nothing is written. */
  upsert(items: readonly Write<T, C>[], options: WriteOptions & { readonly dryRun: true }): Promise<WritePlan>;
  /** Creates or patches instances, with those nested in them. */
  upsert(items: readonly Write<T, C>[], options?: WriteOptions & { readonly dryRun?: false }): Promise<UpsertResult>;
  /**
   * A node to write within another one, where a relation leads to nodes of a more general view, or of none that is known:
   * `{ parent: wind.turbine.nested({ ... }) }`.
   */
  nested(item: Write<T, C>): NestedWrite;
  /** What would be deleted; nothing is. */
  delete(
    target: readonly Id<C>[] | DeleteWhere<T, C>,
    options: DeleteOptions<T, C> & { readonly dryRun: true },
  ): Promise<DeletePlan>;
  /** Deletes instances by id, of which unknown ones are passed over, or all that match. Answers with the ids really deleted. */
  delete(
    target: readonly Id<C>[] | DeleteWhere<T, C>,
    options?: DeleteOptions<T, C> & { readonly dryRun?: false },
  ): Promise<DeleteResult>;
  /** Changes of the view's instances, as they come: what is there at first, then what is new, changed or deleted. */
  sync<const S extends SyncSelect<T> = never>(
    args?: SyncArgs<T, C> & { readonly select?: Said<S, SyncSelect<T>, GuardSelect<T, S>> },
  ): ChangeStream<Result<T, S>>;
  /** The instances that match, in memory and kept current. Ready when they are all read. */
  live<const S extends SyncSelect<T> = never>(
    args?: LiveArgs<T, C> & { readonly select?: Said<S, SyncSelect<T>, GuardSelect<T, S>> },
  ): Promise<LiveRows<Result<T, S>>>;
}

/** Where all views are bound, and there is a default space. */
export interface WidestScope extends Scope {
  readonly space: string;
}

type ScopeOfHandle<V> = V extends { readonly [SCOPE]?: infer C extends Scope } ? C : WidestScope;

/**
 * The rows that a view gives for a selection; without one, those of a plain list.
 *
 * @example
 * ```ts
 * import { defineSelect, type ResultOf } from "pygen";
 * import { Turbine } from "./windfarm/index.js";
 *
 * const card = defineSelect(Turbine, { name: true, farm: { select: { name: true } } });
 * type Card = ResultOf<typeof Turbine, typeof card>; // { space, externalId, name, farm }
 * ```
 */
export type ResultOf<V extends ViewLike, S = never> = Result<InterfaceOf<V>, S>;

/**
 * What is written through a view. Of a handle, as in `WriteOf<typeof wind.turbine>`: with or without a default space, as it
 * was bound; of a metadata constant: with one.
 */
export type WriteOf<V extends ViewLike> = Write<InterfaceOf<V>, ScopeOfHandle<V>>;

/** Metadata constants by the name that their handle gets. */
export type ViewSet<Views> = { readonly [K in keyof Views]: ViewOf<unknown> };

/** How views are bound to a client; its bounds are those of all queries that give themselves none. */
export interface BindOptions extends QueryBounds {
  /** The space of instances that are named by external id alone, and of what is written. */
  readonly space?: string;
  /** Makes external ids of what is written without one; without `node`, nodes must have theirs. */
  readonly externalIds?: ExternalIds;
}

/** The scope that follows from a set of views and the options. */
export interface ScopeOf<Views, Options extends BindOptions> extends Scope {
  readonly space: Options extends { readonly space: infer S extends string } ? S : undefined;
  readonly views: { [K in keyof Views]: ViewIdOf<ShapeOf<Views[K]>> }[keyof Views] & string;
  readonly makesIds: Options extends { readonly externalIds: { readonly node: unknown } } ? true : false;
}

/** A client with a handle per view. */
export type Bound<Views, Options extends BindOptions = BindOptions> = {
  readonly [K in keyof Views]: ViewApi<ShapeOf<Views[K]>, ScopeOf<Views, Options>>;
} & {
  /** What would be written through several views, and how it differs from what is stored; nothing is written. */
  upsert(items: WriteItems<Views, Options>, options: WriteOptions & { readonly dryRun: true }): Promise<WritePlan>;
  /** Writes instances of several views in one go. */
  upsert(
    items: WriteItems<Views, Options>,
    options?: WriteOptions & { readonly dryRun?: false },
  ): Promise<UpsertResult>;
};

type WriteItems<Views, Options extends BindOptions> = {
  readonly [K in keyof Views]?: readonly Write<ShapeOf<Views[K]>, ScopeOf<Views, Options>>[];
};
