import type { NodeReference } from "../../src/models/index.js";
import type { Bucket } from "../../src/runtime/index.js";

/** v1's aggregates. */
export type AggregateName = "count" | "avg" | "min" | "max" | "sum";

/** An aggregate of one property. */
export interface MetricAggregation<Property extends string = string> {
  readonly aggregate: AggregateName;
  readonly property: Property;
}

/** How often values of a property lie in intervals of a length. */
export interface HistogramAggregation<Property extends string = string> {
  readonly aggregate: "histogram";
  readonly property: Property;
  readonly interval: number;
}

/** What one aggregate came to; `null` where there is nothing to compute it from. */
export interface AggregatedValue {
  readonly aggregate: AggregateName;
  /** `externalId` where instances were counted. */
  readonly property: string;
  readonly value: number | bigint | null;
}

/** A group, and what its aggregates came to. */
export interface AggregatedGroup {
  readonly group: Readonly<Record<string, string | number | bigint | boolean | Date | NodeReference | null>>;
  readonly aggregates: readonly AggregatedValue[];
}

/** How often values of a property lie in intervals. */
export interface HistogramValue {
  readonly property: string;
  readonly interval: number;
  readonly buckets: readonly Bucket[];
}
