import type { ViewDescriptor } from "../src/ir/index.js";
import { propertyOf, type Registry, type UntypedArgs } from "../src/runtime/index.js";

/** The same item without the versions that it and what is nested in it may overwrite. */
export function withoutVersions(item: UntypedArgs, view: ViewDescriptor | undefined, registry: Registry): UntypedArgs {
  const { $existingVersion: _, ...rest } = item;
  const through = registry.node(typeof item["$view"] === "string" ? item["$view"] : undefined) ?? view;
  if (through === undefined) return rest;
  const without = (name: string, value: unknown): unknown => {
    const property = propertyOf(through, name);
    if (property === undefined || !("source" in property)) return value;
    const edge = property.type === "edge" ? registry.edge(property.edgeSource) : undefined;
    const one = (held: unknown): unknown => {
      if (typeof held !== "object" || held === null) return held;
      const nested: UntypedArgs = { ...held };
      if (property.type !== "edge" || !("node" in nested)) {
        return withoutVersions(nested, registry.node(property.source), registry);
      }
      return {
        ...nested,
        ...("edge" in nested ? { edge: withoutVersions({ ...(nested["edge"] as object) }, edge, registry) } : {}),
        node: one(nested["node"]),
      };
    };
    return Array.isArray(value) ? value.map(one) : one(value);
  };
  return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, without(name, value)]));
}
