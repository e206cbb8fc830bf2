import {
  type Container,
  type JsonValue,
  type NodeReference,
  type UniquenessConstraint,
  writeJson,
} from "../../../models/index.js";
import { SequenceOrder } from "../sequence-order.js";
import { instanceKey, type ProjectState, type StoredInstance } from "../state.js";
import { type Row, RowLayout } from "../stored-row.js";
import { entriesOf, indexesOf, keysOf } from "./property-index.js";
import { isDirectValue } from "./references.js";

export type { Row } from "../stored-row.js";

/** A uniqueness constraint with its place. */
export interface PlacedUniqueness {
  readonly containerKey: string;
  readonly id: string;
  readonly constraint: UniquenessConstraint;
}

const NO_ROWS: SequenceOrder<StoredInstance> = /* @__PURE__ */ new SequenceOrder<StoredInstance>();

/** The instances with a row in a container. */
export function rowsOf(state: ProjectState, containerKey: string): SequenceOrder<StoredInstance> {
  return state.containerRows.get(containerKey) ?? NO_ROWS;
}

const uniqueness = new WeakMap<Container, readonly PlacedUniqueness[]>();

/** The uniqueness constraints of a container. */
export function uniquenessOf(container: Container | undefined, containerKey: string): readonly PlacedUniqueness[] {
  if (!container) return [];
  const known = uniqueness.get(container);
  if (known) return known;
  const placed = Object.entries(container.constraints ?? {}).flatMap(([id, constraint]) =>
    constraint.constraintType === "uniqueness" ? [{ containerKey, id, constraint }] : [],
  );
  uniqueness.set(container, placed);
  return placed;
}

/** What a row holds in the properties of a constraint; `undefined` when one is null, which clashes with nothing. */
export function uniqueValue({ constraint }: PlacedUniqueness, space: string, row: Row | undefined): string | undefined {
  const values = constraint.properties.map((property) => row?.get(property));
  if (values.includes(undefined)) return undefined;
  return writeJson(constraint.bySpace === true ? [space, ...values] : values);
}

/** Who holds each value of a constraint. */
export function holdersOfUnique(state: ProjectState, placed: PlacedUniqueness): Map<string, StoredInstance> {
  const key = partKey(placed.containerKey, placed.id);
  const known = state.uniqueValues.get(key);
  if (known) return known;
  const holders = new Map<string, StoredInstance>();
  for (const instance of rowsOf(state, placed.containerKey).all()) {
    const value = uniqueValue(placed, instance.space, instance.rows.get(placed.containerKey));
    if (value !== undefined) holders.set(value, instance);
  }
  state.uniqueValues.set(key, holders);
  return holders;
}

/** The instances whose direct relation, a property that is not a list, points at a node. */
export function holdersOfRelation(
  state: ProjectState,
  containerKey: string,
  property: string,
  target: NodeReference,
): ReadonlySet<StoredInstance> | undefined {
  return relationHolders(state, containerKey, property).get(instanceKey(target));
}

/** The instances whose direct relation, a property that is not a list, points at each node, by its key. */
export function relationHolders(
  state: ProjectState,
  containerKey: string,
  property: string,
): ReadonlyMap<string, ReadonlySet<StoredInstance>> {
  const key = partKey(containerKey, property);
  const known = state.relationHolders.get(key);
  if (known) return known;
  const holders = new Map<string, Set<StoredInstance>>();
  for (const instance of rowsOf(state, containerKey).all()) {
    addHolder(holders, instance.rows.get(containerKey)?.get(property), instance);
  }
  state.relationHolders.set(key, holders);
  return holders;
}

/**
 * Puts a row in place of another, or removes it, in the instance and in every index.
 *
 * @param building - whether indexes that are not built yet are: adding to them bit by bit costs more than all at once
 */
export function replaceRow(
  state: ProjectState,
  instance: StoredInstance,
  containerKey: string,
  row: Row | undefined,
  building: "all" | "none" = "all",
): void {
  indexRow(state, instance, containerKey, instance.rows.get(containerKey), row, building);
  if (row) instance.rows.set(layoutOf(state, containerKey).pack(row));
  else instance.rows.delete(containerKey);
}

