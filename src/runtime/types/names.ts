import type { Direct, ElementOf, IsMany, RelationOf } from "./markers.js";

/** Names of a view's properties. */
export type NameOf<T> = keyof T & string;

/** Names of the properties that hold values or direct relations: what is read when nothing is selected. */
export type StoredName<T> = {
  [K in NameOf<T>]: [RelationOf<T[K]>] extends [{ readonly kind: "direct" }] ? K : never;
}[NameOf<T>];

/** What can be ordered: JSON cannot, whatever its type. */
type Sortable = string | number | bigint | boolean | Date | Direct;

/** Names of the properties that one can sort by: neither lists nor JSON, and of relations only single direct ones (contract 9.3). */
export type SortableName<T> = {
  [K in StoredName<T>]: IsMany<T[K]> extends true ? never : [ElementOf<T[K]>] extends [Sortable] ? K : never;
}[StoredName<T>];

/** Names of a view's relations. */
export type RelationName<T> = { [K in NameOf<T>]: [RelationOf<T[K]>] extends [never] ? never : K }[NameOf<T>];
