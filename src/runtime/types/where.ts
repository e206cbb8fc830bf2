import type { Filter, JsonObject, NodeReference } from "../../models/index.js";
import type { ElementOf, IsMany, ListedOf, RelationOf, StringKindOf } from "./markers.js";
import type { StoredName } from "./names.js";
import type { Id, IsBound, Scope } from "./scope.js";

/** Whether a value is set at all. */
interface Presence {
  readonly exists?: boolean;
}

interface Equality<V> extends Presence {
  readonly equals?: V;
  readonly in?: readonly V[];
}

interface Range<V> extends Equality<V> {
  readonly gt?: V;
  readonly gte?: V;
  readonly lt?: V;
  readonly lte?: V;
}

/** Conditions on text. */
export interface TextCondition extends Range<string> {
  readonly prefix?: string;
}

/** Conditions on references to classic resources. */
export interface ReferenceCondition extends Equality<string> {
  readonly prefix?: string;
}

/** Conditions on numbers. */
export interface NumberCondition extends Range<number> {}

/** Conditions on int64 properties whose values are `bigint`. */
export interface BigintCondition extends Range<bigint> {}

/** Conditions on points in time: a `Date` or an ISO string. */
export interface TimestampCondition extends Range<Date | string> {}

/** Conditions on calendar dates, `YYYY-MM-DD`. */
export interface DateCondition extends Range<string> {}

/** Conditions on booleans. */
export interface BooleanCondition extends Presence {
  readonly equals?: boolean;
}

/** Conditions on JSON: the whole object, or whether there is one. */
export interface JsonCondition extends Presence {
  readonly equals?: JsonObject;
}

/** Conditions on lists of values. */
export interface ListCondition<V> extends Presence {
  readonly containsAny?: readonly V[];
  readonly containsAll?: readonly V[];
}

/** Conditions on a single direct relation; `is` looks at the node it points to. */
export interface RelationCondition<T, C extends Scope> extends Equality<Id<C>> {
  readonly is?: IsBound<T, C> extends true ? Where<T, C> : never;
}

type ScalarOperand<E> = E extends Date
  ? Date | string
  : E extends string
    ? string
    : E extends number | bigint | boolean
      ? E
      : JsonObject;

type EnumCondition<V> = V | Equality<V>;

type StringCondition<E> =
  "enum" extends StringKindOf<E>
    ? EnumCondition<ListedOf<E>>
    : StringKindOf<E> extends "text"
      ? string | TextCondition
      : StringKindOf<E> extends "date"
        ? string | DateCondition
        : string | ReferenceCondition;

type ScalarCondition<E> = [E] extends [Date]
  ? Date | string | TimestampCondition
  : [E] extends [boolean]
    ? boolean | BooleanCondition
    : [E] extends [number]
      ? number | NumberCondition
      : [E] extends [bigint]
        ? bigint | BigintCondition
        : [E] extends [string]
          ? StringCondition<E>
          : JsonCondition;

type Condition<P, C extends Scope> =
  | null
  | ([RelationOf<P>] extends [never]
      ? IsMany<P> extends true
        ? ListCondition<ScalarOperand<ElementOf<P>>>
        : ScalarCondition<ElementOf<P>>
      : IsMany<P> extends true
        ? ListCondition<Id<C>>
        : RelationCondition<RelationOf<P> extends { readonly target: infer T } ? T : never, C>);

/** Conditions on the facts that every instance has. */
export interface FactConditions {
  readonly externalId?: string | TextCondition;
  readonly space?: string | TextCondition;
  readonly $type?:
    | NodeReference
    | { readonly equals?: NodeReference; readonly in?: readonly NodeReference[]; readonly exists?: boolean }
    | null;
  readonly $createdTime?: Date | TimestampCondition;
  readonly $lastUpdatedTime?: Date | TimestampCondition;
  /** Of edges. */
  readonly $startNode?: NodeReference | Equality<NodeReference>;
  /** Of edges. */
  readonly $endNode?: NodeReference | Equality<NodeReference>;
}

/**
 * A filter: every key must hold. A bare value means equality, `null` means not set,
 * an object holds operators, all of which must hold. Values of 0, false, "" and [] are values (E90).
 */
export type Where<T, C extends Scope> = { readonly [K in StoredName<T>]?: Condition<T[K], C> } & FactConditions & {
    readonly $and?: readonly Where<T, C>[];
    readonly $or?: readonly Where<T, C>[];
    readonly $not?: Where<T, C>;
    /** A filter in the service's own language, sent as it is. */
    readonly $raw?: Filter;
  };
