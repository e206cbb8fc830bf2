import type { Filter, FilterOperators, InstanceType, NodeReference, PropertyPath } from "../../../models/index.js";
import type { SequenceOrder } from "../sequence-order.js";
import { containerKey, instanceKey, type ProjectState, type StoredInstance } from "../state.js";
import { mappedKeys } from "./has-data.js";
import { resolveProperty } from "./property.js";
import { rowsOf } from "./row-indexes.js";

/** What every match of a filter is sure to have; it lets a scan skip the rest. */
export interface Narrowing {
  /** Containers in which every match has a row, by key. */
  readonly containers: readonly string[];
  /** The only instances that can match, if known. */
  readonly ids: readonly NodeReference[] | undefined;
}

/** Nothing is known. */
export const everything: Narrowing = { containers: [], ids: undefined };

/** What matches of a filter are sure to have. The filter has been compiled, so all that it names is there. */
export function narrowingOf(state: ProjectState, filter: Filter): Narrowing {
  if ("and" in filter) return both(filter.and.map((inner) => narrowingOf(state, inner)));
  if ("instanceReferences" in filter) return { containers: [], ids: filter.instanceReferences };
  if ("hasData" in filter) return { containers: dataKeys(state, filter.hasData), ids: undefined };
  const path = comparedProperty(filter);
  const key = path && resolveProperty(state, path).containerKey;
  return key === undefined ? everything : { containers: [key], ids: undefined };
}

/** What holds when several narrowings do. */
export function both(narrowings: readonly Narrowing[]): Narrowing {
  return {
    containers: narrowings.flatMap(({ containers }) => containers),
    ids: narrowings.find(({ ids }) => ids !== undefined)?.ids,
  };
}

/** The instances that can match, in creation order, after a place in that order. */
export function candidates(
  state: ProjectState,
  instanceType: InstanceType,
  { containers, ids }: Narrowing,
  after: number,
): Iterable<StoredInstance> {
  if (ids) return candidatesById(state, instanceType, ids, after);
  const all = instanceType === "node" ? state.nodeOrder : state.edgeOrder;
  const orders = containers.map((key) => rowsOf(state, key));
  const smallest = orders.reduce((best, order) => (order.size < best.size ? order : best), all);
  return smallest === all ? all.after(after) : ofType(smallest, instanceType, after);
}

function* ofType(
  order: SequenceOrder<StoredInstance>,
  instanceType: InstanceType,
  after: number,
): Generator<StoredInstance, void, undefined> {
  for (const instance of order.after(after)) if (instance.instanceType === instanceType) yield instance;
}

function candidatesById(
  state: ProjectState,
  instanceType: InstanceType,
  ids: readonly NodeReference[],
  after: number,
): readonly StoredInstance[] {
  return [...new Set(ids.map(instanceKey))]
    .flatMap((key) => state.instances.get(key) ?? [])
    .filter((instance) => instance.instanceType === instanceType && instance.sequence > after)
    .sort((a, b) => a.sequence - b.sequence);
}

function dataKeys(state: ProjectState, sources: FilterOperators["hasData"]): readonly string[] {
  return sources.flatMap((source) => (source.type === "view" ? mappedKeys(state, source) : [containerKey(source)]));
}

/** The property whose value must be there for the filter to hold, of the operators that compare one. */
function comparedProperty(filter: Filter): PropertyPath | undefined {
  if ("equals" in filter) return filter.equals.property;
  if ("in" in filter) return filter.in.property;
  if ("range" in filter) return filter.range.property;
  if ("prefix" in filter) return filter.prefix.property;
  if ("exists" in filter) return filter.exists.property;
  if ("containsAny" in filter) return filter.containsAny.property;
  if ("containsAll" in filter) return filter.containsAll.property;
  return "nested" in filter ? filter.nested.scope : undefined;
}
