import type { SortKeyOf } from "../../src/runtime/index.js";

/** v1's directions. */
export type SortDirection = "ascending" | "descending";

/** One key of an order. */
export interface InstanceSort<T> {
  readonly property: keyof SortKeyOf<T>;
  /** @defaultValue "ascending" */
  readonly direction?: SortDirection;
  /** Whether what is not set comes first. Searches cannot have it so. @defaultValue false */
  readonly nullsFirst?: boolean;
}

/** How v1's calls are told an order; `sort` counts before `sortBy`. */
export interface SortArgs<T> {
  readonly sortBy?: keyof SortKeyOf<T> | readonly (keyof SortKeyOf<T>)[];
  /** Of all of `sortBy`. @defaultValue "ascending" */
  readonly direction?: SortDirection;
  readonly sort?: InstanceSort<T> | readonly InstanceSort<T>[];
}
