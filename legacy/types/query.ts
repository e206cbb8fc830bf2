import type { ElementOf, Id, ListedOf, NameOf, Result, Scope, TargetOf, ViewIdOf } from "../../src/runtime/index.js";
import type { FilterKind } from "./filters.js";
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
  readonly listFull: (limit?: number) => Promise<Result<Root, ChainSelect<Root, C, Path>>[]>;
} & {
  /** What is at the end of the chain, each once; 5 unless a limit is given. */
  readonly [K in `list${Capitalize<NameOfView<T>>}`]: (limit?: number) => Promise<Result<T, Own<T>>[]>;
};

interface Sorted<Query> {
  /** Sorts by the property; the first that is asked for counts most. */
  sortAscending(): Query;
  /** The same the other way round. */
  sortDescending(): Query;
}

/** How the chain may be filtered by a property, by its kind (Q2). */
type PropertyFilter<P, Query> = Sorted<Query> &
  (FilterKind<P> extends "text"
    ? { equals(value: string): Query; prefix(value: string): Query; in(values: readonly string[]): Query }
    : FilterKind<P> extends "enum"
      ? { equals(value: ListedOf<ElementOf<P>>): Query; in(values: readonly ListedOf<ElementOf<P>>[]): Query }
      : FilterKind<P> extends "boolean"
        ? { equals(value: boolean): Query }
        : FilterKind<P> extends "number"
          ? { range(from?: ElementOf<P>, to?: ElementOf<P>): Query }
          : {
              range(from?: Date | string, to?: Date | string): Query;
              /** The one with the least, or the greatest value; per parent. */
              earliest(): Query;
              latest(): Query;
            });

type EndName = "listFull" | "endNode";

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
  readonly [K in NameOf<T> as FilterKind<T[K]> extends "text" | "enum" | "boolean" | "number" | "date" | "timestamp"
    ? K extends EndName
      ? `${K}_`
      : K
    : never]: PropertyFilter<T[K], QueryAt<Place>>;
} & {
  readonly [K in NameOf<T> as FilterKind<T[K]> extends "relation" ? `${K}Filter` : never]: {
    equals(id: Id<C>): QueryAt<Place>;
    in(ids: readonly Id<C>[]): QueryAt<Place>;
  };
};

/** A chain of `select()`: filters of the view it has come to, relations to go on by, and ends that run it (Q1 to Q3). */
export type LegacyQuery<Root, T, C extends Scope, Path extends readonly string[] = []> = Ends<Root, T, C, Path> &
  Filtered<T, C, At<Root, T, C, Path, never>> & {
    readonly [K in FullName<T, C>]: [EdgeViewOf<T[K], C>] extends [never]
      ? LegacyQuery<Root, TargetOf<T[K]>, C, [...Path, K]>
      : LegacyEdgeQuery<Root, EdgeViewOf<T[K], C>, TargetOf<T[K]>, C, [...Path, K]>;
  };

/** A chain that has come to edges with properties: filters of these, and `endNode` to go on. */
export type LegacyEdgeQuery<Root, E, T, C extends Scope, Path extends readonly string[]> = Filtered<
  E,
  C,
  At<Root, T, C, Path, E>
> & { readonly endNode: LegacyQuery<Root, T, C, Path> };
