import { type Index, isListType, type PropertyType } from "../../models/index.js";

/** Most values of a list where the property names no maximum: direct relations, and all else (contract 3.5). */
const DIRECT_LIST = 100;
const OTHER_LIST = 1000;

/** Most values of a list in a btree index, by type; other types have no such bound (contract 3.5). */
const INDEXED_LIST: Readonly<Partial<Record<PropertyType["type"], number>>> = { int32: 600, int64: 300 };

/** Most values that a property may hold; 0 for one that is no list. */
export function maxListSize(type: PropertyType): number {
  if (type.type === "enum" || !isListType(type)) return 0;
  return type.maxListSize ?? (type.type === "direct" ? DIRECT_LIST : OTHER_LIST);
}

/** Most values of a list that indexes of some kind can hold; infinite for what is no list, or has no such bound. */
export function indexedListSize(index: Index, type: PropertyType): number {
  if (index.indexType === "inverted" || !isListType(type)) return Number.POSITIVE_INFINITY;
  return INDEXED_LIST[type.type] ?? Number.POSITIVE_INFINITY;
}
