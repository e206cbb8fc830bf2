import type { ViewDescriptor } from "../../ir/index.js";
import {
  type EdgeInstance,
  formatVersionedId,
  type Instance,
  type JsonValue,
  parseVersionedId,
} from "../../models/index.js";
import { referenceOf } from "../identity.js";
import type { JoinKey } from "../plan/plan.js";
import { propertyId, propertyOf } from "../registry.js";
import { valueDecoder } from "./value.js";

/** A row: `space`, `externalId`, then what was selected. */
export type Row = Record<string, unknown>;

/** Makes a row of an instance. */
export type DecodeRow = (instance: Instance) => Row;

type Step = readonly [name: string, read: (instance: Instance) => unknown];

/**
 * The decoder of a view's instances, compiled once for a selection. Without a view, rows carry only what every instance
 * has. Absent values are `null` (E101).
 */
export function compileRow(
  instanceType: Instance["instanceType"],
  view: ViewDescriptor | undefined,
  fields: readonly string[],
): DecodeRow {
  const steps = fields.map((field): Step => [field, fieldReader(view, field)]);
  const base = instanceType === "edge" ? edgeBase : nodeBase;
  return (instance) => {
    const row = base(instance);
    for (const [name, read] of steps) row[name] = read(instance);
    return row;
  };
}

/** Reads one property by the view and the id of the property. */
export function propertyReader({ source, property }: JoinKey): (instance: Instance) => JsonValue | undefined {
  const { space = "", externalId = "", version = "" } = parseVersionedId(source) ?? {};
  const view = `${externalId}/${version}`;
  const mayBeInherited = space in Object.prototype || property in Object.prototype;
  if (!mayBeInherited) return ({ properties }) => properties?.[space]?.[view]?.[property];
  return ({ properties }) => own(own(own(properties, space), view), property);
}

function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

function nodeBase({ space, externalId }: Instance): Row {
  return { space, externalId };
}

function edgeBase(instance: Instance): Row {
  const { type, startNode, endNode } = instance as EdgeInstance;
  return {
    ...nodeBase(instance),
    $type: referenceOf(type),
    $startNode: referenceOf(startNode),
    $endNode: referenceOf(endNode),
  };
}

function fieldReader(view: ViewDescriptor | undefined, field: string): (instance: Instance) => unknown {
  const property = view && propertyOf(view, field);
  if (view === undefined || property === undefined) return factReader(field);
  const read = propertyReader({ source: formatVersionedId(view), property: propertyId(view, field) });
  const decode = valueDecoder(field, property);
  return (instance) => {
    const value = read(instance);
    return value === undefined || value === null ? null : decode(value, instance);
  };
}

function factReader(fact: string): (instance: Instance) => unknown {
  switch (fact) {
    case "$version":
      return ({ version }) => version;
    case "$createdTime":
      return ({ createdTime }) => new Date(createdTime);
    case "$lastUpdatedTime":
      return ({ lastUpdatedTime }) => new Date(lastUpdatedTime);
    default:
      return ({ type }) => (type === undefined ? null : referenceOf(type));
  }
}
