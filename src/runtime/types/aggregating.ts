import type { NodeReference } from "../../models/index.js";
import type { CallOptions } from "./call.js";
import type { ElementOf, IsMany, RelationOf, StringKindOf } from "./markers.js";
import type { NameOf, StoredName } from "./names.js";
import type { Said } from "./said.js";
import type { Scope, Simplify } from "./scope.js";
import type { WordArgs } from "./searching.js";
import type { Open } from "./select.js";
import type { TargetUnits } from "./target-units.js";
import type { Where } from "./where.js";
import type { ViewName, Wrong } from "./wrong.js";

type IsNumber<P> = [ElementOf<P>] extends [number | bigint] ? true : false;

type IsStored<P> = [RelationOf<P>] extends [{ readonly kind: "direct" }] ? true : false;

/** What the service can group by: texts and direct relations, also in lists, and single numbers, booleans and enums (contract 9.5). */
type IsGroupable<P> = [RelationOf<P>] extends [never]
  ? [ElementOf<P>] extends [string]
    ? IsMany<P> extends true
      ? "text" extends StringKindOf<ElementOf<P>>
        ? true
        : false
      : [Extract<StringKindOf<ElementOf<P>>, "date" | "timeseries" | "file" | "sequence">] extends [never]
        ? true
        : false
    : [ElementOf<P>] extends [number | bigint | boolean]
      ? IsMany<P> extends true
        ? false
        : true
      : false
  : IsStored<P>;

type NumberName<T> = { [K in NameOf<T>]: IsNumber<T[K]> extends true ? K : never }[NameOf<T>];

/** Names of the properties that one can group by. */
type GroupName<T> = { [K in NameOf<T>]: IsGroupable<T[K]> extends true ? K : never }[NameOf<T>];

/** Numeric properties to compute over. */
export type Numbers<T> = { readonly [K in NumberName<T>]?: true } & Open;

/** Properties of which to count the instances that have a value. */
export type Counted<T> = { readonly [K in StoredName<T>]?: true } & Open;

/** Numeric properties, and the length of the intervals in which to count their values. */
export type Intervals<T> = { readonly [K in NumberName<T>]?: number } & Open;

/** Repeats what is to be computed, with a message in the place of each property that is not numeric. */
export type GuardNumbers<T, M, Kind extends string, Value = true> = {
  readonly [K in keyof M]: K extends NameOf<T>
    ? IsNumber<T[K]> extends true
      ? Value
      : Wrong<`'${K}' of ${ViewName<T>} is not numeric: there is no '${Kind}' of it`>
    : Wrong<`'${K & string}' is not a property of ${ViewName<T>}`>;
};

/** The same for what is to be counted: instances, or those with a value. */
export type GuardCounted<T, M> = M extends true
  ? true
  : {
      readonly [K in keyof M]: K extends NameOf<T>
        ? IsStored<T[K]> extends true
          ? true
          : Wrong<`'${K}' of ${ViewName<T>} is no stored property, so it cannot be counted`>
        : Wrong<`'${K & string}' is not a property of ${ViewName<T>}`>;
    };

/** The same for properties to group by. */
export type GuardGroups<T, G extends readonly string[]> = {
  readonly [I in keyof G]: G[I] extends NameOf<T>
    ? IsGroupable<T[G[I]]> extends true
      ? G[I]
      : Wrong<`'${G[I]}' of ${ViewName<T>} cannot be grouped by`>
    : Wrong<`'${G[I]}' is not a property of ${ViewName<T>}`>;
};

/** What aggregates take besides what is computed. */
export interface AggregateArgs<T, C extends Scope, Names extends readonly string[]>
  extends WordArgs<T, Names>,
    CallOptions {
  readonly targetUnits?: TargetUnits<T>;
  readonly where?: Where<T, C>;
  /** Words to look for, as in a search: only what has them is counted. */
  readonly query?: string;
  /** Most groups, 1 to 1,000; only with `groupBy`. @defaultValue 1000 */
  readonly limit?: number;
}

/** What aggregates compute, over which properties, and by which groups. */
export interface Computed<T, Count, Avg, Sum, Min, Max, Histogram, G extends readonly string[]> {
  /** `true` for the number of instances; an object for that of those with a value of a property. */
  readonly count?: Said<Count, true | Counted<T>, GuardCounted<T, Count>>;
  readonly avg?: Said<Avg, Numbers<T>, GuardNumbers<T, Avg, "avg">>;
  readonly sum?: Said<Sum, Numbers<T>, GuardNumbers<T, Sum, "sum">>;
  readonly min?: Said<Min, Numbers<T>, GuardNumbers<T, Min, "min">>;
  readonly max?: Said<Max, Numbers<T>, GuardNumbers<T, Max, "max">>;
  /** Properties, each with the length of the intervals in which its values are counted. */
  readonly histogram?: Said<Histogram, Intervals<T>, GuardNumbers<T, Histogram, "histogram", number>>;
  /** 1 to 5 properties. Without anything to compute, the values that they have. */
  readonly groupBy?: Said<G, readonly GroupName<T>[], GuardGroups<T, G>>;
}

/** How many values lie in an interval, which begins at `start`. */
export interface Bucket {
  readonly start: number;
  readonly count: number;
}

/** Names of what is computed, with the properties it is computed over. */
export interface Metrics {
  readonly count: unknown;
  readonly avg: unknown;
  readonly sum: unknown;
  readonly min: unknown;
  readonly max: unknown;
  readonly histogram: unknown;
}

type MetricValue<P, Kind> = Kind extends "count"
  ? number
  : Kind extends "histogram"
    ? readonly Bucket[]
    : Kind extends "avg"
      ? number | null
      : ElementOf<P> | null;

/** The values that were asked for, by metric and property; `null` where there is nothing to compute one from. */
export type AggregateValues<T, M extends Metrics> = Simplify<{
  readonly [Kind in keyof M as [M[Kind]] extends [never] ? never : Kind]: M[Kind] extends true
    ? number
    : {
        readonly [K in keyof M[Kind] as string extends K ? never : K & NameOf<T>]: MetricValue<T[K & NameOf<T>], Kind>;
      };
}>;

type GroupValueOf<P> =
  | ([RelationOf<P>] extends [never] ? ElementOf<P> : NodeReference)
  | (IsMany<P> extends true ? null : Extract<P, null>);

/** The values of one group, and what its instances have in common. */
export type AggregateGroup<T, M extends Metrics, G extends readonly string[]> = Simplify<
  { readonly group: { readonly [K in G[number] & NameOf<T>]: GroupValueOf<T[K]> } } & AggregateValues<T, M>
>;

/** Groups, in no order that is known. */
export interface AggregateGroups<Group> {
  readonly items: readonly Group[];
  /** As many came as were asked for: there may be more, which only a narrower question can give. */
  readonly truncated: boolean;
}

/** What aggregates give: values, or with `groupBy` groups of them. */
export type Aggregated<T, M extends Metrics, G extends readonly string[]> = [G] extends [never]
  ? AggregateValues<T, M>
  : AggregateGroups<AggregateGroup<T, M, G>>;
