import type { ViewDescriptor } from "../../ir/index.js";
import type { WrittenInstance } from "../../models/index.js";
import type { QueryPlan } from "../plan/plan.js";
import type { ShapeOf, ViewIdOf, ViewOf } from "./markers.js";
import type { Result } from "./result.js";
import type { Id, Scope } from "./scope.js";
import type { GuardSelect, Select } from "./select.js";
import type { Sort } from "./sort.js";
import type { Where } from "./where.js";
import type { Write } from "./write.js";

/** What every call takes. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds for each request of the call, its retries included. */
  readonly timeout?: number;
}

/** What a list takes besides `select`. */
export interface ListArgs<T, C extends Scope> extends CallOptions {
  readonly where?: Where<T, C>;
  readonly sort?: Sort<T>;
  /** Most rows in all; `Infinity` lifts the bound on awaited lists. */
  readonly limit?: number;
}

/** One page of rows; `cursor` resumes after it, and is absent on the last. */
export interface RowPage<Row> {
  readonly items: readonly Row[];
  readonly cursor?: string;
}

/**
 * A query that has not run yet. Awaiting it collects all rows, `for await` streams them with memory for a page,
 * `pages()` gives page by page, `explain()` the requests it would make.
 */
export interface ListQuery<Row> extends PromiseLike<Row[]>, AsyncIterable<Row> {
  /** As of a promise: awaits the rows, and handles a failure. */
  catch<Other = never>(rejected?: ((reason: unknown) => Other | PromiseLike<Other>) | null): Promise<Row[] | Other>;
  /** As of a promise: awaits the rows, and runs in either case. */
  finally(settled?: (() => void) | null): Promise<Row[]>;
  /** Pages in order, from the start or from the cursor of an earlier page of the same query. */
  pages(options?: { readonly cursor?: string }): AsyncIterable<RowPage<Row>>;
  /**
   * The requests as data; nothing is sent. Filters of `bigint` properties hold `bigint`, which prints, but which
   * `JSON.stringify` alone refuses.
   */
  explain(): Promise<QueryPlan>;
}

/** What was written: each instance once, nodes before edges, targets of direct relations before what points at them. */
export interface UpsertResult {
  readonly items: readonly WrittenInstance[];
}

/** Options of writes through views. */
export interface WriteOptions extends CallOptions {
  /** Properties left out go to their default, else to null (contract 7.2.5). @defaultValue false */
  readonly replace?: boolean;
  /** Items whose stored version is newer are passed over. @defaultValue false */
  readonly skipOnVersionConflict?: boolean;
}

/** Reads and writes the instances of one view. */
export interface ViewApi<T, C extends Scope> {
  /** The view's metadata constant. */
  readonly view: ViewDescriptor;
  /** Instances of the view, lazily. Without `select`: all own properties and the ids of direct relations. */
  list<const S extends Select<T, C> = never>(
    args?: ListArgs<T, C> & { readonly select?: S & GuardSelect<T, S> },
  ): ListQuery<Result<T, S>>;
  /** One instance by id, `undefined` where the view has none; or several, without those that are not there. */
  retrieve<const S extends Select<T, C> = never>(
    id: Id<C>,
    args?: CallOptions & { readonly select?: S & GuardSelect<T, S> },
  ): Promise<Result<T, S> | undefined>;
  retrieve<const S extends Select<T, C> = never>(
    ids: readonly Id<C>[],
    args?: CallOptions & { readonly select?: S & GuardSelect<T, S> },
  ): Promise<Result<T, S>[]>;
  /** Creates or patches instances, with those nested in them. */
  upsert(items: readonly Write<T, C>[], options?: WriteOptions): Promise<UpsertResult>;
  /** Deletes instances by id; unknown ids are passed over. Answers with the ids really deleted. */
  delete(
    ids: readonly Id<C>[],
    options?: CallOptions,
  ): Promise<{ readonly deleted: readonly { readonly space: string; readonly externalId: string }[] }>;
}

/** Metadata constants by the name that their handle gets. */
export type ViewSet<Views> = { readonly [K in keyof Views]: ViewOf<unknown> };

/** How views are bound to a client. */
export interface BindOptions {
  /** The space of instances that are named by external id alone, and of what is written. */
  readonly space?: string;
}

/** The scope that follows from a set of views and the options. */
export interface ScopeOf<Views, Options extends BindOptions> extends Scope {
  readonly space: Options extends { readonly space: infer S extends string } ? S : undefined;
  readonly views: { [K in keyof Views]: ViewIdOf<ShapeOf<Views[K]>> }[keyof Views] & string;
}

/** A client with a handle per view. */
export type Bound<Views, Options extends BindOptions = BindOptions> = {
  readonly [K in keyof Views]: ViewApi<ShapeOf<Views[K]>, ScopeOf<Views, Options>>;
} & {
  /** Writes instances of several views in one go. */
  upsert(
    items: { readonly [K in keyof Views]?: readonly Write<ShapeOf<Views[K]>, ScopeOf<Views, Options>>[] },
    options?: WriteOptions,
  ): Promise<UpsertResult>;
};
