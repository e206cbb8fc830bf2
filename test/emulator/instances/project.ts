import { Fault } from "../../../src/emulator/engine/fault.js";
import {
  aggregateInstances,
  applyInstances,
  listInstances,
  queryInstances,
  searchInstances,
  syncInstances,
} from "../../../src/emulator/engine/instances/index.js";
import { containerKey, emptyState, type ProjectState, versionedKey } from "../../../src/emulator/engine/state.js";
import type {
  ContainerCreate,
  ContainerReference,
  Filter,
  InstancesAggregateRequest,
  InstancesListRequest,
  InstancesQueryRequest,
  InstancesSearchRequest,
  InstancesSyncRequest,
  InstanceWrite,
  JsonValue,
  PropertyType,
  ViewCreate,
  ViewReference,
} from "../../../src/models/index.js";
import {
  checkRequest,
  instancesAggregateBody,
  instancesListBody,
  instancesQueryBody,
  instancesSearchBody,
  instancesSyncBody,
  instancesUpsertBody,
  type RequestSchema,
} from "../../../src/models/requests/index.js";

export const facts = { createdTime: 1, lastUpdatedTime: 1, isGlobal: false };

export function addSpace(state: ProjectState, space: string, isGlobal = false): void {
  state.spaces.set(space, { space, ...facts, isGlobal });
}

export function addContainer(state: ProjectState, container: ContainerCreate): void {
  state.containers.set(containerKey(container), { usedFor: "node", ...facts, ...container });
  state.schemaVersion += 1;
}

export function addView(state: ProjectState, view: ViewCreate): void {
  state.views.set(versionedKey(view), { ...facts, ...view });
  state.schemaVersion += 1;
}

export function view(externalId: string, space = "m"): ViewReference {
  return { type: "view", space, externalId, version: "v1" };
}

export function container(externalId: string, space = "m"): ContainerReference {
  return { type: "container", space, externalId };
}

export function ref(externalId: string, space = "d"): { readonly space: string; readonly externalId: string } {
  return { space, externalId };
}

/** A view that maps every property of its containers under the same id. */
export function mappingView(state: ProjectState, externalId: string, containers: readonly string[]): ViewCreate {
  const properties = containers.flatMap((name) =>
    Object.keys(state.containers.get(`m/${name}`)?.properties ?? {}).map(
      (id) => [id, { container: container(name), containerPropertyIdentifier: id }] as const,
    ),
  );
  return { space: "m", externalId, version: "v1", properties: Object.fromEntries(properties) };
}

const types: readonly (readonly [string, PropertyType])[] = [
  ["text", { type: "text" }],
  ["int", { type: "int32" }],
  ["float", { type: "float64" }],
  ["flag", { type: "boolean" }],
  ["when", { type: "timestamp" }],
  ["until", { type: "timestamp" }],
  ["day", { type: "date" }],
  ["json", { type: "json" }],
  ["link", { type: "direct" }],
  ["series", { type: "timeseries" }],
  ["color", { type: "enum", values: { red: {}, green: {} } }],
  ["texts", { type: "text", list: true }],
  ["ints", { type: "int64", list: true }],
  ["links", { type: "direct", list: true }],
];

/**
 * Spaces m (schema), d (data) and sys (global). Views Thing (every type), Named (required, unique name, requires Thing),
 * Both, Typed (filter on node type), Wire (edges), Empty and Strict (defaults, immutable, counters).
 */
export function project(): ProjectState {
  let clock = 1000;
  const state = emptyState(() => clock++);
  for (const space of ["m", "d"]) addSpace(state, space);
  addSpace(state, "sys", true);
  addContainer(state, {
    space: "m",
    externalId: "Thing",
    properties: Object.fromEntries(types.map(([id, type]) => [id, { type }])),
  });
  addContainer(state, {
    space: "m",
    externalId: "Named",
    properties: {
      name: { type: { type: "text" }, nullable: false },
      code: { type: { type: "int32" } },
      owner: { type: { type: "direct", container: container("Thing") } },
    },
    constraints: {
      uniqueName: { constraintType: "uniqueness", properties: ["name"] },
      needsThing: { constraintType: "requires", require: container("Thing") },
    },
  });
  addContainer(state, {
    space: "m",
    externalId: "Strict",
    properties: {
      size: { type: { type: "float32" }, nullable: false, defaultValue: 0.1 },
      serial: { type: { type: "text" }, immutable: true },
      number: { type: { type: "int32" }, autoIncrement: true, nullable: false },
      note: { type: { type: "text", maxTextSize: 4 } },
    },
  });
  addContainer(state, {
    space: "m",
    externalId: "Wire",
    usedFor: "edge",
    properties: { length: { type: { type: "float64" } } },
  });
  addView(state, mappingView(state, "Thing", ["Thing"]));
  addView(state, mappingView(state, "Both", ["Named", "Thing"]));
  addView(state, mappingView(state, "Strict", ["Strict"]));
  addView(state, mappingView(state, "Wire", ["Wire"]));
  addView(state, {
    space: "m",
    externalId: "Partial",
    version: "v1",
    properties: {
      code: { container: container("Named"), containerPropertyIdentifier: "code" },
      text: { container: container("Thing"), containerPropertyIdentifier: "text" },
      wires: { type: ref("wire", "m"), source: view("Thing") },
    },
  });
  addView(state, {
    ...mappingView(state, "Typed", ["Thing"]),
    filter: { equals: { property: ["node", "type"], value: { space: "m", externalId: "T" } } },
  });
  return state;
}

