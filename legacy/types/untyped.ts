import type { NodeReference } from "../../src/models/index.js";
import type { UntypedArgs, UntypedRow, ViewLike } from "../../src/runtime/index.js";
import type { LegacyList } from "../legacy-list.js";
import type {
  AggregatedGroup,
  AggregatedValue,
  AggregateName,
  HistogramValue,
  MetricAggregation,
} from "./aggregating.js";

type UntypedList = LegacyList<UntypedRow, UntypedArgs>;
type UntypedId = string | NodeReference;
type Aggregates = AggregateName | MetricAggregation | readonly (AggregateName | MetricAggregation)[];

/** The calls of a view that is known at run time only: as `LegacyApi`, without its types. */
export interface UntypedLegacyApi {
  /** @deprecated `retrieve(id, { select })` */
  retrieve(id: UntypedId, args?: UntypedArgs): Promise<UntypedRow | undefined>;
  retrieve(
    ids: readonly UntypedId[],
    args?: UntypedArgs & { readonly asChildClass?: readonly ViewLike[] },
  ): Promise<UntypedList>;
  /** @deprecated `list({ where, select, sort, limit })` */
  list(args?: UntypedArgs): Promise<UntypedList>;
  /** @deprecated `for await` over `list(...)`, or its `pages({ cursor })` */
  iterate(args?: UntypedArgs): AsyncIterable<UntypedList>;
  /** @deprecated `search(query, { where, properties, sort, limit })` */
  search(query: string, args?: UntypedArgs): Promise<UntypedList>;
  /** @deprecated `aggregate({ count, avg, min, max, sum, groupBy, where })` */
  aggregate(
    aggregate: Aggregates,
    args?: UntypedArgs,
  ): Promise<AggregatedValue | readonly AggregatedValue[] | readonly AggregatedGroup[]>;
  /** @deprecated `aggregate({ histogram: { property: interval } })` */
  histogram(property: string, interval: number, args?: UntypedArgs): Promise<HistogramValue>;
  /** @deprecated `list({ where, select, sort, limit })` */
  select(): unknown;
}
