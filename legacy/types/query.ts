import type {
  ElementOf,
  FactOf,
  Id,
  ListedOf,
  NameOf,
  Result,
  Scope,
  StringKindOf,
  TargetOf,
  ViewIdOf,
} from "../../src/runtime/index.js";
import type { Dataframe, DataframeArgs } from "./dataframe.js";
import type { DownloadArgs } from "./download.js";
import type { FilterKind, Free } from "./filters.js";
import type { EdgeViewOf, FullName, Own } from "./rows.js";

/** The selection of a chain: what each view on its way has of its own. */
type ChainSelect<T, C extends Scope, Path> = Path extends readonly [infer K extends NameOf<T>, ...infer Rest]
  ? Omit<Own<T>, K> & {
      readonly [N in K]: [EdgeViewOf<T[N], C>] extends [never]
        ? { readonly select: ChainSelect<TargetOf<T[N]>, C, Rest> }
        : {
            readonly edge: { readonly select: Own<EdgeViewOf<T[N], C>> };
            readonly node: { readonly select: ChainSelect<TargetOf<T[N]>, C, Rest> };
          };
    }
  : Own<T>;

type NameOfView<T> = [ViewIdOf<T>] extends [`${string}/${infer Name}@${string}`] ? Name : "Nodes";

/** The ends of a chain, which run it. */
type Ends<Root, T, C extends Scope, Path extends readonly string[]> = {
  /**
   * Objects of the view that the chain begins with, with those on its way in them; such as have none at its end are left out.
   *
   * @param limit - most objects, 5 unless it is given; `-1` for all
   */
  readonly listFull: (limit?: number | null) => Promise<Result<Root, ChainSelect<Root, C, Path>>[]>;
} & {
  /** What is at the end of the chain, each once; 5 unless a limit is given. */
  readonly [K in `list${Capitalize<NameOfView<T>>}`]: (limit?: number | null) => Promise<Result<T, Own<T>>[]>;
};

/** The data points at the end of a chain. */
export interface LegacyDatapoints {
  /**
   * All of them in one table: a row for each time, a column for each series (Q5).
   *
   * @deprecated `datapoints(rows)`, or `datapoints(rows, property)`, of the generated SDK
   */
  retrieveDataframe(args?: DataframeArgs): Promise<Dataframe>;
}

/** The contents of the files at the end of a chain. */
export interface LegacyContent {
  /**
   * Writes them to a folder, each under its name; in Node (Q6).
   *
   * @returns the paths that were written
   * @deprecated `content(row)` of the generated SDK
   */
  download(directory: string, args?: DownloadArgs): Promise<string[]>;
}

/** What nodes have beside properties: their ids, and of time series and files what is in them. */
type NodeMembers<T, Place> = {
  readonly externalId: TextFilter<QueryAt<Place>>;
  readonly space: TextFilter<QueryAt<Place>>;
} & (["timeseries"] extends [FactOf<T, "resource">] ? { readonly data: LegacyDatapoints } : unknown) &
  (["file"] extends [FactOf<T, "resource">] ? { readonly content: LegacyContent } : unknown);

interface Sorted<Query> {
  /** Sorts by the property; the first that is asked for counts most. */
  sortAscending(): Query;
  /** The same the other way round. */
  sortDescending(): Query;
}

interface TextCondition<Query> {
  equals(value: string): Query;
  prefix(value: string): Query;
  in(values: readonly string[]): Query;
}

type TextFilter<Query> = TextCondition<Query> & Sorted<Query>;

/** How the chain may be filtered by a property, by its kind (Q2). */
type Condition<P, Query> =
  FilterKind<P> extends "text"
    ? TextCondition<Query>
    : FilterKind<P> extends "enum"
      ? { equals(value: ListedOf<ElementOf<P>>): Query; in(values: readonly ListedOf<ElementOf<P>>[]): Query }
      : FilterKind<P> extends "boolean"
        ? { equals(value: boolean): Query }
        : FilterKind<P> extends "number"
          ? { range(from?: ElementOf<P>, to?: ElementOf<P>): Query }
          : { range(from?: Date | string, to?: Date | string): Query };

/** How it may be sorted. */
type Ordered<P, Query> = Sorted<Query> &
  (FilterKind<P> extends "date" | "timestamp"
    ? {
        /** The one with the least, or the greatest value; per parent. */
        earliest(): Query;
        latest(): Query;
      }
    : unknown);

/** What else chains have; a property of such a name has `_` behind it, as in v1 (N9). */
type Taken<T> =
  | "listFull"
  | "endNode"
  | "data"
  | "content"
  | "externalId"
  | "space"
  | `list${Capitalize<NameOfView<T>>}`;

/** Names of the properties that chains are filtered by. */
type FilteredName<T> = {
  [K in NameOf<T>]: FilterKind<T[K]> extends "none" | "relation" ? never : K;
}[NameOf<T>];

/** Names of the properties that hold external ids of time series. */
type SeriesName<T> = {
  [K in NameOf<T>]: [ElementOf<T[K]>] extends [string]
    ? "timeseries" extends StringKindOf<ElementOf<T[K]>>
      ? K
      : never
    : never;
}[NameOf<T>];

/** Where a chain stands: at nodes of view `T`, or at the edges of view `E` that lead to them. */
interface At<in out Root, in out T, in out C extends Scope, in out Path extends readonly string[], in out E> {
  readonly root: Root;
  readonly view: T;
  readonly scope: C;
  readonly path: Path;
  readonly edge: E;
}

type QueryAt<Place> =
  Place extends At<infer Root, infer T, infer C, infer Path, infer E>
    ? [E] extends [never]
      ? LegacyQuery<Root, T, C, Path>
      : LegacyEdgeQuery<Root, E, T, C, Path>
    : never;

type Filtered<T, C extends Scope, Place> = {
  readonly [K in FilteredName<T> as Free<K, Taken<T>>]: Condition<T[K], QueryAt<Place>>;
} & {
  readonly [K in NameOf<T> as FilterKind<T[K]> extends "relation" ? Free<`${K}Filter`, NameOf<T>> : never]: {
    equals(id: Id<C>): QueryAt<Place>;
    in(ids: readonly Id<C>[]): QueryAt<Place>;
  };
};

/** A chain of `select()`: filters of the view it has come to, relations to go on by, and ends that run it (Q1 to Q3). */
export type LegacyQuery<Root, T, C extends Scope, Path extends readonly string[] = []> = Ends<Root, T, C, Path> &
  NodeMembers<T, At<Root, T, C, Path, never>> &
  Filtered<T, C, At<Root, T, C, Path, never>> & {
    readonly [K in FilteredName<T> as Free<K, Taken<T>>]: Ordered<T[K], QueryAt<At<Root, T, C, Path, never>>>;
  } & {
    readonly [K in SeriesName<T> as Free<K, Taken<T>>]: { readonly data: LegacyDatapoints };
  } & {
    readonly [K in FullName<T, C> as Free<K, Taken<T>>]: [EdgeViewOf<T[K], C>] extends [never]
      ? LegacyQuery<Root, TargetOf<T[K]>, C, [...Path, K]>
      : LegacyEdgeQuery<Root, EdgeViewOf<T[K], C>, TargetOf<T[K]>, C, [...Path, K]>;
  };

/** A chain that has come to edges with properties: filters of these, in no order, and `endNode` to go on. */
export type LegacyEdgeQuery<Root, E, T, C extends Scope, Path extends readonly string[]> = Filtered<
  E,
  C,
  At<Root, T, C, Path, E>
> & { readonly endNode: LegacyQuery<Root, T, C, Path> };
