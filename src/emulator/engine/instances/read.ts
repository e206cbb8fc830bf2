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
import { containerKey, type ProjectState, type StoredInstance } from "../state.js";
import type { Conversion } from "../units/index.js";
import { viewName } from "./names.js";
import { conversionsOf, convertValue, inUnit } from "./read-units.js";

/** A view made ready to read instances through. */
export interface ReadSource {
  readonly reference: ViewReference;
  /** `View/version`. */
  readonly key: string;
  readonly containers: readonly string[];
  readonly columns: readonly Column[];
}

/** A property of a source. */
export interface Column {
  readonly id: string;
  readonly containerKey: string;
  readonly property: MappedProperty;
  /** To the unit that was asked for. */
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
  return {
    reference,
    key: `${reference.externalId}/${reference.version}`,
    containers: view.mappedContainers.map(containerKey),
    columns,
  };
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
  const { instanceType, space, externalId, version, createdTime, lastUpdatedTime, type, startNode, endNode } = instance;
  const { deletedTime } = instance;
  const facts = { space, externalId, version, createdTime, lastUpdatedTime };
  const properties =
    deletedTime !== undefined
      ? { deletedTime }
      : sources.length === 0
        ? {}
        : { properties: readProperties(instance, sources) };
  if (instanceType === "edge" && type && startNode && endNode) {
    return { instanceType, ...facts, type, startNode, endNode, ...properties };
  }
  return { instanceType: "node", ...facts, ...(type ? { type } : {}), ...properties };
}

function readProperties(instance: StoredInstance, sources: readonly ReadSource[]): PropertiesBySource {
  const present = sources.filter(({ containers }) => containers.some((key) => instance.rows.has(key)));
  const [only] = present;
  // By far the most are read through one view.
  if (only && present.length === 1) return { [only.reference.space]: { [only.key]: readColumns(instance, only) } };
  return bySource(present, (source) => readColumns(instance, source));
}

function readColumns({ rows }: StoredInstance, { columns }: ReadSource): PropertyValues {
  const values: Record<string, JsonValue> = {};
  for (const { id, containerKey: key, property, conversion } of columns) {
    const stored = rows.get(key)?.get(property.containerPropertyIdentifier);
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
  return bySource(sources, ({ columns }) =>
    Object.fromEntries(columns.map(({ id, property }) => [id, typingOfProperty(property)] as const)),
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
  sources: readonly ReadSource[],
  valuesOf: (source: ReadSource) => Readonly<Record<string, T>>,
): Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, T>>>>>> {
  const spaces = new Map<string, Map<string, Readonly<Record<string, T>>>>();
  for (const source of sources) {
    const { space } = source.reference;
    const inSpace = spaces.get(space) ?? new Map<string, Readonly<Record<string, T>>>();
    inSpace.set(source.key, valuesOf(source));
    spaces.set(space, inSpace);
  }
  return Object.fromEntries([...spaces].map(([space, inSpace]) => [space, Object.fromEntries(inSpace)]));
}
