import type { InstanceType, NodeReference } from "../../../models/index.js";
import { InstanceMap } from "../instance-map.js";
import type { ProjectState, StoredInstance } from "../state.js";
import type { Comparable } from "./compare.js";
import { countIn, membersIn, rangesIn } from "./index-ranges.js";
import type { Narrowing } from "./narrowing.js";
import { indexesOf, type PropertyIndex } from "./property-index.js";
import { partKey, relationHolders, rowsOf } from "./row-indexes.js";

/** A way to all instances that can match. */
export interface Access {
  /** What it goes by, as `explain` tells it: `btree space/Container byName`. */
  readonly by: string;
  /** How many instances it gives. */
  readonly count: number;
  /** Whether they come in creation order. */
  readonly ordered: boolean;
  /** Those after a place in creation order; what is not ordered may give others too, and some more than once. */
  readonly walk: (after: number) => Iterable<StoredInstance>;
}

/** Most ids that are looked up one by one. */
const MAX_IDS = 10_000;

/** Every way to the instances that can match; the last one, all there are, is always there. */
export function accessesTo(state: ProjectState, instanceType: InstanceType, narrowing: Narrowing): readonly Access[] {
  return [
    ...byId(state, narrowing),
    ...byEnds(state, instanceType, narrowing),
    ...narrowing.containers.flatMap((key) =>
      indexesOf(state.containers.get(key)).flatMap((index) => byIndex(state, index, narrowing)),
    ),
    ...byRelation(state, narrowing),
    ...narrowing.either.flatMap((members) => byEither(state, instanceType, members)),
    ...narrowing.containers.map((key): Access => {
      const rows = rowsOf(state, key);
      return { by: `container ${key}`, count: rows.size, ordered: true, walk: (after) => rows.after(after) };
    }),
    everyone(state, instanceType),
  ];
}

function everyone(state: ProjectState, instanceType: InstanceType): Access {
  const order = instanceType === "node" ? state.nodeOrder : state.edgeOrder;
  return { by: `all ${instanceType}s`, count: order.size, ordered: true, walk: (after) => order.after(after) };
}

function byId(state: ProjectState, { ids, facts }: Narrowing): readonly Access[] {
  const externalIds = facts.get("externalId") ?? [];
  const spaces = facts.get("space") ?? [...state.spaces.keys()];
  const combined =
    facts.has("externalId") && externalIds.length * spaces.length <= MAX_IDS
      ? spaces.flatMap((space) => externalIds.map((id) => ({ space: String(space), externalId: String(id) })))
      : undefined;
  const named = ids ?? combined;
  if (!named) return [];
  const distinct = new InstanceMap<NodeReference>();
  for (const id of named) distinct.set(id, id);
  const walk = (): readonly StoredInstance[] => [...distinct.values()].flatMap((id) => state.instances.get(id) ?? []);
  return [{ by: "id", count: distinct.size, ordered: false, walk }];
}

function byEnds(state: ProjectState, instanceType: InstanceType, { facts }: Narrowing): readonly Access[] {
  if (instanceType === "node") return [];
  const ends = [
    ["startNode", state.edgesByStart],
    ["endNode", state.edgesByEnd],
  ] as const;
  return ends.flatMap(([fact, index]) => {
    const nodes = facts.get(fact);
    return nodes ? setsOf(`edge ${fact}`, index, nodes) : [];
  });
}

function byRelation(state: ProjectState, { containers, columns }: Narrowing): readonly Access[] {
  return containers.flatMap((key) => {
    const container = state.containers.get(key);
    const indexed = new Set(indexesOf(container).map((index) => index.columns[0]));
    return Object.entries(container?.properties ?? {}).flatMap(([id, { type }]) => {
      const isOne = type.type === "direct" && type.list !== true && !indexed.has(id);
      const targets = isOne ? columns.get(partKey(key, id))?.values : undefined;
      return targets ? setsOf(`relation ${key} ${id}`, relationHolders(state, key, id), targets) : [];
    });
  });
}

function setsOf(
  by: string,
  index: ReadonlyMap<string, ReadonlySet<StoredInstance>>,
  nodes: readonly Comparable[],
): readonly Access[] {
  const sets = [...new Set(nodes)].flatMap((node) => index.get(String(node).replace("\0", "/")) ?? []);
  const count = sets.reduce((sum, { size }) => sum + size, 0);
  return [{ by, count, ordered: false, walk: () => chained(sets) }];
}

function byIndex(state: ProjectState, index: PropertyIndex, narrowing: Narrowing): readonly Access[] {
  const ranges = rangesIn(state, index, narrowing);
  if (!ranges) return [];
  const count = ranges.reduce((sum, range) => sum + countIn(state, index, range), 0);
  const walk = (after: number): Iterable<StoredInstance> =>
    chained(ranges.map((range) => membersIn(state, index, range, after)));
  const ordered = ranges.length === 1 && ranges[0]?.exact === true;
  return [{ by: `${index.type} ${index.containerKey} ${index.id}`, count, ordered, walk }];
}

/** Through the best way of every member, when each has a better one than to look at all. */
function byEither(state: ProjectState, instanceType: InstanceType, members: readonly Narrowing[]): readonly Access[] {
  const all = everyone(state, instanceType).count;
  const best = members.map((member) => fewest(accessesTo(state, instanceType, member)));
  const count = best.reduce((sum, access) => sum + access.count, 0);
  if (count >= all) return [];
  const by = [...new Set(best.map((access) => access.by))].join(" or ");
  return [{ by, count, ordered: false, walk: (after) => chained(best.map(({ walk }) => walk(after))) }];
}

/** The access that gives fewest. */
export function fewest(accesses: readonly Access[]): Access {
  return accesses.reduce((best, access) => (access.count < best.count ? access : best));
}

function chained<T>(parts: readonly Iterable<T>[]): Iterable<T> {
  return parts.length === 1 && parts[0] ? parts[0] : oneByOne(parts);
}

function* oneByOne<T>(parts: readonly Iterable<T>[]): Generator<T, void, undefined> {
  for (const part of parts) yield* part;
}
