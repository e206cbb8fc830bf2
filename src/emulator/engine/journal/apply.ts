import type { JsonValue, NodeReference } from "../../../models/index.js";
import { storeContainer } from "../containers.js";
import { dropContainerData, layoutOf } from "../instances/row-indexes.js";
import { placeInstance } from "../instances/store.js";
import { type ProjectState, type StoredInstance, versionedKey } from "../state.js";
import { StoredRow } from "../stored-row.js";
import { StoredRows } from "../stored-rows.js";
import { applyData, applySequence } from "./data.js";
import type { ChangedResources, ChangeRecord, PackedInstance, PackedReference, SchemaChanges } from "./records.js";

/**
 * Makes the changes of a record in a project that has all those before it, or some of those after it too. Indexes are
 * left to be built when they are used.
 */
export function applyRecord(state: ProjectState, record: ChangeRecord): void {
  if (record.schema) applySchema(state, record.schema);
  const readers = record.layouts.map(([key, ...properties]) => rowReader(state, key, properties));
  for (const packed of record.instances) {
    const rows = packed[12].flatMap(([layout, ...values]) => readers[layout]?.(values) ?? []);
    placeInstance(state, instanceOf(packed), rows);
  }
  for (const data of record.data) applyData(state, data);
  for (const sequence of record.sequences) applySequence(state, sequence);
  for (const [key, next] of record.counters) state.counters.set(key, next);
  state.nextSequence = Math.max(state.nextSequence, record.nextSequence);
  state.changes.continueAfter(record.lastChange);
}

function applySchema(state: ProjectState, { spaces, containers, views, dataModels, emptied }: SchemaChanges): void {
  for (const key of emptied) dropContainerData(state, key);
  apply(state.spaces, spaces, ({ space }) => space);
  for (const key of containers.gone) state.containers.delete(key);
  for (const container of containers.put) storeContainer(state, container);
  apply(state.views, views, versionedKey);
  apply(state.dataModels, dataModels, versionedKey);
  state.schemaVersion += 1;
  for (const index of [state.propertyIndexes, state.uniqueValues, state.relationHolders]) index.clear();
}

function apply<T>(stored: Map<string, T>, { put, gone }: ChangedResources<T>, keyOf: (resource: T) => string): void {
  for (const key of gone) stored.delete(key);
  for (const resource of put) stored.set(keyOf(resource), resource);
}

/** Reads the rows of a layout; values of floating-point properties are numbers, as long as their digits may be. */
function rowReader(
  state: ProjectState,
  containerKey: string,
  properties: readonly string[],
): (values: readonly JsonValue[]) => StoredRow {
  const layout = layoutOf(state, containerKey);
  const places = properties.map((property) => layout.placeFor(property));
  const width = Math.max(0, ...places.map((place) => place + 1));
  const types = state.containers.get(containerKey)?.properties ?? {};
  const floats = properties.map((property) => types[property]?.type.type.startsWith("float") === true);
  return (values) => {
    const cells = new Array<JsonValue | undefined>(width).fill(undefined);
    for (let at = 0; at < values.length; at++) {
      const value = values[at];
      if (value !== null) cells[places[at] as number] = floats[at] === true ? inexact(value) : value;
    }
    return new StoredRow(layout, cells);
  };
}

function inexact(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value === "bigint") return Number(value);
  return Array.isArray(value) ? value.map((entry) => (typeof entry === "bigint" ? Number(entry) : entry)) : value;
}

function instanceOf([
  type,
  space,
  externalId,
  sequence,
  version,
  created,
  updated,
  change,
  deleted,
  ...more
]: PackedInstance): StoredInstance {
  const [nodeType, startNode, endNode] = more;
  return {
    instanceType: type === 0 ? "node" : "edge",
    space,
    externalId,
    sequence,
    version,
    type: reference(nodeType),
    startNode: reference(startNode),
    endNode: reference(endNode),
    createdTime: created,
    lastUpdatedTime: updated,
    rows: new StoredRows(),
    change,
    deletedTime: deleted === 0 ? undefined : deleted,
  };
}

function reference(packed: PackedReference): NodeReference | undefined {
  return packed === 0 ? undefined : { space: packed[0], externalId: packed[1] };
}
