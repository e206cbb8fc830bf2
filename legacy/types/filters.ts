import type { Filter } from "../../src/models/index.js";
import type {
  ElementOf,
  Id,
  IsMany,
  ListedOf,
  NameOf,
  RelationOf,
  Scope,
  StringKindOf,
} from "../../src/runtime/index.js";
import type { OptionName } from "../options.js";

/** What kind of filters a property has (N5); lists of values, JSON, and what names resources have none. */
export type FilterKind<P> = [RelationOf<P>] extends [never]
  ? IsMany<P> extends true
    ? "none"
    : ScalarKind<ElementOf<P>>
  : [RelationOf<P>] extends [{ readonly kind: "direct" }]
    ? "relation"
    : "none";

type ScalarKind<E> = [E] extends [boolean]
  ? "boolean"
  : [E] extends [number | bigint]
    ? "number"
    : [E] extends [Date]
      ? "timestamp"
      : [E] extends [string]
        ? "enum" extends StringKindOf<E>
          ? "enum"
          : StringKindOf<E>
        : "none";

/** What the bounds of a property are. */
type BoundOf<P> =
  FilterKind<P> extends "number"
    ? ElementOf<P>
    : FilterKind<P> extends "date"
      ? string
      : FilterKind<P> extends "timestamp"
        ? Date | string
        : never;

type OneOrMany<V> = V | readonly V[];

/** What a property can equal. */
type EqualOf<P, C extends Scope> =
  FilterKind<P> extends "boolean"
    ? boolean
    : FilterKind<P> extends "text"
      ? OneOrMany<string>
      : FilterKind<P> extends "enum"
        ? OneOrMany<ListedOf<ElementOf<P>>>
        : FilterKind<P> extends "relation"
          ? OneOrMany<Id<C>>
          : never;

/** Names of the properties of some kinds. */
type NameOfKind<T, Kinds> = { [K in NameOf<T>]: FilterKind<T[K]> extends Kinds ? K : never }[NameOf<T>];

type BoundedName<T> = NameOfKind<T, "number" | "date" | "timestamp">;
type EqualName<T> = NameOfKind<T, "boolean" | "text" | "enum" | "relation">;
type TextName<T> = NameOfKind<T, "text">;

/** A name that others have already gets `_` behind it, as v1's did (N9). */
export type Free<Key extends string, Taken> = Key extends Taken ? `${Key}_` : Key;

type BoundKey<T> = `${"min" | "max"}${Capitalize<BoundedName<T>>}`;

/**
 * v1's filters of a view, all of which must hold (N5): `min` and `max` of numbers, dates and times; a value or several of texts,
 * enums and direct relations; `Prefix` of texts. What is `undefined` does not count.
 */
export type Filters<T, C extends Scope> = {
  readonly [K in BoundedName<T> as Free<`min${Capitalize<K>}`, OptionName | NameOf<T>>]?: BoundOf<T[K]> | undefined;
} & {
  readonly [K in BoundedName<T> as Free<`max${Capitalize<K>}`, OptionName | NameOf<T>>]?: BoundOf<T[K]> | undefined;
} & { readonly [K in EqualName<T> as Free<K, OptionName>]?: EqualOf<T[K], C> | undefined } & {
  readonly [K in TextName<T> as Free<`${K}Prefix`, OptionName | NameOf<T> | BoundKey<T>>]?: string | undefined;
} & FactFilters;

/** Filters that every view has (N6). */
export interface FactFilters {
  readonly externalIdPrefix?: string | undefined;
  readonly space?: string | readonly string[] | undefined;
  /** A filter in the service's own language, which must hold too. */
  readonly filter?: Filter | undefined;
}
