import type { SortableName } from "./names.js";

/** A direction, with nulls last; or a direction and where nulls go. */
export type SortOrder = "asc" | "desc" | { readonly order: "asc" | "desc"; readonly nulls?: "first" | "last" };

/** Facts of every instance that one can sort by. */
export type SortableFact = "space" | "externalId" | "$createdTime" | "$lastUpdatedTime";

/**
 * Sort keys, most significant first; each object has one key. At most 5 (contract 9.3).
 *
 * @example
 * ```ts
 * [{ capacity: { order: "desc", nulls: "last" } }, { name: "asc" }]
 * ```
 */
export type Sort<T> = readonly { readonly [K in SortableName<T> | SortableFact]?: SortOrder }[];
