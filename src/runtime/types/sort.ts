import type { SortableName } from "./names.js";

/**
 * A direction, with nulls last; or a direction and where nulls go. `T` and `K` say in messages of the compiler which
 * property of which view is sorted by.
 */
export type SortOrder<_T = unknown, _K = unknown> =
  | "asc"
  | "desc"
  | { readonly order: "asc" | "desc"; readonly nulls?: "first" | "last" };

/** Facts of every instance that one can sort by. */
export type SortableFact = "space" | "externalId" | "$createdTime" | "$lastUpdatedTime";

/** One key of a sort, and its direction. */
export type SortKeyOf<T> = { readonly [K in SortableName<T> | SortableFact]?: SortOrder<T, K> };

/**
 * Sort keys, most significant first; each object has one key. At most 5 (contract 9.3).
 *
 * @example
 * ```ts
 * [{ capacity: { order: "desc", nulls: "last" } }, { name: "asc" }]
 * ```
 */
export type Sort<T> = readonly SortKeyOf<T>[];
