import type { PropertyDescriptor } from "../src/ir/index.js";

/** What kind of filters v1 has for a property, as `FilterKind` of the types tells it (N5, Q2). */
export type FilterKind = "boolean" | "text" | "enum" | "number" | "time" | "relation";

const kinds: ReadonlyMap<PropertyDescriptor["type"], FilterKind> = new Map([
  ["boolean", "boolean"],
  ["text", "text"],
  ["enum", "enum"],
  ["int32", "number"],
  ["int64", "number"],
  ["float32", "number"],
  ["float64", "number"],
  ["timestamp", "time"],
  ["date", "time"],
  ["direct", "relation"],
]);

/** The kind of a property; `undefined` where it has no filters: of lists, those of relations alone do. */
export function filterKind(property: PropertyDescriptor): FilterKind | undefined {
  const kind = kinds.get(property.type);
  return kind !== "relation" && "list" in property && property.list ? undefined : kind;
}
