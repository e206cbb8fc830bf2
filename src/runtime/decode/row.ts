import type { ViewDescriptor } from "../../ir/index.js";
import {
  type EdgeInstance,
  formatVersionedId,
  type Instance,
  type PropertyValues,
  parseVersionedId,
} from "../../models/index.js";
import { isReference, referenceOf } from "../identity.js";
import { propertyId, propertyOf, storedNames } from "../registry.js";
import { copier } from "./copier.js";
import { checkIdentity, type OnMismatch, refuse, wrongValue } from "./mismatch.js";
import { setField } from "./set-field.js";
import { type DecodeValue, isPlain, type PlainKind, plainKind, valueDecoder } from "./value.js";

/** A row: `space`, `externalId`, then what was selected. */
export type Row = Record<string, unknown>;

/** Makes a row of an instance. */
export type DecodeRow = (instance: Instance) => Row;

/** How one property gets into rows. */
interface Step {
  readonly id: string;
  readonly name: string;
  /** Place among the fields that were selected. */
  readonly place: number;
  /** Values of this kind pass as they are. */
  readonly plain: PlainKind;
  readonly decode: DecodeValue;
}

/** A property that is in the answer and not in rows. */
interface Unasked {
  readonly id: string;
  readonly decode?: undefined;
}

/** How something that every instance has gets into rows. */
interface Fact {
  readonly name: string;
  readonly read: (instance: Instance) => unknown;
}

/**
 * The decoder of a view's instances, compiled once for a selection: it checks every value against the view. Without a
 * view, rows carry only what every instance has. Absent values are `null` (E101).
 *
 * @param later - names of what is filled in afterwards: so rows have one form from the start
 */
export function compileRow(
  instanceType: Instance["instanceType"],
  view: ViewDescriptor | undefined,
  fields: readonly string[],
  onMismatch: OnMismatch = refuse,
  later: readonly string[] = [],
): DecodeRow {
  const own = fields.filter((field) => view !== undefined && propertyOf(view, field) !== undefined);
  const facts = [
    ...(instanceType === "edge" ? edgeFacts : []),
    ...fields.filter((field) => !own.includes(field)).map((field) => factReader(field, onMismatch)),
  ];
  const names = [
    "space",
    "externalId",
    ...(instanceType === "edge" ? edgeFacts : []).map(({ name }) => name),
    ...fields,
    ...later,
  ];
  const empty = Object.fromEntries(names.map((name) => [name, null])) as Row;
  const copy = copier();
  const fill = view === undefined || own.length === 0 ? undefined : compileValues(view, own, onMismatch);
  return (instance) => {
    checkIdentity(instance);
    const row = copy(empty);
    row["space"] = instance.space;
    row["externalId"] = instance.externalId;
    if (facts.length > 0) for (const { name, read } of facts) row[name] = read(instance);
    fill?.(row, instance);
    return row;
  };
}

/**
 * Fills in the values of a view's properties. It walks the values there are, in their order, which is the same from
 * instance to instance: so the step of each is found by a glance, without looking names up in objects.
 */
function compileValues(
  view: ViewDescriptor,
  fields: readonly string[],
  onMismatch: OnMismatch,
): (row: Row, instance: Instance) => void {
  const valuesOf = sourceReader(formatVersionedId(view));
  const steps = new Map(
    fields.map((field, place) => [propertyId(view, field), stepOf(view, field, place, onMismatch)]),
  );
  // Only where all is read does what there is no step for come unasked: it was added to the view since (E93).
  const missed = storedNames(view).every((name) => fields.includes(name)) ? keepAside : ignore;
  /** The steps in the order in which values came before. */
  const order: (Step | Unasked)[] = [];
  return (row, instance) => {
    const values = valuesOf(instance);
    let at = 0;
    for (const id in values) {
      let step = at < order.length ? order[at] : undefined;
      if (step?.id !== id) {
        step = steps.get(id) ?? { id };
        order[at] = step;
      }
      at += 1;
      const value = values[id];
      if (step.decode === undefined) missed(row, id, value);
      else if (isPlain(step.plain, value)) setField(row, step, value);
      else if (value !== undefined && value !== null) setField(row, step, step.decode(value, instance));
    }
  };
}

function keepAside(row: Row, id: string, value: unknown): void {
  row["$unknown"] = withEntry(row["$unknown"], id, value);
}

function ignore(): void {}

/** Names of properties may be any, `__proto__` too. */
export function withEntry(values: unknown, name: string, value: unknown): Record<string, unknown> {
  return Object.fromEntries([...Object.entries(Object(values)), [name, value]]);
}

function stepOf(view: ViewDescriptor, name: string, place: number, onMismatch: OnMismatch): Step {
  const property = propertyOf(view, name);
  if (property === undefined) throw new RangeError(`No property ${name}.`);
  const decode = valueDecoder(name, property, onMismatch);
  return { id: propertyId(view, name), name, place, plain: plainKind(property), decode };
}

/** Finds the values that an instance has in a view. */
export function sourceReader(source: string): (instance: Instance) => PropertyValues | undefined {
  const { space = "", externalId = "", version = "" } = parseVersionedId(source) ?? {};
  const view = `${externalId}/${version}`;
  if (!(space in Object.prototype)) return ({ properties }) => properties?.[space]?.[view];
  return ({ properties }) => own(properties, space)?.[view];
}

/** What an object has itself: names such as `constructor` are names like others. */
export function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** By its ends an edge is joined to others, so they must be there in any case. */
const edgeFacts: readonly Fact[] = (["type", "startNode", "endNode"] as const).map((fact) => ({
  name: `$${fact}`,
  read: (instance) => referenceIn(`$${fact}`, instance, (instance as EdgeInstance)[fact], refuse),
}));

function factReader(name: string, onMismatch: OnMismatch): Fact {
  const number = (instance: Instance, value: unknown): number => {
    if (typeof value !== "number") onMismatch(name, () => wrongValue(name, instance, "a number", value));
    return Number(value);
  };
  switch (name) {
    case "$version":
      return { name, read: (instance) => number(instance, instance.version) };
    case "$createdTime":
      return { name, read: (instance) => new Date(number(instance, instance.createdTime)) };
    case "$lastUpdatedTime":
      return { name, read: (instance) => new Date(number(instance, instance.lastUpdatedTime)) };
    default:
      return {
        name,
        read: (instance) =>
          instance.type === undefined || instance.type === null
            ? null
            : referenceIn(name, instance, instance.type, onMismatch),
      };
  }
}

function referenceIn(name: string, instance: Instance, value: unknown, onMismatch: OnMismatch): unknown {
  if (isReference(value)) return referenceOf(value);
  onMismatch(name, () => wrongValue(name, instance, "{ space, externalId }", value));
  return value;
}
