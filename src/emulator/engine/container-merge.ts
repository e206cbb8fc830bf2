import {
  type BuildState,
  type Constraint,
  type ConstraintState,
  type Container,
  type ContainerCreate,
  type ContainerProperty,
  type ContainerPropertyCreate,
  type Index,
  isListType,
  type JsonValue,
  type PropertyType,
  type ServerFacts,
  sameJson,
} from "../../models/index.js";
import { typeChange } from "./container-changes.js";
import { badRequest } from "./fault.js";

/** A container without the facts the service adds. */
export type ContainerDefinition = Omit<Container, keyof ServerFacts>;

/** The values that instances have in a container, by property id; asked for only when a change depends on them. */
export type StoredRows = () => readonly ReadonlyMap<string, JsonValue>[];

/** How messages name a container. */
export function containerName({ space, externalId }: Pick<ContainerCreate, "space" | "externalId">): string {
  return `${space}:${externalId}`;
}

/**
 * What a container becomes by an upsert: parts left out are kept, parts given are added or changed (contract 5.4).
 *
 * @throws Fault 400 for a change that the service refuses
 */
export function mergeContainer(
  previous: Container | undefined,
  given: ContainerCreate,
  rows: StoredRows,
): ContainerDefinition {
  const name = containerName(given);
  const usedFor = given.usedFor ?? previous?.usedFor ?? "node";
  if (previous && usedFor !== previous.usedFor) {
    throw badRequest(`Cannot change usedFor of container '${name}' from ${previous.usedFor} to ${usedFor}.`);
  }
  const { space, externalId, name: label, description } = given;
  return {
    space,
    externalId,
    usedFor,
    ...(label === undefined ? {} : { name: label }),
    ...(description === undefined ? {} : { description }),
    properties: mergeProperties(previous, given, rows),
    constraints: mergeParts("Constraint", name, previous?.constraints, mapValues(given.constraints, builtConstraint)),
    indexes: mergeParts("Index", name, previous?.indexes, mapValues(given.indexes, builtIndex)),
  };
}

function mergeProperties(
  previous: Container | undefined,
  given: ContainerCreate,
  rows: StoredRows,
): Readonly<Record<string, ContainerProperty>> {
  const properties = new Map(Object.entries(previous?.properties ?? {}));
  for (const [id, property] of Object.entries(given.properties)) {
    const place = `property '${id}' of container '${containerName(given)}'`;
    const before = properties.get(id);
    const change = before && typeChange(before.type, property.type);
    if (change) throw badRequest(`Cannot change ${change} of ${place}.`);
    const nullability = nullabilityOf(id, property, before, previous ? rows : noRows);
    if (nullability === "failed" && !before) {
      throw badRequest(`Cannot add ${place}: it is required, has no default value, and the container holds data.`);
    }
    properties.set(id, readProperty(property, nullability));
  }
  return Object.fromEntries(properties);
}

function noRows(): readonly ReadonlyMap<string, JsonValue>[] {
  return [];
}

/** Whether the data already stored fits a property that is not nullable; `undefined` for one that is. */
function nullabilityOf(
  id: string,
  property: ContainerPropertyCreate,
  before: ContainerProperty | undefined,
  rows: StoredRows,
): BuildState | undefined {
  if (property.nullable !== false) return undefined;
  if (before?.nullable === false) return before.constraintState?.nullability ?? "current";
  if (!before && property.defaultValue !== undefined) return "current";
  return rows().every((row) => row.has(id)) ? "current" : "failed";
}

function readProperty(property: ContainerPropertyCreate, nullability: BuildState | undefined): ContainerProperty {
  const { type, nullable = true, immutable = false, autoIncrement = false, ...rest } = property;
  return {
    type: readType(type),
    nullable,
    immutable,
    autoIncrement,
    ...rest,
    constraintState: { ...(nullability ? { nullability } : {}), ...sizeStates(type) },
  };
}

function sizeStates(type: PropertyType): ConstraintState {
  return {
    ...("maxListSize" in type ? { maxListSize: "current" } : {}),
    ...("maxTextSize" in type ? { maxTextSize: "current" } : {}),
  };
}

/** A type as the service returns it: `list` and the collation of text always there (contract 5.2). */
function readType(type: PropertyType): PropertyType {
  if (type.type === "enum") return type;
  const listed = { ...type, list: isListType(type) };
  return listed.type === "text" ? { ...listed, collation: listed.collation ?? "ucs_basic" } : listed;
}

type Built<T> = T & { readonly state: BuildState };

function builtConstraint(constraint: Constraint): Built<Constraint> {
  return constraint.constraintType === "uniqueness"
    ? { ...constraint, bySpace: constraint.bySpace ?? false, state: "current" }
    : { ...constraint, state: "current" };
}

function builtIndex(index: Index): Built<Index> {
  if (index.indexType === "inverted") return { ...index, state: "current" };
  const { cursorable = false, bySpace = false } = index;
  return { ...index, indexType: "btree", cursorable, bySpace, state: "current" };
}

function mapValues<T, R>(record: Readonly<Record<string, T>> = {}, change: (value: T) => R): Map<string, R> {
  return new Map(Object.entries(record).map(([id, value]) => [id, change(value)]));
}

/** Adds constraints or indexes; one that is there already must stay as it is, and keeps its state (contract 5.4). */
function mergeParts<T extends { readonly state?: BuildState }>(
  kind: "Constraint" | "Index",
  container: string,
  previous: Readonly<Record<string, T>> | undefined,
  given: ReadonlyMap<string, T>,
): Readonly<Record<string, T>> {
  const parts = new Map(Object.entries(previous ?? {}));
  for (const [id, part] of given) {
    const before = parts.get(id);
    if (before === undefined) parts.set(id, part);
    else if (!sameJson({ ...before, state: part.state }, part)) {
      throw badRequest(`${kind} '${id}' of container '${container}' cannot be changed: give the new one another id.`);
    }
  }
  return Object.fromEntries(parts);
}
