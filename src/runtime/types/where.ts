import type { Filter, JsonObject, NodeReference, SourceReference, VersionedIdentity } from "../../models/index.js";
import type { AnyView, ElementOf, InstanceTypeOf, IsMany, ListedOf, RelationOf, StringKindOf } from "./markers.js";
import type { NameOf } from "./names.js";
import type { Id, IsBound, Scope } from "./scope.js";
import type { Wrong } from "./wrong.js";

/** Whether a value is set at all. */
interface Presence {
  readonly exists?: boolean;
}

interface Equality<V> extends Presence {
  readonly equals?: V;
  readonly in?: readonly V[];
}

/** Bounds of a stretch, each of which is left out or holds. */
interface Bounds<V> {
  readonly gt?: V;
  readonly gte?: V;
  readonly lt?: V;
  readonly lte?: V;
}

interface Range<V> extends Equality<V>, Bounds<V> {}

/** Conditions on text. `T` and `K` say in messages of the compiler which property of which view they are on. */
export interface TextCondition<_T = unknown, _K = unknown> extends Range<string> {
  readonly prefix?: string;
}

/** Conditions on references to classic resources. */
export interface ReferenceCondition<_T = unknown, _K = unknown> extends Equality<string> {
  readonly prefix?: string;
}

/** Conditions on numbers. */
export interface NumberCondition<_T = unknown, _K = unknown> extends Range<number> {}

/** Conditions on int64 properties whose values are `bigint`. */
export interface BigintCondition<_T = unknown, _K = unknown> extends Range<bigint> {}

/** Conditions on points in time: a `Date` or an ISO string. */
export interface TimestampCondition<_T = unknown, _K = unknown> extends Range<Date | string> {}

/** Conditions on calendar dates, `YYYY-MM-DD`. */
export interface DateCondition<_T = unknown, _K = unknown> extends Range<string> {}

/** Conditions on booleans. */
export interface BooleanCondition<_T = unknown, _K = unknown> extends Presence {
  readonly equals?: boolean;
}

/** Conditions on enums: the values that were listed when the code was generated. */
export interface EnumCondition<V, _T = unknown, _K = unknown> extends Equality<V> {}

/** Conditions on JSON: the whole object, or whether there is one. */
export interface JsonCondition<_T = unknown, _K = unknown> extends Presence {
  readonly equals?: JsonObject;
}

/** Conditions on lists of values. */
export interface ListCondition<V, _T = unknown, _K = unknown> extends Presence {
  readonly containsAny?: readonly V[];
  readonly containsAll?: readonly V[];
}

/** Conditions on the nodes of a view; none can be given where the view is not bound. */
type WhereBound<T, C extends Scope> = IsBound<T, C> extends true ? Where<T, C> : never;

/** What `some` takes, where it can be asked. */
type Some<C extends Scope, Conditions> = C extends { readonly follows: true }
  ? Wrong<"'some' asks other instances, whose changes sync() and live() do not follow">
  : Conditions;

/** Conditions on a single direct relation; `is` looks at the node it points to. */
export interface RelationCondition<Target, C extends Scope, _T = unknown, _K = unknown> extends Equality<Id<C>> {
  readonly is?: WhereBound<Target, C>;
}

/** Conditions on a list of direct relations; `some` holds where one of the nodes they point to is so. */
export interface RelationListCondition<Target, C extends Scope, T = unknown, K = unknown>
  extends ListCondition<Id<C>, T, K> {
  readonly some?: Some<C, WhereBound<Target, C>>;
}

/** Conditions on a reverse relation: `some` holds where one of the nodes that point here is so; `{}` where there is one. */
export interface ReverseCondition<Target, C extends Scope, _T = unknown, _K = unknown> {
  readonly some?: Some<C, WhereBound<Target, C>>;
}

/** Conditions on a connection by edges: `some` holds where one edge is so, and the node at its other end. */
export interface EdgeCondition<Target, P, C extends Scope, _T = unknown, _K = unknown> {
  readonly some?: Some<
    C,
    {
      readonly edge?: P extends AnyView ? WhereBound<P, C> : FactConditions<C> & EdgeFactConditions<C>;
      readonly node?: WhereBound<Target, C>;
    }
  >;
}

type ScalarOperand<E> = E extends Date
  ? Date | string
  : E extends string
    ? string
    : E extends number | bigint | boolean
      ? E
      : JsonObject;

