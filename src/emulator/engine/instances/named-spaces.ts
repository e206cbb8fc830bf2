import type { Filter } from "../../../models/index.js";

/** The spaces that a filter names as those of instances: by `space`, or by whole ids. */
export function namedSpaces(filter: Filter): ReadonlySet<string> {
  const named = new Set<string>();
  const visit = (inner: Filter): void => {
    if ("and" in inner) inner.and.forEach(visit);
    else if ("or" in inner) inner.or.forEach(visit);
    else if ("instanceReferences" in inner) for (const { space } of inner.instanceReferences) named.add(space);
    else if ("equals" in inner) addValues(named, inner.equals.property, [inner.equals.value]);
    else if ("in" in inner && Array.isArray(inner.in.values)) addValues(named, inner.in.property, inner.in.values);
  };
  visit(filter);
  return named;
}

function addValues(named: Set<string>, property: readonly string[], values: readonly unknown[]): void {
  if (property.length !== 2 || property[1] !== "space") return;
  for (const value of values) if (typeof value === "string") named.add(value);
}
