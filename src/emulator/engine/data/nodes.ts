import type { JsonObject, JsonValue, ResourceId } from "../../../models/index.js";
import { Fault } from "../fault.js";
import { instanceKey, type ProjectState, type StoredInstance } from "../state.js";

/** A container of the core model whose nodes have data of their own. */
export type DataContainer = "CogniteTimeSeries" | "CogniteFile";

/**
 * The node that an id names. Nodes are named by `instanceId`, or by the number that answers give for them; no node has an
 * external id outside of data modeling.
 */
export function findNode(state: ProjectState, id: ResourceId, container: DataContainer): StoredInstance | undefined {
  const node = id.instanceId ? state.instances.get(instanceKey(id.instanceId)) : bySequence(state, id.id);
  return node?.instanceType === "node" && node.rows.has(keyOf(container)) ? node : undefined;
}

function bySequence(state: ProjectState, id: number | undefined): StoredInstance | undefined {
  if (id === undefined) return undefined;
  const { value } = state.nodeOrder.after(id - 1).next();
  return value?.sequence === id ? value : undefined;
}

/**
 * The nodes that ids name, and for each the item that named it.
 *
 * @throws {@link Fault} 400 with those that are unknown as `missing`, unless they are to be ignored
 */
export function findNodes<T extends ResourceId>(
  state: ProjectState,
  items: readonly T[],
  container: DataContainer,
  ignoreUnknown = false,
): { readonly item: T; readonly node: StoredInstance }[] {
  const found = items.map((item) => ({ item, node: findNode(state, item, container) }));
  const missing = found.filter(({ node }) => node === undefined).map(({ item }) => idOf(item));
  if (missing.length > 0 && !ignoreUnknown) throw unknownIds(missing);
  return found.flatMap(({ item, node }) => (node ? [{ item, node }] : []));
}

/** The refusal for ids that name nothing. */
export function unknownIds(missing: readonly JsonObject[]): Fault {
  const distinct = [...new Map(missing.map((id) => [JSON.stringify(id), id])).values()];
  const listed = distinct.slice(0, 10).map((id) => JSON.stringify(id));
  return new Fault(400, `Ids not found: ${listed.join(", ")}${distinct.length > 10 ? ", ..." : ""}`, {
    missing: distinct,
  });
}

/** The id of an item, without anything else. */
export function idOf({ instanceId, externalId, id }: ResourceId): JsonObject {
  if (instanceId) return { instanceId: { space: instanceId.space, externalId: instanceId.externalId } };
  return externalId === undefined ? { id: id ?? 0 } : { externalId };
}

/** The ids of a node, as answers give them. */
export function idsOf({ sequence, space, externalId }: StoredInstance): {
  readonly id: number;
  readonly instanceId: { readonly space: string; readonly externalId: string };
} {
  return { id: sequence, instanceId: { space, externalId } };
}

/** The value of a property of a node, by its container in the core model. */
export function propertyOf(node: StoredInstance, container: string, property: string): JsonValue | undefined {
  return node.rows.get(keyOf(container))?.get(property);
}

function keyOf(container: string): string {
  return `cdf_cdm/${container}`;
}
