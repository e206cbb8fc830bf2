import { type Filter, isRecord, type NodeReference } from "../../models/index.js";

/**
 * The node type that a view's filter asks for, also within `and` and `or`, never under `not` (E51).
 * Filters that name several types ask for none of them in particular.
 */
export function nodeTypeOf(filter: Filter): NodeReference | undefined {
  const found = new Map<string, NodeReference>();
  collect(filter, found);
  const [only] = found.values();
  return found.size === 1 ? only : undefined;
}

function collect(filter: Filter, found: Map<string, NodeReference>): void {
  if ("and" in filter) for (const inner of filter.and) collect(inner, found);
  else if ("or" in filter) for (const inner of filter.or) collect(inner, found);
  else if ("equals" in filter) add(filter.equals.property, filter.equals.value, found);
  else if ("in" in filter && Array.isArray(filter.in.values)) {
    for (const value of filter.in.values) add(filter.in.property, value, found);
  }
}

function add(property: readonly string[], value: unknown, found: Map<string, NodeReference>): void {
  if (property.length !== 2 || property[0] !== "node" || property[1] !== "type" || !isRecord(value)) return;
  const { space, externalId } = value;
  if (typeof space === "string" && typeof externalId === "string") {
    found.set(JSON.stringify([space, externalId]), { space, externalId });
  }
}
