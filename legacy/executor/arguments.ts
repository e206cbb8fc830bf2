import type { Filter } from "../../src/models/index.js";
import type { CallOptions, UntypedRow } from "../../src/runtime/index.js";
import type { AggregateName, HistogramAggregation, MetricAggregation } from "../types/aggregating.js";
import type { InstanceSort } from "../types/sorting.js";

/** Properties to read: names, and of relations what to read of the other end (X1). */
export type QueryProperties = readonly (string | { readonly [relation: string]: QueryProperties })[];

/** A kind of instances of a view for nodes and edges. */
export type InstanceType = "node" | "edge";

/** Which instances of a view for nodes and edges are meant. */
export type InstanceTypes = InstanceType | readonly InstanceType[];

interface Filtered extends CallOptions {
  readonly filter?: Filter;
  /** `-1` and `null` stand for all. @defaultValue all; of searches and groups 1,000, of which there are no more */
  readonly limit?: number | null;
}

/** What `list` of the executor takes besides the view. */
export interface QueryListArgs extends Filtered {
  /** @defaultValue all own properties */
  readonly properties?: QueryProperties;
  readonly sort?: InstanceSort | readonly InstanceSort[];
  /** Of both, nodes come first; they cannot be sorted together. @defaultValue those that the view is for */
  readonly instanceTypes?: InstanceTypes;
}

/** What `iterate` takes: of a view for nodes and edges it gives the nodes. */
export interface QueryIterateArgs extends Omit<QueryListArgs, "instanceTypes"> {
  readonly initialCursor?: string | undefined;
  /** Rows of a page. @defaultValue 10 */
  readonly chunkSize?: number;
  /** Most nodes of a relation, per parent; `-1` and `null` stand for all. @defaultValue 10 */
  readonly nestedLimit?: number | null;
}

/** What `search` takes. */
export interface QuerySearchArgs extends QueryListArgs {
  /** @defaultValue none, which finds all that the filter lets through */
  readonly query?: string;
  readonly searchProperties?: string | readonly string[];
  readonly operator?: "AND" | "OR";
}

/** What `aggregate` takes. */
export interface QueryAggregateArgs extends Filtered {
  readonly groupBy?: string | readonly string[];
  readonly query?: string;
  readonly searchProperties?: string | readonly string[];
  /** Of both, the values are put together; averages and histograms cannot be. @defaultValue those that the view is for */
  readonly instanceTypes?: InstanceTypes;
}

/** A page of the executor. */
export interface QueryPage {
  readonly items: readonly UntypedRow[];
  /** What resumes after it; absent on the last. */
  readonly cursor?: string;
}

/** Aggregates that can be asked for together. */
export type Metrics = "count" | MetricAggregation | readonly ("count" | MetricAggregation)[];

/** An aggregate of any kind. */
export type AskedAggregate = AggregateName | MetricAggregation | HistogramAggregation;
