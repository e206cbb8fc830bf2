import type { Container, ContainerCreate, ContainerId, JsonValue, Page, PropertyType } from "../../models/index.js";
import type { ContainersListParameters, ItemsRequest } from "../../models/requests/index.js";
import { withStates } from "./build-states.js";
import { checkContainer } from "./container-checks.js";
import { type ContainerDefinition, containerName, mergeContainer } from "./container-merge.js";
import { dropContainerData, replaceRow, rowsOf } from "./instances/row-indexes.js";
import { canonicalise, isMismatch } from "./instances/values.js";
import { refuseBeyond, refuseTooMany } from "./limits.js";
import { pageOf } from "./paging.js";
import { refuseDuplicates, refuseSystemSpaces, requireSpaces, stamp, type WriteOptions } from "./resource.js";
import { containerKey, type ProjectState } from "./state.js";

/** Creates containers or adds to them, all or none; containers may refer to each other (contract 5). */
export function upsertContainers(
  state: ProjectState,
  { items }: ItemsRequest<ContainerCreate>,
  options: WriteOptions = {},
): Page<Container> {
  refuseDuplicates(items, containerName);
  requireSpaces(
    state,
    items.map(({ space }) => space),
    options,
  );
  const given = new Set(items.map(containerKey));
  const containers = items.map((item) => {
    const key = containerKey(item);
    const previous = state.containers.get(key);
    const merged = mergeContainer(previous, item, () => valuesOf(state, key));
    checkContainer(
      merged,
      (reference) => given.has(containerKey(reference)) || state.containers.has(containerKey(reference)),
    );
    return stamp<ContainerDefinition>(state, previous, withStates(state, previous, merged), options);
  });
  if (!options.system) refuseTooManyContainers(state, containers);
  for (const container of containers) storeContainer(state, container);
  return { items: containers };
}

function refuseTooManyContainers(state: ProjectState, containers: readonly Container[]): void {
  refuseTooMany(state, "containers", containers.map(containerKey));
  const after = new Map([...state.containers, ...containers.map((item) => [containerKey(item), item] as const)]);
  refuseBeyond(propertyCount(after.values()), state.limits.containerProperties, "properties of containers");
}

/** The properties of all containers that are not the system's. */
export function propertyCount(containers: Iterable<Container>): number {
  let count = 0;
  for (const { isGlobal, properties } of containers) if (!isGlobal) count += Object.keys(properties).length;
  return count;
}

function valuesOf(state: ProjectState, key: string): readonly ReadonlyMap<string, JsonValue>[] {
  return [...rowsOf(state, key).all()].flatMap(({ rows }) => rows.get(key) ?? []);
}

/** Puts a container in place of the one of its name; rows get the default values that this asks for. */
export function storeContainer(state: ProjectState, container: Container): void {
  const key = containerKey(container);
  const previous = state.containers.get(key);
  if (previous === container) return;
  state.containers.set(key, container);
  state.schemaVersion += 1;
  if (previous) fillDefaults(state, key, previous, container);
}

/** Gives stored rows the default values of required properties that were added. */
function fillDefaults(state: ProjectState, key: string, previous: Container, container: Container): void {
  const added = Object.entries(container.properties).flatMap(([id, { type, nullable, defaultValue }]) =>
    nullable === false && defaultValue !== undefined && !Object.hasOwn(previous.properties, id)
      ? [[id, asStored(type, defaultValue)] as const]
      : [],
  );
  if (added.length === 0) return;
  for (const instance of [...rowsOf(state, key).all()]) {
    replaceRow(state, instance, key, new Map([...(instance.rows.get(key) ?? []), ...added]));
  }
}

function asStored(type: PropertyType, defaultValue: JsonValue): JsonValue {
  const canonical = canonicalise(type, defaultValue);
  return isMismatch(canonical) ? defaultValue : canonical;
}

/** One page of the containers; those for records only when asked for (contract 5.3). */
export function listContainers(state: ProjectState, parameters: ContainersListParameters): Page<Container> {
  const { space, includeGlobal, usedFor = ["node", "edge", "all"] } = parameters;
  const containers = [...state.containers.values()].filter(
    (container) =>
      (includeGlobal || !container.isGlobal) &&
      (space === undefined || container.space === space) &&
      usedFor.includes(container.usedFor),
  );
  return pageOf("containers", containers, containerKey, parameters);
}

/** The containers that exist, of those named. */
export function containersByIds(state: ProjectState, { items }: ItemsRequest<ContainerId>): Page<Container> {
  return { items: [...new Set(items.map(containerKey))].flatMap((key) => state.containers.get(key) ?? []) };
}

/**
 * Deletes containers with the data that instances have in them; views that map them stay, dangling (contract 5.4).
 * Answers with those that were there.
 */
export function deleteContainers(state: ProjectState, { items }: ItemsRequest<ContainerId>): Page<ContainerId> {
  refuseSystemSpaces(
    state,
    items.map(({ space }) => space),
    {},
  );
  const keys = [...new Set(items.map(containerKey))].filter((key) => state.containers.has(key));
  const deleted = keys.flatMap((key) => state.containers.get(key) ?? []);
  for (const key of keys) drop(state, key);
  return { items: deleted.map(({ space, externalId }) => ({ space, externalId })) };
}

function drop(state: ProjectState, key: string): void {
  state.containers.delete(key);
  state.schemaVersion += 1;
  dropContainerData(state, key);
}
