import type { NodeReference } from "../../../models/index.js";
import { instanceKey, type ProjectState, type StoredInstance } from "../state.js";
import type { StoredRow } from "../stored-row.js";
import { indexRow, replaceRow } from "./row-indexes.js";

/** Adds a new instance, with its rows, to the store and every index. */
export function addInstance(state: ProjectState, instance: StoredInstance): void {
  attach(state, instance);
  for (const key of instance.rows.keys()) indexRow(state, instance, key, undefined, instance.rows.get(key));
  state.changes.record(instance);
}

function attach(state: ProjectState, instance: StoredInstance): void {
  if (state.deletedInstances.size > 0) purge(state, instanceKey(instance));
  state.instances.set(instance, instance);
  if (instance.instanceType === "node") state.nodeOrder.add(instance);
  else state.edgeOrder.add(instance);
  linkEnds(state, instance);
}

/**
 * Makes an instance what it once was, with its place in the order of changes; whatever else has its id is gone. What is
 * kept beside an instance stays with it.
 */
export function placeInstance(state: ProjectState, given: StoredInstance, rows: readonly StoredRow[]): void {
  const live = state.instances.get(given);
  const isSame = live?.sequence === given.sequence && given.deletedTime === undefined;
  if (live && isSame) {
    state.changes.forget(live);
    update(state, live, given, rows);
    state.changes.place(live);
    return;
  }
  if (live) {
    state.changes.forget(live);
    for (const containerKey of live.rows.keys()) replaceRow(state, live, containerKey, undefined, "none");
    detach(state, live);
  }
  if (given.deletedTime === undefined) {
    attach(state, given);
    for (const row of rows) replaceRow(state, given, row.layout.containerKey, row, "none");
  } else {
    const key = instanceKey(given);
    purge(state, key);
    for (const row of rows) given.rows.set(row);
    state.deletedInstances.set(key, given);
  }
  state.changes.place(given);
}

function update(
  state: ProjectState,
  instance: StoredInstance,
  { version, type, startNode, endNode, lastUpdatedTime, change }: StoredInstance,
  rows: readonly StoredRow[],
): void {
  moveEnds(state, instance, startNode, endNode);
  Object.assign(instance, { version, type, lastUpdatedTime, change });
  const kept = new Set(rows.map(({ layout }) => layout.containerKey));
  for (const key of instance.rows.keys()) if (!kept.has(key)) replaceRow(state, instance, key, undefined, "none");
  for (const row of rows) replaceRow(state, instance, row.layout.containerKey, row, "none");
}

/**
 * Removes an instance from the store and every index, and keeps what it was for syncs (contract 7.3); edges that touch
 * it are left alone.
 */
export function removeInstance(state: ProjectState, instance: StoredInstance, deletedTime: number): void {
  const deleted = { ...instance, rows: instance.rows.copy(), change: 0, deletedTime };
  state.deletedInstances.set(instanceKey(instance), deleted);
  state.changes.forget(instance);
  state.changes.record(deleted);
  for (const containerKey of instance.rows.keys()) replaceRow(state, instance, containerKey, undefined);
  detach(state, instance);
}

function detach(state: ProjectState, instance: StoredInstance): void {
  unlinkEnds(state, instance);
  state.nodeOrder.delete(instance);
  state.edgeOrder.delete(instance);
  state.instances.delete(instance);
}

/** Milliseconds for which deleted instances are kept, and for which cursors of syncs are good (contract 7.3, 8.2). */
export const RETENTION: number = 3 * 24 * 60 * 60 * 1000;

/** Drops what was deleted too long ago. */
export function purgeDeleted(state: ProjectState): void {
  const oldest = state.now() - RETENTION;
  for (const [key, instance] of state.deletedInstances) {
    if ((instance.deletedTime ?? 0) >= oldest) return;
    purge(state, key);
  }
}

/** Drops what was deleted under a key, if anything. */
function purge(state: ProjectState, key: string): void {
  const deleted = state.deletedInstances.get(key);
  if (!deleted) return;
  state.deletedInstances.delete(key);
  state.changes.forget(deleted);
}

/** Gives an edge other ends. */
export function moveEnds(
  state: ProjectState,
  edge: StoredInstance,
  startNode: NodeReference | undefined,
  endNode: NodeReference | undefined,
): void {
  unlinkEnds(state, edge);
  edge.startNode = startNode;
  edge.endNode = endNode;
  linkEnds(state, edge);
}

/** The edges that start or end in a node, each once. */
export function edgesOf(state: ProjectState, node: NodeReference): ReadonlySet<StoredInstance> {
  const key = instanceKey(node);
  return new Set([...(state.edgesByStart.get(key) ?? []), ...(state.edgesByEnd.get(key) ?? [])]);
}

function linkEnds(state: ProjectState, edge: StoredInstance): void {
  link(state.edgesByStart, edge.startNode, edge);
  link(state.edgesByEnd, edge.endNode, edge);
}

function unlinkEnds(state: ProjectState, edge: StoredInstance): void {
  unlink(state.edgesByStart, edge.startNode, edge);
  unlink(state.edgesByEnd, edge.endNode, edge);
}

function link(index: Map<string, Set<StoredInstance>>, node: NodeReference | undefined, edge: StoredInstance): void {
  if (!node) return;
  const key = instanceKey(node);
  const edges = index.get(key);
  if (edges) edges.add(edge);
  else index.set(key, new Set([edge]));
}

function unlink(index: Map<string, Set<StoredInstance>>, node: NodeReference | undefined, edge: StoredInstance): void {
  if (!node) return;
  const key = instanceKey(node);
  const edges = index.get(key);
  edges?.delete(edge);
  if (edges?.size === 0) index.delete(key);
}
