import { QueryError } from "../../errors/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import {
  type Filter,
  formatVersionedId,
  type InstancesSearchRequest,
  isRecord,
  type SearchSortKey,
  viewReference,
} from "../../models/index.js";
import { filtered } from "./set-expression.js";
import { toSortKeys } from "./sort-keys.js";
import { targetUnitsOf } from "./target-units.js";
import { foundLimit, planWords } from "./word-search.js";

/** What a search asks for besides its filter. */
export interface SearchQuery {
  readonly query?: unknown;
  readonly properties?: unknown;
  readonly operator?: unknown;
  readonly sort?: unknown;
  readonly limit?: unknown;
  readonly targetUnits?: unknown;
}

/**
 * Plans a search, without the filter: one request.
 *
 * @throws QueryError for what the view does not have or a search cannot do
 */
export function planSearch(view: ViewDescriptor, args: SearchQuery): InstancesSearchRequest {
  const sort = searchSort(view, args.sort);
  return {
    view: viewReference(view),
    instanceType: view.instanceType,
    ...planWords(view, args),
    ...targetUnitsOf(view, args.targetUnits),
    ...(sort.length === 0 ? {} : { sort }),
    limit: foundLimit(args.limit, `search() of view ${formatVersionedId(view)}`),
  };
}

/**
 * The filter of a search.
 *
 * @throws QueryError `QUERY.NOT_SEARCHABLE` for one that compares stretches, which searches cannot (contract 9.2)
 */
export function searchFilter(view: ViewDescriptor, filter: Filter | undefined): { readonly filter?: Filter } {
  if (!hasOverlaps(filter)) return filtered(filter);
  throw new QueryError(
    "QUERY.NOT_SEARCHABLE",
    `search() of view ${formatVersionedId(view)} cannot have overlaps in its where.`,
    { hint: "Compare the two properties one by one, or list in place of searching." },
  );
}

/** In searches, nulls cannot come first (contract 9.3). */
function searchSort(view: ViewDescriptor, sort: unknown): SearchSortKey[] {
  return toSortKeys(sort, view).map(({ property, direction = "ascending", nullsFirst }) => {
    if (!nullsFirst) return { property, direction };
    throw new QueryError("QUERY.INVALID_SORT", `search() of view ${formatVersionedId(view)} cannot sort nulls first.`, {
      hint: "Leave nulls out: they come last.",
    });
  });
}

function hasOverlaps(filter: unknown): boolean {
  if (Array.isArray(filter)) return filter.some(hasOverlaps);
  if (!isRecord(filter)) return false;
  if ("overlaps" in filter) return true;
  const { and, or, not, nested } = filter;
  return [and, or, not, isRecord(nested) ? nested["filter"] : undefined].some(hasOverlaps);
}
