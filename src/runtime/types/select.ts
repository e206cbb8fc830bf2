import type { AnyView, IsMany, RelationOf } from "./markers.js";
import type { NameOf } from "./names.js";
import type { IsBound, Scope } from "./scope.js";
import type { Sort } from "./sort.js";
import type { TargetUnits } from "./target-units.js";
import type { Where } from "./where.js";
import type { ViewName, Wrong } from "./wrong.js";

/** Facts of every instance that are read only when selected. */
export interface SelectFacts {
  readonly $type?: true;
  readonly $version?: true;
  readonly $createdTime?: true;
  readonly $lastUpdatedTime?: true;
}

/** What to read of the one node at the other end of a relation. */
export interface SelectOne<T, C extends Scope> {
  readonly targetUnits?: TargetUnits<T>;
  readonly select?: Select<T, C>;
}

/** What to read of the nodes at the other end of a relation; `limit` is per parent. */
export interface SelectMany<T, C extends Scope> extends SelectOne<T, C> {
  readonly where?: Where<T, C>;
  readonly sort?: Sort<T>;
  /** Most nodes per parent; all of them when left out. */
  readonly limit?: number;
}

/** What to read of edges themselves. */
export interface SelectEdgePart<P, C extends Scope> {
  readonly targetUnits?: TargetUnits<P>;
  readonly select?: Select<P, C>;
  readonly where?: Where<P, C>;
}

/** Edges that have properties can be read where the view of those is bound. */
type SelectEdge<P, C extends Scope> = P extends AnyView
  ? IsBound<P, C> extends true
    ? true | SelectEdgePart<P, C>
    : never
  : true;

/**
 * What to read of edges and of the nodes at their other end; `limit` is per parent. With `node` left out or `true`, all
 * edges come, with the ids of the nodes; with an object, those that lead to a node in its view.
 */
export interface SelectPairs<T, P, C extends Scope> {
  readonly edge: SelectEdge<P, C>;
  readonly node?: true | (IsBound<T, C> extends true ? Omit<SelectMany<T, C>, "limit"> : never);
  /** Most pairs per parent; all of them when left out. */
  readonly limit?: number;
}

type SelectRelation<P, R, C extends Scope> = R extends {
  readonly kind: "edge";
  readonly target: infer T;
  readonly properties: infer E;
}
  ?
      | true
      | SelectPairs<T, E, C>
      | (IsBound<T, C> extends true ? (IsMany<P> extends true ? SelectMany<T, C> : SelectOne<T, C>) : never)
  : R extends { readonly target: infer T }
    ? true | (IsBound<T, C> extends true ? (IsMany<P> extends true ? SelectMany<T, C> : SelectOne<T, C>) : never)
    : never;

type SelectValue<P, C extends Scope> = [RelationOf<P>] extends [never] ? true : SelectRelation<P, RelationOf<P>, C>;

/**
 * Which properties to read, as plain data: `true` for a value or the id behind a relation, an object to read into a relation.
 */
export type Select<T, C extends Scope> = { readonly [K in NameOf<T>]?: SelectValue<T[K], C> } & SelectFacts & Open;

/**
 * Lets keys through that a view does not have, so that they reach {@link GuardSelect}, which names the view: by itself the
 * compiler would print the whole type.
 */
export interface Open {
  readonly [key: string]: unknown;
}

type GuardOptions<T, S, Options extends string> = {
  [K in keyof S]: K extends "select"
    ? GuardSelect<T, S[K]>
    : K extends Options | "targetUnits"
      ? S[K]
      : Wrong<`'${K & string}' is not an option of a relation to ${ViewName<T>}`>;
};

type GuardPart<T, S> = S extends true ? S : GuardOptions<T, S, "where" | "sort">;

type GuardPairs<T, E, S> = {
  [K in keyof S]: K extends "edge"
    ? GuardPart<E, S[K]>
    : K extends "node"
      ? GuardPart<T, S[K]>
      : K extends "limit"
        ? S[K]
        : Wrong<`'${K & string}' is not an option of edges to ${ViewName<T>}`>;
};

type ManyOption<P> = IsMany<P> extends true ? "where" | "sort" | "limit" : never;

type GuardRelation<P, R, S> = R extends {
  readonly kind: "edge";
  readonly target: infer T;
  readonly properties: infer E;
}
  ? S extends { readonly edge: unknown }
    ? GuardPairs<T, E, S>
    : GuardOptions<T, S, ManyOption<P>>
  : R extends { readonly target: infer T }
    ? GuardOptions<T, S, ManyOption<P>>
    : S;

/**
 * Repeats a selection with a readable message in the place of each key that the view does not have,
 * at any depth: inference from a constant alone would let nested misspellings pass.
 */
export type GuardSelect<T, S> = {
  [K in keyof S]: K extends NameOf<T>
    ? Exclude<S[K], undefined> extends true
      ? true
      : GuardRelation<T[K], RelationOf<T[K]>, Exclude<S[K], undefined>>
    : K extends keyof SelectFacts
      ? true
      : string extends K
        ? S[K]
        : Wrong<`'${K & string}' is not a property of ${ViewName<T>}`>;
};
