import {
  type ContainerPropertyCreate,
  type ContainerReference,
  type Index,
  isListType,
  type JsonValue,
  type PropertyType,
} from "../../models/index.js";
import {
  MAX_INDEXES,
  MAX_PROPERTIES,
  MAX_RECORD_PROPERTIES,
  MAX_REQUIRES,
  MAX_UNIQUENESS,
} from "../../models/requests/index.js";
import { type ContainerDefinition, containerName } from "./container-merge.js";
import { badRequest } from "./fault.js";
import { canonicalise, isMismatch } from "./instances/values.js";
import { indexedListSize } from "./list-size.js";
import { quoted } from "./resource.js";

/**
 * Refuses a container whose parts do not fit together (contract 5.1).
 *
 * @param exists - whether a container that is referred to exists, or is created by the same request
 * @throws Fault 400 that names the part
 */
export function checkContainer(
  container: ContainerDefinition,
  exists: (reference: ContainerReference) => boolean,
): void {
  const missing = targetsOf(container).filter((reference) => !exists(reference));
  if (missing.length > 0) {
    throw badRequest(`One or more containers do not exist: ${quoted([...new Set(missing.map(containerName))])}`);
  }
  const place = `container '${containerName(container)}'`;
  checkSizes(container, place);
  for (const [id, property] of Object.entries(container.properties))
    checkProperty(`property '${id}' of ${place}`, property);
  checkColumns(container, place);
  if (container.usedFor === "record") checkRecordContainer(container, place);
}

/** What a container holds once merged counts, not what one request adds (contract 3.3). */
function checkSizes({ usedFor, properties, constraints, indexes }: ContainerDefinition, place: string): void {
  const kinds = Object.values(constraints ?? {}).map(({ constraintType }) => constraintType);
  const sizes: readonly (readonly [count: number, most: number, what: string])[] = [
    [Object.keys(properties).length, usedFor === "record" ? MAX_RECORD_PROPERTIES : MAX_PROPERTIES, "properties"],
    [Object.keys(indexes ?? {}).length, MAX_INDEXES, "indexes"],
    [kinds.filter((kind) => kind === "uniqueness").length, MAX_UNIQUENESS, "uniqueness constraints"],
    [kinds.filter((kind) => kind === "requires").length, MAX_REQUIRES, "requires constraints"],
  ];
  for (const [count, most, what] of sizes) {
    if (count > most)
      throw badRequest(`Cannot store ${place}: it would have ${count} ${what}, at most ${most} are allowed.`);
  }
}

/** The containers that constraints and direct relations refer to. */
function targetsOf({ properties, constraints }: ContainerDefinition): readonly ContainerReference[] {
  const required = Object.values(constraints ?? {}).flatMap((constraint) =>
    constraint.constraintType === "requires" ? [constraint.require] : [],
  );
  const targets = Object.values(properties).flatMap(({ type }) =>
    type.type === "direct" && type.container ? [type.container] : [],
  );
  return [...required, ...targets];
}

function checkProperty(place: string, property: ContainerPropertyCreate): void {
  const { type, autoIncrement, defaultValue } = property;
  if (autoIncrement && ((type.type !== "int32" && type.type !== "int64") || isListType(type))) {
    throw badRequest(`Cannot auto-increment ${place}: only int32 and int64 properties that are no lists can.`);
  }
  if (type.type !== "enum" && type.maxListSize !== undefined && !isListType(type)) {
    throw badRequest(`Cannot set maxListSize of ${place}: it is no list.`);
  }
  if (defaultValue === undefined) return;
  if (isListType(type)) throw badRequest(`Cannot set a default value of ${place}: it is a list.`);
  if (!fits(type, defaultValue)) throw badRequest(`The default value of ${place} is not of type ${type.type}.`);
}

/** Whether a default value could be written; of an enum, also the one that stands for unknown values. */
function fits(type: PropertyType, value: JsonValue): boolean {
  if (type.type === "enum") return typeof value === "string" && Object.hasOwn(type.values, value);
  return value !== null && !isMismatch(canonicalise(type, value));
}

/** Refuses constraints and indexes over properties that are not there, and inverted indexes over single values. */
function checkColumns({ properties, constraints, indexes }: ContainerDefinition, place: string): void {
  const parts = [...Object.entries(constraints ?? {}), ...Object.entries(indexes ?? {})];
  for (const [id, part] of parts) {
    if (!("properties" in part)) continue;
    const unknown = part.properties.find((column) => !Object.hasOwn(properties, column));
    if (unknown !== undefined) throw badRequest(`Unknown property '${unknown}' in '${id}' of ${place}.`);
    const single = part.properties.find((column) => !isList(properties, column));
    if ("constraintType" in part) continue;
    if (part.indexType === "inverted" && single !== undefined) {
      throw badRequest(`Cannot build the inverted index '${id}' of ${place}: property '${single}' is no list.`);
    }
    checkListSizes(properties, part, `the index '${id}' of ${place}`);
  }
}

/** Refuses an index over lists that may be longer than it can hold; those that name no maximum are kept to it (contract 3.5). */
function checkListSizes(properties: ContainerDefinition["properties"], index: Index, place: string): void {
  for (const id of index.properties) {
    const type = properties[id]?.type;
    if (!type || type.type === "enum" || type.maxListSize === undefined) continue;
    const most = indexedListSize(index, type);
    if (type.maxListSize <= most) continue;
    throw badRequest(
      `Cannot build ${place}: property '${id}' has a maxListSize of ${type.maxListSize}, and btree indexes hold lists of ${type.type} of at most ${most} values.`,
    );
  }
}

function isList(properties: ContainerDefinition["properties"], id: string): boolean {
  const property = properties[id];
  return property !== undefined && isListType(property.type);
}

/** What containers for records cannot have (contract 5.1). */
function checkRecordContainer({ properties, constraints, indexes }: ContainerDefinition, place: string): void {
  if (Object.keys({ ...constraints, ...indexes }).length > 0) {
    throw badRequest(`Cannot use ${place} for records: it has constraints or indexes.`);
  }
  for (const [id, { type, immutable, autoIncrement }] of Object.entries(properties)) {
    const reference = type.type === "timeseries" || type.type === "file" || type.type === "sequence";
    const targeted = type.type === "direct" && type.container !== undefined;
    const collated = type.type === "text" && (type.collation ?? "ucs_basic") !== "ucs_basic";
    if (immutable || autoIncrement || reference || targeted || collated) {
      throw badRequest(`Cannot use ${place} for records: property '${id}' is of a kind that records cannot have.`);
    }
  }
}
