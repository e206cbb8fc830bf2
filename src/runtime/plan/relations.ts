import { QueryError } from "../../errors/index.js";
import type { ReverseDescriptor } from "../../ir/index.js";
import {
  type Filter,
  formatVersionedId,
  type PropertyPath,
  parseVersionedId,
  viewReference,
} from "../../models/index.js";
import { placeText } from "../problems.js";
import { propertyById } from "../property-by-id.js";
import type { Registry } from "../registry.js";
import { allOf, factPath, membership, viewPath } from "./paths.js";
import type { JoinKey } from "./plan.js";
import type { EdgeSelection, RelationSelection, ReverseSelection, Selection } from "./selection.js";
import { throughSource } from "./through-source.js";

/** How a reverse relation is gone through, and where the nodes at its other end hold the ids of this end. */
export interface Through {
  readonly source: ReturnType<typeof throughSource>;
  readonly property: string;
  readonly path: PropertyPath;
  readonly key: JoinKey;
}

/**
 * Finds the direct relation behind a reverse one: where it is named, else on the view that nodes are read through (E64).
 *
 * @throws QueryError `QUERY.NO_JOIN_KEY` where it is named on a container, and no known view has it
 */
export function throughOf(relation: ReverseSelection, parent: Selection, registry: Registry): Through {
  const { descriptor, property } = relation;
  const { through } = descriptor;
  const source = throughSource(descriptor);
  const key = joinKey(descriptor, registry);
  if (key === undefined) {
    const place = placeText({ view: parent.view, name: property });
    throw new QueryError(
      "QUERY.NO_JOIN_KEY",
      `${place} goes through '${through.property}' of container ${through.source}, which no bound view has.`,
      { hint: "Bind the view that the relation leads to." },
    );
  }
  const viaView = parseVersionedId(key.source);
  const named = source.type === "container" ? [source.space, source.externalId, through.property] : undefined;
  const path = named ?? (viaView ? viewPath(viaView, key.property) : []);
  return {
    source: source.type === "view" && viaView ? viewReference(viaView) : source,
    property: through.property,
    path,
    key,
  };
}

function joinKey({ source, through }: ReverseDescriptor, registry: Registry): JoinKey | undefined {
  const target = registry.node(source);
  const onTarget = target !== undefined && propertyById(target, through.property)?.type === "direct";
  const named = registry.node(through.source);
  const isView = through.source.includes("@");
  const onNamed = named === undefined || propertyById(named, through.property) !== undefined;
  if (isView && (onNamed || !onTarget)) return { source: through.source, property: through.property };
  return onTarget ? { source: formatVersionedId(target), property: through.property } : undefined;
}

/** The nodes at the other end that are asked for: ids alone are given whether or not their nodes are in a view. */
export function nodeFilter({ target, where }: RelationSelection): Filter | undefined {
  return target === undefined ? undefined : allOf(membership(target.view), where);
}

/** Edges of the connection: by type, else edges of other properties would come too (E72). */
export function edgeFilter({ descriptor, edgeWhere }: EdgeSelection): Filter {
  const { space, externalId } = descriptor.edgeType;
  const ofType: Filter = { equals: { property: factPath("edge", "type"), value: { space, externalId } } };
  return allOf(ofType, edgeWhere) ?? ofType;
}

/** The end of the connection's edges at the node that has the property (E70). */
export function nearEnd({ descriptor }: EdgeSelection): "startNode" | "endNode" {
  return descriptor.direction === "inwards" ? "endNode" : "startNode";
}
