import type { EdgeDescriptor, PropertyDescriptor, ViewDescriptor } from "../../ir/index.js";
import { isRecord } from "../../models/index.js";
import { isReference, referenceOf } from "../identity.js";
import { isStored, propertyOf, type Registry } from "../registry.js";
import type { Item } from "./item.js";

/**
 * A row that was read as an item to write: without what the service computes and what views do not have any more, with the
 * version that was read as the one that may be overwritten. Rows within it become items too.
 */
export function rowToItem(row: Item, view: ViewDescriptor, registry: Registry): Item {
  const { space, externalId, $version, $type, $startNode, $endNode } = row;
  const facts = {
    space,
    externalId,
    $existingVersion: $version,
    $type,
    ...(view.instanceType === "edge" ? { $startNode, $endNode } : {}),
  };
  return given([...Object.entries(facts), ...valuesOf(row, view, registry)]);
}

function valuesOf(row: Item, view: ViewDescriptor, registry: Registry): [string, unknown][] {
  return Object.entries(row).flatMap(([name, value]): [string, unknown][] => {
    const property = propertyOf(view, name);
    if (property === undefined || value === undefined) return [];
    if (isStored(property)) {
      if (property.readOnly) return [];
      return [[name, property.type === "direct" ? eachOf(value, (one) => nodeOf(one, property, registry)) : value]];
    }
    // Nothing there is nothing to write; what goes through a list is written at its other end.
    if (value === null || (property.type === "reverse" && property.through.list)) return [];
    const element = (one: unknown): unknown =>
      property.type === "edge" && isPair(one) ? pairOf(one, property, registry) : nodeOf(one, property, registry);
    return [[name, eachOf(value, element)]];
  });
}

function eachOf(value: unknown, map: (one: unknown) => unknown): unknown {
  return Array.isArray(value) ? value.map(map) : map(value);
}

/** A row of a view that is bound; of others, and of ids, the id. */
function nodeOf(
  value: unknown,
  { source }: PropertyDescriptor & { readonly source?: string },
  registry: Registry,
): unknown {
  const view = registry.node(source);
  if (!isReference(value)) return value;
  return view && Object.keys(value).length > 2 ? rowToItem({ ...value }, view, registry) : referenceOf(value);
}

function isPair(value: unknown): value is Item {
  return isRecord(value) && !Object.hasOwn(value, "externalId") && isRecord(value["edge"]);
}

function pairOf({ edge, node }: Item, property: EdgeDescriptor, registry: Registry): Item {
  const { space, externalId, $version, ...row } = edge as Item;
  const view = registry.edge(property.edgeSource);
  const values = view ? valuesOf(row, view, registry) : [];
  const facts = { space, externalId, $existingVersion: $version };
  return { edge: given([...Object.entries(facts), ...values]), node: nodeOf(node, property, registry) };
}

/** Names of properties may be any, `__proto__` too. */
function given(entries: readonly (readonly [string, unknown])[]): Item {
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