type StringCondition<E, T, K> =
  "enum" extends StringKindOf<E>
    ? ListedOf<E> | EnumCondition<ListedOf<E>, T, K>
    : StringKindOf<E> extends "text"
      ? string | TextCondition<T, K>
      : StringKindOf<E> extends "date"
        ? string | DateCondition<T, K>
        : StringKindOf<E> extends "timestamp"
          ? Date | string | TimestampCondition<T, K>
          : string | ReferenceCondition<T, K>;

type ScalarCondition<E, T, K> = [E] extends [Date]
  ? Date | string | TimestampCondition<T, K>
  : [E] extends [boolean]
    ? boolean | BooleanCondition<T, K>
    : [E] extends [number]
      ? number | NumberCondition<T, K>
      : [E] extends [bigint]
        ? bigint | BigintCondition<T, K>
        : [E] extends [string]
          ? StringCondition<E, T, K>
          : JsonCondition<T, K>;

type ToNodes<R, Many, C extends Scope, T, K> = R extends {
  readonly kind: "edge";
  readonly target: infer Target;
  readonly properties: infer P;
}
  ? EdgeCondition<Target, P, C, T, K>
  : R extends { readonly kind: "reverse"; readonly target: infer Target }
    ? ReverseCondition<Target, C, T, K>
    : R extends { readonly target: infer Target }
      ? null | (Many extends true ? RelationListCondition<Target, C, T, K> : RelationCondition<Target, C, T, K>)
      : never;

/**
 * What a property of a view can be compared with. That it infers keeps the compiler from comparing branch by branch in
 * functions for any view, which would take it a minute.
 */
type Condition<T, K extends keyof T, C extends Scope> =
  RelationOf<T[K]> extends infer R
    ? [R] extends [never]
      ?
          | null
          | (IsMany<T[K]> extends true
              ? ListCondition<ScalarOperand<ElementOf<T[K]>>, T, K>
              : ScalarCondition<ElementOf<T[K]>, T, K>)
      : ToNodes<R, IsMany<T[K]>, C, T, K>
    : never;

/** Conditions on the facts that every instance has. */
export interface FactConditions<C extends Scope = Scope> {
  readonly externalId?: string | TextCondition;
  readonly space?: string | TextCondition;
  /** Which instances they are, by id. */
  readonly $id?: { readonly equals?: Id<C>; readonly in?: readonly Id<C>[] };
  readonly $type?:
    | NodeReference
    | { readonly equals?: NodeReference; readonly in?: readonly NodeReference[]; readonly exists?: boolean }
    | null;
  readonly $createdTime?: Date | TimestampCondition;
  readonly $lastUpdatedTime?: Date | TimestampCondition;
  /** That the instance has data in all of these: views, by their metadata constants or ids, and containers. */
  readonly $hasData?: readonly (VersionedIdentity | SourceReference)[];
}

/** Conditions on the facts that edges have besides. */
export interface EdgeFactConditions<C extends Scope = Scope> {
  readonly $startNode?: Id<C> | Equality<Id<C>>;
  readonly $endNode?: Id<C> | Equality<Id<C>>;
}

/** Names of the properties whose values can bound a stretch: numbers, timestamps and dates. */
type BoundName<T> = {
  [K in NameOf<T>]: IsMany<T[K]> extends true
    ? never
    : [ElementOf<T[K]>] extends [number | bigint | Date]
      ? K
      : [ElementOf<T[K]>] extends [string]
        ? StringKindOf<ElementOf<T[K]>> extends "date" | "timestamp"
          ? K
          : never
        : never;
}[NameOf<T>];

/** That the stretch from the value of `start` to that of `end` overlaps another one. */
export interface OverlapCondition<T> extends Bounds<number | bigint | Date | string> {
  readonly start: BoundName<T>;
  readonly end: BoundName<T>;
}

/**
 * A filter: every key must hold. A bare value means equality, `null` means not set,
 * an object holds operators, all of which must hold. Values of 0, false, "" and [] are values (E90).
 */
export type Where<T, C extends Scope> = { readonly [K in NameOf<T>]?: Condition<T, K, C> } & FactConditions<C> &
  (InstanceTypeOf<T> extends "edge" ? EdgeFactConditions<C> : unknown) & {
    readonly $and?: readonly Where<T, C>[];
    readonly $or?: readonly Where<T, C>[];
    readonly $not?: Where<T, C>;
    readonly $overlaps?: OverlapCondition<T>;
    /** A filter in the service's own language, sent as it is. */
    readonly $raw?: Filter;
  };