/** Puts a row in place of another, or removes it, in every index. */
export function indexRow(
  state: ProjectState,
  instance: StoredInstance,
  containerKey: string,
  old: Row | undefined,
  row: Row | undefined,
  building: "all" | "none" = "all",
): void {
  const change = { state, instance, containerKey, old, row, building };
  moveUniqueValues(change);
  moveRelations(change);
  moveEntries(change);
  if (row && !old) orderOf(state, containerKey).add(instance);
  if (old && !row) state.containerRows.get(containerKey)?.delete(instance);
}

interface RowChange {
  readonly state: ProjectState;
  readonly instance: StoredInstance;
  readonly containerKey: string;
  readonly old: Row | undefined;
  readonly row: Row | undefined;
  readonly building: "all" | "none";
}

function moveUniqueValues({ state, instance, containerKey, old, row, building }: RowChange): void {
  for (const placed of uniquenessOf(state.containers.get(containerKey), containerKey)) {
    if (building === "none" && !state.uniqueValues.has(partKey(containerKey, placed.id))) continue;
    const holders = holdersOfUnique(state, placed);
    const before = uniqueValue(placed, instance.space, old);
    if (before !== undefined && holders.get(before) === instance) holders.delete(before);
    const after = uniqueValue(placed, instance.space, row);
    if (after !== undefined) holders.set(after, instance);
  }
}

function moveRelations({ state, instance, containerKey, old, row }: RowChange): void {
  for (const [key, holders] of state.relationHolders) {
    if (!key.startsWith(`${containerKey}|`)) continue;
    const property = key.slice(containerKey.length + 1);
    removeHolder(holders, old?.get(property), instance);
    addHolder(holders, row?.get(property), instance);
  }
}

function moveEntries({ state, instance, containerKey, old, row, building }: RowChange): void {
  for (const index of indexesOf(state.containers.get(containerKey))) {
    if (building === "none" && !state.propertyIndexes.has(index.key)) continue;
    const entries = entriesOf(state, index);
    if (old) for (const key of keysOf(index, instance.space, old)) entries.delete(key, instance);
    if (row) for (const key of keysOf(index, instance.space, row)) entries.add(key, instance);
  }
}

/** Removes every row of a container, as deleting the container does (contract 5.4). */
export function dropContainerData(state: ProjectState, containerKey: string): void {
  for (const instance of rowsOf(state, containerKey).all()) instance.rows.delete(containerKey);
  state.containerRows.delete(containerKey);
  state.layouts.delete(containerKey);
  for (const index of [state.uniqueValues, state.relationHolders, state.propertyIndexes, state.counters]) {
    for (const key of index.keys()) if (key.startsWith(`${containerKey}|`)) index.delete(key);
  }
}

/** Names a property or a constraint of a container; none of the parts can hold a `|`. */
export function partKey(containerKey: string, part: string): string {
  return `${containerKey}|${part}`;
}

function orderOf(state: ProjectState, containerKey: string): SequenceOrder<StoredInstance> {
  const known = state.containerRows.get(containerKey);
  if (known) return known;
  const order = new SequenceOrder<StoredInstance>();
  state.containerRows.set(containerKey, order);
  return order;
}

/** How the rows of a container are laid out. */
export function layoutOf(state: ProjectState, containerKey: string): RowLayout {
  const known = state.layouts.get(containerKey);
  if (known) return known;
  const layout = new RowLayout(containerKey);
  state.layouts.set(containerKey, layout);
  return layout;
}

function addHolder(
  holders: Map<string, Set<StoredInstance>>,
  value: JsonValue | undefined,
  instance: StoredInstance,
): void {
  if (!isDirectValue(value)) return;
  const key = instanceKey(value);
  const set = holders.get(key);
  if (set) set.add(instance);
  else holders.set(key, new Set([instance]));
}

function removeHolder(
  holders: Map<string, Set<StoredInstance>>,
  value: JsonValue | undefined,
  instance: StoredInstance,
): void {
  if (!isDirectValue(value)) return;
  const key = instanceKey(value);
  const set = holders.get(key);
  set?.delete(instance);
  if (set?.size === 0) holders.delete(key);
}
