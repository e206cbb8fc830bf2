import type { Filter, PropertyPath, ViewReference } from "../../../models/index.js";

/** A path of one id, which means a property of the request's view, in full (contract 9.1). */
export function fullPath(view: ViewReference, path: PropertyPath): PropertyPath {
  return path.length === 1 ? [view.space, `${view.externalId}/${view.version}`, ...path] : path;
}

/**
 * A filter with every path in full. Inside `nested` all stays as it is: it is about other nodes than those of the view.
 */
export function fullPaths(view: ViewReference, filter: Filter): Filter {
  if ("and" in filter) return { and: filter.and.map((inner) => fullPaths(view, inner)) };
  if ("or" in filter) return { or: filter.or.map((inner) => fullPaths(view, inner)) };
  if ("not" in filter) return { not: fullPaths(view, filter.not) };
  if ("equals" in filter) return { equals: withPath(view, filter.equals) };
  if ("in" in filter) return { in: withPath(view, filter.in) };
  if ("range" in filter) return { range: withPath(view, filter.range) };
  if ("prefix" in filter) return { prefix: withPath(view, filter.prefix) };
  if ("exists" in filter) return { exists: withPath(view, filter.exists) };
  if ("containsAny" in filter) return { containsAny: withPath(view, filter.containsAny) };
  if ("containsAll" in filter) return { containsAll: withPath(view, filter.containsAll) };
  if ("nested" in filter) return { nested: { ...filter.nested, scope: fullPath(view, filter.nested.scope) } };
  if (!("overlaps" in filter)) return filter;
  const { startProperty, endProperty, ...bounds } = filter.overlaps;
  const ends = { startProperty: fullPath(view, startProperty), endProperty: fullPath(view, endProperty) };
  return { overlaps: { ...ends, ...bounds } };
}

function withPath<T extends { readonly property: PropertyPath }>(view: ViewReference, operands: T): T {
  return { ...operands, property: fullPath(view, operands.property) };
}

/** Whether an operator occurs in a filter, at any depth. */
export function hasOperator(filter: Filter, name: string): boolean {
  if ("and" in filter) return filter.and.some((inner) => hasOperator(inner, name));
  if ("or" in filter) return filter.or.some((inner) => hasOperator(inner, name));
  if ("not" in filter) return hasOperator(filter.not, name);
  if ("nested" in filter && hasOperator(filter.nested.filter, name)) return true;
  return name in filter;
}