/** Sends a body through its schema, as the service does. */
export function apply(state: ProjectState, body: unknown): ReturnType<typeof applyInstances> {
  const checked = checkRequest(instancesUpsertBody, body);
  if (!checked.ok) throw new Fault(400, checked.message);
  return applyInstances(state, checked.value);
}

export function node(
  externalId: string,
  properties?: Readonly<Record<string, JsonValue>>,
  viewName = "Thing",
): InstanceWrite {
  const sources = properties ? { sources: [{ source: view(viewName), properties }] } : {};
  return { instanceType: "node", space: "d", externalId, ...sources };
}

export function edge(externalId: string, start: string, end: string, type = "wire"): InstanceWrite {
  const ends = { type: ref(type, "m"), startNode: ref(start), endNode: ref(end) };
  return { instanceType: "edge", space: "d", externalId, ...ends };
}

export function list(state: ProjectState, body: InstancesListRequest): ReturnType<typeof listInstances> {
  const checked = checkRequest(instancesListBody, body);
  if (!checked.ok) throw new Fault(400, checked.message);
  return listInstances(state, checked.value);
}

export function query(state: ProjectState, body: InstancesQueryRequest): ReturnType<typeof queryInstances> {
  const checked = checkRequest(instancesQueryBody, body);
  if (!checked.ok) throw new Fault(400, checked.message);
  return queryInstances(state, checked.value);
}

export function search(state: ProjectState, body: InstancesSearchRequest): ReturnType<typeof searchInstances> {
  return searchInstances(state, checked(instancesSearchBody, body));
}

export function aggregate(state: ProjectState, body: InstancesAggregateRequest): ReturnType<typeof aggregateInstances> {
  return aggregateInstances(state, checked(instancesAggregateBody, body));
}

export function sync(state: ProjectState, body: InstancesSyncRequest): ReturnType<typeof syncInstances> {
  return syncInstances(state, checked(instancesSyncBody, body));
}

function checked<T>(schema: RequestSchema<T>, body: unknown): T {
  const result = checkRequest(schema, body);
  if (!result.ok) throw new Fault(400, result.message);
  return result.value;
}

export function idsOf(items: readonly { readonly externalId: string }[] | undefined): readonly string[] {
  return (items ?? []).map(({ externalId }) => externalId);
}

export function found(state: ProjectState, filter: Filter): readonly string[] {
  return idsOf(list(state, { filter }).items);
}

/** The values of a stored row. */
export function row(
  state: ProjectState,
  externalId: string,
  name = "Thing",
): Readonly<Record<string, JsonValue>> | undefined {
  const values = state.instances.get({ space: "d", externalId })?.rows.get(`m/${name}`);
  return values && Object.fromEntries(values);
}

/** The refusal of a call: its status and message. */
export function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof Fault) return `${error.status} ${error.message}`;
    throw error;
  }
  return "accepted";
}

/** Everything a state holds of instances, as plain data that can be compared. */
export function snapshot(state: ProjectState): unknown {
  const ids = (instances: Iterable<{ externalId: string }>): string[] => [...instances].map((i) => i.externalId);
  const nested = <T>(map: ReadonlyMap<string, T>, read: (value: T) => unknown): unknown[] =>
    [...map].map(([key, value]) => [key, read(value)]);
  return structuredClone({
    instances: [...state.instances.values()].map((instance) => ({
      ...instance,
      rows: instance.rows.all().map((row) => [row.layout.containerKey, [...row]]),
    })),
    byStart: nested(state.edgesByStart, ids),
    byEnd: nested(state.edgesByEnd, ids),
    nodes: ids(state.nodeOrder.all()),
    edges: ids(state.edgeOrder.all()),
    rows: nested(state.containerRows, (order) => ids(order.all())),
    unique: nested(state.uniqueValues, (holders) => nested(holders, (i) => i.externalId)),
    relations: nested(state.relationHolders, (holders) => nested(holders, ids)),
    nextSequence: state.nextSequence,
    counters: [...state.counters],
    deleted: [...state.deletedInstances.keys()],
    changes: ids(state.changes.after(0)),
  });
}
