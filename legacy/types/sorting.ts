import type { SortKeyOf } from "../../src/runtime/index.js";

/** v1's directions. */
export type SortDirection = "ascending" | "descending";

/** One key of an order. */
export interface InstanceSort<Property = string> {
  readonly property: Property;
  /** @defaultValue "ascending" */
  readonly direction?: SortDirection;
  /** Whether what is not set comes first. Searches cannot have it so. @defaultValue false */
  readonly nullsFirst?: boolean;
}

/** An order of some properties, as v1's calls are told it; `sort` counts before `sortBy`. */
export interface Order<Property = string> {
  readonly sortBy?: Property | readonly Property[];
  /** Of all of `sortBy`. @defaultValue "ascending" */
  readonly direction?: SortDirection;
  readonly sort?: InstanceSort<Property> | readonly InstanceSort<Property>[];
}

/** An order of a view's instances. */
export type SortArgs<T> = Order<keyof SortKeyOf<T>>;
