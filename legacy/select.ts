import type { PropertyDescriptor, ViewDescriptor } from "../src/ir/index.js";
import type { Registry, UntypedArgs } from "../src/runtime/index.js";
import type { RetrieveConnections } from "./types/rows.js";

/** What v1 read of every instance. */
const facts = { $type: true, $version: true, $createdTime: true, $lastUpdatedTime: true };

/** All own properties of a view, with the ids of direct relations and the facts of its instances. */
export function ownOf({ properties }: ViewDescriptor): UntypedArgs {
  const stored = Object.entries(properties).filter(([, { type }]) => type !== "reverse" && type !== "edge");
  return { ...Object.fromEntries(stored.map(([name]) => [name, true])), ...facts };
}

/** What is read of a view and of its connections, as v1 did. */
export function selectOf(view: ViewDescriptor, connections: RetrieveConnections, registry: Registry): UntypedArgs {
  const related = Object.entries(view.properties).flatMap(([name, property]): [string, unknown][] => {
    if (connections === "identifier") return property.type === "edge" ? [[name, true]] : [];
    if (connections === "skip" || !("source" in property)) return [];
    const target = registry.node(property.source);
    if (target === undefined) return [];
    const select = ownOf(target);
    const edge = property.type === "edge" ? registry.edge(property.edgeSource) : undefined;
    return [[name, edge === undefined ? { select } : { edge: { select: ownOf(edge) }, node: { select } }]];
  });
  return { ...ownOf(view), ...Object.fromEntries(related) };
}

/** Whether a relation leads to any number of nodes. */
export function isMany(property: PropertyDescriptor): boolean {
  if (property.type === "reverse" || property.type === "edge") return property.single !== true;
  return property.list === true;
}
