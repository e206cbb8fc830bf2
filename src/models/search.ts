import type { Filter, PropertyPath } from "./filter.js";
import type { InstancesPage, InstanceType, TargetUnit } from "./instance.js";
import type { ViewReference } from "./reference.js";

/** Whether all terms of a search must match, or any. */
export type SearchOperator = "AND" | "OR";

/** One key of the order of a search; unlike elsewhere nulls cannot come first (contract 9.3). */
export interface SearchSortKey {
  readonly property: PropertyPath;
  /** @defaultValue "ascending" */
  readonly direction?: "ascending" | "descending";
}

/** Body of `POST /models/instances/search` (contract 9.4). */
export interface InstancesSearchRequest {
  /** The view to search in and to return properties of. */
  readonly view: ViewReference;
  /** Words to look for. Without it everything that matches `filter` is found. */
  readonly query?: string;
  /** @defaultValue "node" */
  readonly instanceType?: InstanceType;
  /** Ids of the text properties to search in. @defaultValue all of them */
  readonly properties?: readonly string[];
  readonly targetUnits?: readonly TargetUnit[];
  /** A path of one id means a property of `view`. */
  readonly filter?: Filter;
  readonly includeTyping?: boolean;
  /** Up to 5 keys. @defaultValue by relevance */
  readonly sort?: readonly SearchSortKey[];
  readonly operator?: SearchOperator;
  /** 1 to 1,000; there are no further pages. @defaultValue 1000 */
  readonly limit?: number;
}

/** Answer of `search`: the best matches, without a cursor. */
export type InstancesSearchResponse = Pick<InstancesPage, "items" | "typing">;
