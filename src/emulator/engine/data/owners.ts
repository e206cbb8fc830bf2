import type { JsonObject, JsonValue, ResourceId, ResourceIds } from "../../../models/index.js";
import { Fault } from "../fault.js";
import { rowsOf } from "../instances/row-indexes.js";
import type { ProjectState, StoredInstance } from "../state.js";
import { isNamed } from "./named.js";
import { type Classic, isNodeOwner, type Owner } from "./state.js";

/** A container of the core model whose nodes have data of their own. */
export type DataContainer = "CogniteTimeSeries" | "CogniteFile";

/** An item of a request, and what it names. */
export interface Found<T> {
  readonly item: T;
  readonly owner: Owner;
}

/** The first id of what is no node. */
const CLASSIC_IDS = 2 ** 52;

/**
 * The node that an id names. Nodes are named by `instanceId`, or by the number that answers give for them; no node has an
 * external id outside of data modeling.
 */
export function findNode(state: ProjectState, id: ResourceId, container: DataContainer): StoredInstance | undefined {
  const node = id.instanceId ? state.instances.get(id.instanceId) : bySequence(state, id.id);
  return node?.instanceType === "node" && node.rows.has(keyOf(container)) ? node : undefined;
}

function bySequence(state: ProjectState, id: number | undefined): StoredInstance | undefined {
  if (id === undefined) return undefined;
  const { value } = state.nodeOrder.after(id - 1).next();
  return value?.sequence === id ? value : undefined;
}

/** What an id names: a node, or what is none. */
export function findOwner(state: ProjectState, id: ResourceId, container: DataContainer): Owner | undefined {
  const classics = classicsOf(state, container);
  if (id.externalId !== undefined) return classics.get(id.externalId);
  if (id.id === undefined || id.id < CLASSIC_IDS) return findNode(state, id, container);
  return [...classics.values()].find((classic) => classic.id === id.id);
}

/**
 * What ids name, and for each the item that named it.
 *
 * @throws {@link Fault} 400 with those that are unknown as `missing`, unless they are to be ignored
 */
export function findOwners<T extends ResourceId>(
  state: ProjectState,
  items: readonly T[],
  container: DataContainer,
  ignoreUnknown = false,
): readonly Found<T>[] {
  return settled(
    items.map((item) => ({ item, owner: findOwner(state, item, container) })),
    ignoreUnknown,
  );
}

/**
 * As {@link findOwners}, for a write: what a property of some node names by its external id need not be there yet.
 *
 * @param isString - of the item of a series that is not there yet
 */
export function findOwnersToWrite<T extends ResourceId>(
  state: ProjectState,
  items: readonly T[],
  container: DataContainer,
  isString: (item: T) => boolean = () => false,
): readonly Found<T>[] {
  const made = new Map<string, Classic>();
  const ofItem = (item: T): Owner | undefined => {
    const known = findOwner(state, item, container);
    const { externalId } = item;
    if (known || externalId === undefined) return known;
    const before = made.get(externalId);
    if (before) return before;
    if (!isNamed(state, container === "CogniteFile" ? "file" : "timeseries", externalId)) return undefined;
    const id = CLASSIC_IDS + classicsOf(state, container).size + made.size;
    const now = state.now();
    const owner = { id, externalId, isString: isString(item), createdTime: now, lastUpdatedTime: now };
    made.set(externalId, owner);
    return owner;
  };
  return settled(
    items.map((item) => ({ item, owner: ofItem(item) })),
    false,
  );
}

/** What is there with an id beyond one, by id: nodes, then what is none. */
export function* ownersAfter(state: ProjectState, container: DataContainer, id: number): Generator<Owner> {
  for (const instance of rowsOf(state, keyOf(container)).after(id))
    if (instance.instanceType === "node") yield instance;
  for (const classic of classicsOf(state, container).values()) if (classic.id > id) yield classic;
}

/** Keeps what a write brought into being; nodes are kept already. */
export function keepOwner(state: ProjectState, owner: Owner, container: DataContainer): void {
  if (!isNodeOwner(owner)) classicsOf(state, container).set(owner.externalId, owner);
}

function classicsOf(state: ProjectState, container: DataContainer): Map<string, Classic> {
  return container === "CogniteFile" ? state.data.files : state.data.series;
}

function settled<T extends ResourceId>(
  found: readonly { readonly item: T; readonly owner: Owner | undefined }[],
  ignoreUnknown: boolean,
): readonly Found<T>[] {
  const missing = found.filter(({ owner }) => owner === undefined).map(({ item }) => idOf(item));
  if (missing.length > 0 && !ignoreUnknown) throw unknownIds(missing);
  return found.flatMap(({ item, owner }) => (owner ? [{ item, owner }] : []));
}

/** The refusal for ids that name nothing. */
export function unknownIds(missing: readonly JsonObject[]): Fault {
  const distinct = [...new Map(missing.map((id) => [JSON.stringify(id), id])).values()];
  const listed = distinct.slice(0, 10).map((id) => JSON.stringify(id));
  return new Fault(400, `Ids not found: ${listed.join(", ")}${distinct.length > 10 ? ", ..." : ""}`, {
    missing: distinct,
  });
}

/** The id of an item, without anything else. */
export function idOf({ instanceId, externalId, id }: ResourceId): JsonObject {
  if (instanceId) return { instanceId: { space: instanceId.space, externalId: instanceId.externalId } };
  return externalId === undefined ? { id: id ?? 0 } : { externalId };
}

/** The ids of an owner, as answers give them. */
export function idsOf(owner: Owner): ResourceIds {
  if (!isNodeOwner(owner)) return { id: owner.id, externalId: owner.externalId };
  const { sequence, space, externalId } = owner;
  return { id: sequence, instanceId: { space, externalId } };
}

/** The value of a property of an owner, by its container in the core model. */
export function propertyOf(owner: Owner, container: string, property: string): JsonValue | undefined {
  return isNodeOwner(owner) ? owner.rows.get(keyOf(container))?.get(property) : undefined;
}

function keyOf(container: string): string {
  return `cdf_cdm/${container}`;
}
