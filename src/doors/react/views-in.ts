import type { PropertyDescriptor, ViewDescriptor } from "../../ir/index.js";
import { formatVersionedId, parseVersionedId } from "../../models/index.js";
import { propertyOf, type Registry } from "../../runtime/index.js";

/** Data, and a view whose properties its names may be. */
interface Step {
  readonly data: unknown;
  readonly view: ViewDescriptor;
}

/**
 * Ids of all views whose instances plain data may be about: the view that it was given to, and those that relations named
 * in it lead to. Holds for selections, conditions and items to write alike, since it does not ask what stands where: a name
 * may be an option and a relation, and then counts as both. It may name a view too many, and never one too few.
 */
export function viewsIn(data: unknown, view: ViewDescriptor, registry: Registry): Set<string> {
  const found = new Set([formatVersionedId(view)]);
  const seen = new Map<object, Set<ViewDescriptor>>();
  const left: Step[] = [{ data, view }];
  // What is written may be deeper than the call stack, and lead back to itself.
  for (let step = left.pop(); step !== undefined; step = left.pop()) {
    const { data, view } = step;
    if (typeof data !== "object" || data === null || seen.get(data)?.has(view)) continue;
    seen.set(data, (seen.get(data) ?? new Set()).add(view));
    for (const [name, inner] of Object.entries(data)) {
      const ids = viewsAt(view, name, inner);
      for (const id of ids) found.add(id);
      // An item that says through which view it is written does so among its own names.
      const below = name === "$view" ? data : inner;
      const targets = ids.flatMap((id) => [registry.node(id) ?? [], registry.edge(id) ?? []].flat());
      left.push({ data: inner, view }, ...targets.map((target) => ({ data: below, view: target })));
    }
  }
  return found;
}

/** The views that a name in data leads to. */
function viewsAt(view: ViewDescriptor, name: string, value: unknown): readonly string[] {
  if (name === "$view") return typeof value === "string" ? [value] : [];
  const property = propertyOf(view, name);
  return property === undefined || isOnlyId(property, value) ? [] : targetsOf(property);
}

/** Ids of direct relations are on the instance itself. */
function isOnlyId({ type }: PropertyDescriptor, value: unknown): boolean {
  return type === "direct" && (typeof value !== "object" || value === null);
}

/** Views of the nodes at the other end of a relation, and of the edges on the way. */
function targetsOf(property: PropertyDescriptor): string[] {
  switch (property.type) {
    case "direct":
      return [property.source].filter((id) => id !== undefined);
    case "reverse":
      // Where the view at the other end is not told, the relation itself is a property of one.
      return [property.source ?? property.through.source].filter((id) => parseVersionedId(id) !== undefined);
    case "edge":
      return [property.source, property.edgeSource].filter((id) => id !== undefined);
    default:
      return [];
  }
}
