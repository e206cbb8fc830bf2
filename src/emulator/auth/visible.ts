import type { NodeReference } from "../../models/index.js";
import { ChangeLog } from "../engine/change-log.js";
import type { IndexEntries, IndexKey } from "../engine/index-entries.js";
import { InstanceMap } from "../engine/instance-map.js";
import { SequenceOrder } from "../engine/sequence-order.js";
import { type ListPlace, SortedList } from "../engine/sorted-list.js";
import type { ProjectState, StoredInstance } from "../engine/state.js";

type Sees = (instance: StoredInstance) => boolean;

/**
 * A project as one sees it who may read instances in some spaces only: the others are not there (contract 1.4). It is
 * for reading, and for one call.
 */
export function visibleState(state: ProjectState, mayRead: (space: string) => boolean): ProjectState {
  const sees: Sees = ({ space }) => mayRead(space);
  const ends = (index: ProjectState["edgesByStart"]): ProjectState["edgesByStart"] =>
    new VisibleMap(index, (edges) => new Set([...edges].filter(sees)));
  return {
    ...state,
    instances: new VisibleInstances(state.instances, sees),
    deletedInstances: new VisibleMap(state.deletedInstances, (instance) => (sees(instance) ? instance : undefined)),
    changes: new VisibleChanges(state.changes, sees),
    edgesByStart: ends(state.edgesByStart),
    edgesByEnd: ends(state.edgesByEnd),
    nodeOrder: new VisibleOrder(state.nodeOrder, sees),
    edgeOrder: new VisibleOrder(state.edgeOrder, sees),
    containerRows: new VisibleMap(state.containerRows, (rows) => new VisibleOrder(rows, sees)),
    propertyIndexes: new VisibleMap(state.propertyIndexes, (entries) => new VisibleEntries(entries, sees)),
    // Built from what is seen, on first use.
    uniqueValues: new Map(),
    relationHolders: new Map(),
  };
}

function* seenIn(instances: Iterable<StoredInstance>, sees: Sees): Generator<StoredInstance, void, undefined> {
  for (const instance of instances) if (sees(instance)) yield instance;
}

class VisibleMap<T> extends Map<string, T> {
  readonly #all: ReadonlyMap<string, T>;
  readonly #seen: (value: T) => T | undefined;

  constructor(all: ReadonlyMap<string, T>, seen: (value: T) => T | undefined) {
    super();
    this.#all = all;
    this.#seen = seen;
  }

  override get(key: string): T | undefined {
    const value = this.#all.get(key);
    return value === undefined ? undefined : this.#seen(value);
  }

  override *values(): MapIterator<T> {
    for (const value of this.#all.values()) {
      const seen = this.#seen(value);
      if (seen !== undefined) yield seen;
    }
  }
}

class VisibleInstances extends InstanceMap<StoredInstance> {
  readonly #all: InstanceMap<StoredInstance>;
  readonly #sees: Sees;

  constructor(all: InstanceMap<StoredInstance>, sees: Sees) {
    super();
    this.#all = all;
    this.#sees = sees;
  }

  override get(id: NodeReference): StoredInstance | undefined {
    const instance = this.#all.get(id);
    return instance && this.#sees(instance) ? instance : undefined;
  }

  override values(): Generator<StoredInstance, void, undefined> {
    return seenIn(this.#all.values(), this.#sees);
  }
}

class VisibleOrder extends SequenceOrder<StoredInstance> {
  readonly #all: SequenceOrder<StoredInstance>;
  readonly #sees: Sees;

  constructor(all: SequenceOrder<StoredInstance>, sees: Sees) {
    super();
    this.#all = all;
    this.#sees = sees;
  }

  /** At most: it tells which of several is likely the smallest. */
  override get size(): number {
    return this.#all.size;
  }

  override after(sequence: number): Generator<StoredInstance, void, undefined> {
    return seenIn(this.#all.after(sequence), this.#sees);
  }
}

class VisibleChanges extends ChangeLog<StoredInstance> {
  readonly #all: ChangeLog<StoredInstance>;
  readonly #sees: Sees;

  constructor(all: ChangeLog<StoredInstance>, sees: Sees) {
    super();
    this.#all = all;
    this.#sees = sees;
  }

  override get last(): number {
    return this.#all.last;
  }

  override after(change: number): Generator<StoredInstance, void, undefined> {
    return seenIn(this.#all.after(change), this.#sees);
  }
}

/** Counts are of all: they tell which of several ways is likely the shortest. */
class VisibleEntries extends SortedList<IndexKey, StoredInstance> {
  readonly #all: IndexEntries;
  readonly #sees: Sees;

  constructor(all: IndexEntries, sees: Sees) {
    super(() => 0);
    this.#all = all;
    this.#sees = sees;
  }

  override get size(): number {
    return this.#all.size;
  }

  override rank(place: ListPlace<IndexKey>): number {
    return this.#all.rank(place);
  }

  override keyBefore(place: ListPlace<IndexKey>): IndexKey | undefined {
    return this.#all.keyBefore(place);
  }

  override range(from: ListPlace<IndexKey> | undefined, to: ListPlace<IndexKey>): StoredInstance[] {
    return this.#all.range(from, to).filter(this.#sees);
  }

  override between(
    from: ListPlace<IndexKey> | undefined,
    to: ListPlace<IndexKey>,
  ): Generator<StoredInstance, void, undefined> {
    return seenIn(this.#all.between(from, to), this.#sees);
  }
}
