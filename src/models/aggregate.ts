import type { Filter } from "./filter.js";
import type { InstanceType, TargetUnit, Typing } from "./instance.js";
import type { NodeReference, ViewReference } from "./reference.js";
import type { SearchOperator } from "./search.js";

/** A number to compute over a property of the view (contract 9.5). */
export type NumberAggregate =
  | { readonly avg: { readonly property: string } }
  | { readonly min: { readonly property: string } }
  | { readonly max: { readonly property: string } }
  | { readonly sum: { readonly property: string } }
  /** Instances, or those with a value of the property. */
  | { readonly count: { readonly property?: string } };

/** How many values lie in each interval of a numeric property. */
export interface HistogramAggregate {
  readonly histogram: { readonly property: string; readonly interval: number };
}

/** What to compute. */
export type Aggregate = NumberAggregate | HistogramAggregate;

/** Body of `POST /models/instances/aggregate` (contract 9.5). Properties are named by their ids in the view. */
export interface InstancesAggregateRequest {
  readonly view: ViewReference;
  /** @defaultValue "node" */
  readonly instanceType?: InstanceType;
  /** Words to look for, as in a search. */
  readonly query?: string;
  /** Ids of the text properties to search in, 1 to 200. @defaultValue all of them */
  readonly properties?: readonly string[];
  readonly operator?: SearchOperator;
  /** A path of one id means a property of `view`. */
  readonly filter?: Filter;
  /** Up to 5. */
  readonly aggregates?: readonly Aggregate[];
  /** 1 to 5 property ids; without `aggregates`, their distinct values are given. */
  readonly groupBy?: readonly string[];
  /** Groups at most, 1 to 1,000; there are no further pages. @defaultValue 100 */
  readonly limit?: number;
  readonly targetUnits?: readonly TargetUnit[];
  readonly includeTyping?: boolean;
}

/** A computed number; without `value` there was nothing to compute it from. */
export interface AggregatedNumber {
  readonly aggregate: "avg" | "count" | "max" | "min" | "sum";
  readonly property?: string;
  /** A `bigint` only where exact reading was asked for. */
  readonly value?: number | bigint;
}

/** How many values lie in each interval; `start` belongs to its bucket. */
export interface AggregatedHistogram {
  readonly aggregate: "histogram";
  readonly property: string;
  readonly interval: number;
  readonly buckets: readonly { readonly start: number | bigint; readonly count: number }[];
}

/** What was computed. */
export type AggregatedValue = AggregatedNumber | AggregatedHistogram;

/** The value that the instances of a group have in common. */
export type GroupValue = string | number | bigint | boolean | NodeReference;

/** The aggregates of one group, or of everything. */
export interface AggregatedItem {
  readonly instanceType: InstanceType;
  /** By property id; a property without a value is absent. */
  readonly group?: Readonly<Record<string, GroupValue>>;
  /** In the order asked for. */
  readonly aggregates: readonly AggregatedValue[];
}

/** Answer of `aggregate`: one item without `groupBy`, else one for each group, without a cursor. */
export interface InstancesAggregateResponse {
  readonly items: readonly AggregatedItem[];
  readonly typing?: Typing;
}
