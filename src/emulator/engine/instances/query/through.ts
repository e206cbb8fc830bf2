import { isListType, isMapped, type NodeReference, type PropertyType, type Through } from "../../../../models/index.js";
import { badRequest } from "../../fault.js";
import { resolveView } from "../../resolve.js";
import { containerKey, instanceKey, type ProjectState, type StoredInstance } from "../../state.js";
import { sourceName } from "../names.js";
import type { FilterContext } from "../operand.js";
import { referencesIn } from "../references.js";
import { relationHolders } from "../row-indexes.js";

/** A direct relation to follow. */
export interface Relation {
  readonly containerKey: string;
  readonly property: string;
  readonly type: PropertyType;
}

/** The nodes that the relation of other nodes points at. Targets that do not exist are left out. */
export function outwards(
  { state, work }: FilterContext,
  through: Through,
  from: readonly StoredInstance[],
): ReadonlySet<StoredInstance> {
  const { containerKey: key, property } = relationOf(state, through);
  const reached = new Set<StoredInstance>();
  for (const node of from) {
    for (const target of referencesIn(node.rows.get(key)?.get(property))) {
      work.step();
      for (const found of nodeAt(state, target)) reached.add(found);
    }
  }
  return reached;
}

/**
 * The nodes whose relation points at other nodes.
 *
 * @throws {@link Fault} 400 for lists of direct relations.
 */
export function inwards(
  { state, work }: FilterContext,
  through: Through,
  from: readonly StoredInstance[],
): ReadonlySet<StoredInstance> {
  const { containerKey: key, property, type } = relationOf(state, through);
  if (isListType(type)) throw badRequest("Cannot traverse lists of direct relations inwards.");
  const holders = relationHolders(state, key, property);
  const reached = new Set<StoredInstance>();
  for (const node of from) {
    for (const holder of holders.get(instanceKey(node)) ?? []) {
      work.step();
      if (holder.instanceType === "node") reached.add(holder);
    }
  }
  return reached;
}

/** Tells what the relation of a node, which may be deleted, points at. */
export function targetsOf(state: ProjectState, through: Through): (node: StoredInstance) => readonly NodeReference[] {
  const { containerKey: key, property } = relationOf(state, through);
  return (node) => referencesIn(node.rows.get(key)?.get(property));
}

/** The node of an id, if it exists. */
export function nodeAt(state: ProjectState, id: NodeReference | undefined): readonly StoredInstance[] {
  const node = id && state.instances.get(id);
  return node?.instanceType === "node" ? [node] : [];
}

/** The relation that a query goes through. */
export function relationOf(state: ProjectState, { source, identifier }: Through): Relation {
  const relation =
    source.type === "view"
      ? viewRelation(state, { source, identifier })
      : containerRelation(state, { source, identifier });
  if (!relation) throw badRequest(`Unknown property '${identifier}' in ${sourceName(source)} to go through`);
  if (relation.type.type !== "direct") {
    throw badRequest(
      `Cannot go through property '${identifier}' of ${sourceName(source)}: it is not a direct relation`,
    );
  }
  return relation;
}

function viewRelation(state: ProjectState, { source, identifier }: Through): Relation | undefined {
  const view = source.type === "view" ? resolveView(state, source) : undefined;
  if (!view) throw badRequest(`One or more views do not exist: '${sourceName(source).slice("view ".length)}'`);
  const property = view.properties.get(identifier);
  if (!property || !isMapped(property)) return undefined;
  const { container, containerPropertyIdentifier, type } = property;
  return { containerKey: containerKey(container), property: containerPropertyIdentifier, type };
}

function containerRelation(state: ProjectState, { source, identifier }: Through): Relation | undefined {
  const key = containerKey(source);
  const container = state.containers.get(key);
  if (!container) throw badRequest(`One or more containers do not exist: '${source.space}:${source.externalId}'`);
  const facts = Object.hasOwn(container.properties, identifier) ? container.properties[identifier] : undefined;
  return facts && { containerKey: key, property: identifier, type: facts.type };
}
