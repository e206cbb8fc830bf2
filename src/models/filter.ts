import type { JsonValue } from "./json.js";
import type { NodeReference, SourceReference } from "./reference.js";

/** A property as filters and sorts name it: `["node", p]`, `["edge", p]`, `[space, "View/version", p]` or `[space, container, p]` (contract 9.1). */
export type PropertyPath = readonly string[];

/** A value to compare with: raw, another property, or a parameter of a query. */
export type FilterValue = JsonValue | { readonly property: PropertyPath } | { readonly parameter: string };

/** Bounds of a range; at least one, and not both of a side (contract 9.2). */
export interface RangeBounds {
  readonly gt?: FilterValue;
  readonly gte?: FilterValue;
  readonly lt?: FilterValue;
  readonly lte?: FilterValue;
}

/** The bodies of the filter operators, by operator (contract 9.2). */
export interface FilterOperators {
  readonly and: readonly Filter[];
  readonly or: readonly Filter[];
  readonly not: Filter;
  readonly equals: { readonly property: PropertyPath; readonly value: FilterValue };
  readonly in: { readonly property: PropertyPath; readonly values: readonly FilterValue[] | FilterValue };
  readonly range: { readonly property: PropertyPath } & RangeBounds;
  readonly prefix: { readonly property: PropertyPath; readonly value: FilterValue };
  readonly exists: { readonly property: PropertyPath };
  readonly containsAny: { readonly property: PropertyPath; readonly values: readonly FilterValue[] | FilterValue };
  readonly containsAll: { readonly property: PropertyPath; readonly values: readonly FilterValue[] | FilterValue };
  readonly matchAll: Readonly<Record<string, never>>;
  readonly nested: { readonly scope: PropertyPath; readonly filter: Filter };
  readonly overlaps: { readonly startProperty: PropertyPath; readonly endProperty: PropertyPath } & RangeBounds;
  readonly hasData: readonly SourceReference[];
  readonly instanceReferences: readonly NodeReference[];
  /** Read only: what is left of a stored view's filter after something it named was deleted. */
  readonly invalid: { readonly previouslyReferencedProperties?: readonly PropertyPath[]; readonly filterType?: string };
}

/** A filter: an object with exactly one operator (contract 9.2). */
export type Filter = {
  readonly [K in keyof FilterOperators]: { readonly [P in K]: FilterOperators[P] };
}[keyof FilterOperators];

/** One key of a sort order; nulls come last in either direction unless `nullsFirst` (contract 9.3). */
export interface SortKey {
  readonly property: PropertyPath;
  /** @defaultValue "ascending" */
  readonly direction?: "ascending" | "descending";
  /** @defaultValue false */
  readonly nullsFirst?: boolean;
}
