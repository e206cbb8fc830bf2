import {
  type Instance,
  isMapped,
  type JsonValue,
  type MappedProperty,
  type PropertiesBySource,
  type PropertyTyping,
  type PropertyValues,
  type SelectSource,
  type Source,
  type Typing,
  type ViewReference,
} from "../../../models/index.js";
import { badRequest } from "../fault.js";
import { resolveView } from "../resolve.js";
import { containerKey, type ProjectState, rowKey, type StoredInstance } from "../state.js";
import type { Conversion } from "../units/index.js";
import { viewName } from "./names.js";
import { conversionsOf, convertValue, inUnit } from "./read-units.js";

/** A view made ready to read instances through, as the project is now: the next write may make it out of date. */
export interface ReadSource {
  readonly reference: ViewReference;
  /** `View/version`. */
  readonly key: string;
  readonly containers: readonly string[];
  readonly columns: readonly Column[];
  /** Where values of the columns are; those that no row has are left out. */
  readonly cells: readonly Cell[];
}

/** A property of a source. */
export interface Column {
  readonly id: string;
  readonly containerKey: string;
  readonly property: MappedProperty;
  /** To the unit that was asked for. */
  readonly conversion: Conversion | undefined;
}

/** Where rows have the value of a column. */
interface Cell {
  readonly id: string;
  /** The position of its container among those of the source. */
  readonly container: number;
  /** The place of the value in the container's rows. */
  readonly place: number;
  readonly conversion: Conversion | undefined;
}

/** These stand for all properties of a view. */
const ALL = new Set(["*", ".*"]);

/**
 * Makes views ready to read through; connections are left out.
 *
 * @throws {@link Fault} 400 for unknown views, properties and units.
 */
export function readSources(
  state: ProjectState,
  sources: readonly (Source | SelectSource)[] | undefined,
): readonly ReadSource[] {
  return (sources ?? []).map((source) => readSource(state, source, "properties" in source ? source.properties : ["*"]));
}

function readSource(
  state: ProjectState,
  { source: reference, targetUnits = [] }: Source | SelectSource,
  asked: readonly string[],
): ReadSource {
  const view = resolveView(state, reference);
  if (!view) throw badRequest(`One or more views do not exist: '${viewName(reference)}'`);
  const propertyOf = (id: string): MappedProperty | undefined => {
    const property = view.properties.get(id);
    return property && isMapped(property) ? property : undefined;
  };
  const conversions = conversionsOf(targetUnits, propertyOf, viewName(reference));
  const mapped = new Map<string, Column>();
  for (const id of view.properties.keys()) {
    const property = propertyOf(id);
    if (property) mapped.set(id, columnOf(id, property, conversions.get(id)));
  }
  const columns = asked.some((id) => ALL.has(id))
    ? [...mapped.values()]
    : [...new Set(asked)].map((id) => {
        const column = mapped.get(id);
        if (column) return column;
        const reason = view.properties.has(id) ? ": it is a connection, which holds no data" : "";
        throw badRequest(`Unknown property '${id}' to select in view '${viewName(reference)}'${reason}`);
      });
  const containers = view.mappedContainers.map((container) => rowKey(state, container));
  return {
    reference,
    key: `${reference.externalId}/${reference.version}`,
    containers,
    columns,
    cells: columns.flatMap((column) => cellOf(state, containers, column)),
  };
}

function cellOf(
  state: ProjectState,
  containers: readonly string[],
  { id, containerKey: key, property, conversion }: Column,
): readonly Cell[] {
  const place = state.layouts.get(key)?.placeOf(property.containerPropertyIdentifier);
  return place === undefined ? [] : [{ id, container: containers.indexOf(key), place, conversion }];
}

function columnOf(id: string, property: MappedProperty, conversion: Conversion | undefined): Column {
  const shown = conversion ? inUnit(property, conversion) : property;
  return { id, containerKey: containerKey(property.container), property: shown, conversion };
}

/**
 * An instance as answers show it (contract 7.1): with the values of each source it has data in, nulls left
 * out; a deleted one without values (contract 8.2).
 */
export function readInstance(instance: StoredInstance, sources: readonly ReadSource[]): Instance {
  const { space, externalId, version, createdTime, lastUpdatedTime, type, startNode, endNode, deletedTime } = instance;
  // Put together step by step: copies of parts would take longer than all else.
  const shown: Writable<Instance> =
    instance.instanceType === "edge" && type && startNode && endNode
      ? { instanceType: "edge", space, externalId, version, createdTime, lastUpdatedTime, type, startNode, endNode }
      : { instanceType: "node", space, externalId, version, createdTime, lastUpdatedTime };
  if (type) shown.type = type;
  if (deletedTime !== undefined) shown.deletedTime = deletedTime;
  else if (sources.length > 0) shown.properties = readProperties(instance, sources);
  return shown;
}

type Writable<T> = T extends unknown ? { -readonly [K in keyof T]: T[K] } : never;

function readProperties(instance: StoredInstance, sources: readonly ReadSource[]): PropertiesBySource {
  const [only] = sources;
  // By far the most are read through one view.
  if (only && sources.length === 1) {
    const values = readCells(instance, only);
    return values ? keyed(only.reference.space, keyed(only.key, values)) : {};
  }
  return bySource(
    sources.flatMap((source) => {
      const values = readCells(instance, source);
      return values ? [{ source, values }] : [];
    }),
  );
}

/** An object with one key, no `__proto__`; a literal with a computed key takes several times as long. */
function keyed<T>(key: string, value: T): Record<string, T> {
  const object: Record<string, T> = {};
  object[key] = value;
  return object;
}

/** The values that a source shows of an instance; `undefined` when it has no data in it. */
function readCells({ rows }: StoredInstance, { containers, cells }: ReadSource): PropertyValues | undefined {
  const held = containers.map((key) => rows.cells(key));
  if (held.every((row) => row === undefined)) return undefined;
  const values: Record<string, JsonValue> = {};
  for (const { id, container, place, conversion } of cells) {
    const stored = held[container]?.[place];
    if (stored === undefined) continue;
    const value = conversion ? convertValue(stored, conversion) : stored;
    // The one id that an object would not take as a key of its own.
    if (id === "__proto__") Object.defineProperty(values, id, { value, enumerable: true });
    else values[id] = value;
  }
  return values;
}

/** The facts of all properties that the sources return (contract 7.1). */
export function typingOf(sources: readonly ReadSource[]): Typing {
  return bySource(
    sources.map((source) => ({
      source,
      values: Object.fromEntries(source.columns.map(({ id, property }) => [id, typingOfProperty(property)] as const)),
    })),
  );
}

function typingOfProperty(property: MappedProperty): PropertyTyping {
  const { type, nullable, immutable, autoIncrement, defaultValue, name, description } = property;
  return {
    type,
    nullable,
    immutable: immutable === true,
    autoIncrement: autoIncrement === true,
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
  };
}

/** Nests values by space and source; ids such as `constructor` are keys like any other. */
function bySource<T>(
  found: readonly { readonly source: ReadSource; readonly values: Readonly<Record<string, T>> }[],
): Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, T>>>>>> {
  const spaces = new Map<string, Map<string, Readonly<Record<string, T>>>>();
  for (const { source, values } of found) {
    const { space } = source.reference;
    const inSpace = spaces.get(space) ?? new Map<string, Readonly<Record<string, T>>>();
    inSpace.set(source.key, values);
    spaces.set(space, inSpace);
  }
  return Object.fromEntries([...spaces].map(([space, inSpace]) => [space, Object.fromEntries(inSpace)]));
}
