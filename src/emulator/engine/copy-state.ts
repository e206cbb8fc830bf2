import { copyData } from "./data/state.js";
import { InstanceMap } from "./instance-map.js";
import { SequenceOrder } from "./sequence-order.js";
import { emptyState, type ProjectState, type StoredInstance } from "./state.js";

/**
 * A project like another, from which it then goes its own way. What is never changed in place, such as schema and rows,
 * both share; indexes that are built on first use are built anew.
 */
export function copyState(state: ProjectState): ProjectState {
  const copies = new Map<StoredInstance, StoredInstance>();
  const copied = (instance: StoredInstance): StoredInstance => {
    const known = copies.get(instance);
    if (known) return known;
    const copy = { ...instance, rows: instance.rows.copy() };
    copies.set(instance, copy);
    return copy;
  };
  const order = (members: SequenceOrder<StoredInstance>): SequenceOrder<StoredInstance> => {
    const copy = new SequenceOrder<StoredInstance>();
    for (const member of members.all()) copy.add(copied(member));
    return copy;
  };
  const sets = (index: ReadonlyMap<string, ReadonlySet<StoredInstance>>): Map<string, Set<StoredInstance>> =>
    new Map([...index].map(([key, members]) => [key, new Set([...members].map(copied))]));
  const instances = new InstanceMap<StoredInstance>();
  for (const instance of state.instances.values()) instances.set(instance, copied(instance));
  return {
    ...emptyState(state.now, state.limits),
    spaces: new Map(state.spaces),
    containers: new Map(state.containers),
    views: new Map(state.views),
    dataModels: new Map(state.dataModels),
    instances,
    deletedInstances: new Map([...state.deletedInstances].map(([key, instance]) => [key, copied(instance)])),
    changes: state.changes.copy(copied),
    edgesByStart: sets(state.edgesByStart),
    edgesByEnd: sets(state.edgesByEnd),
    nodeOrder: order(state.nodeOrder),
    edgeOrder: order(state.edgeOrder),
    containerRows: new Map([...state.containerRows].map(([key, members]) => [key, order(members)])),
    layouts: new Map(state.layouts),
    nextSequence: state.nextSequence,
    schemaVersion: state.schemaVersion,
    counters: new Map(state.counters),
    data: copyData(state.data, state.instances.values(), (owner) => instances.get(owner)),
  };
}
