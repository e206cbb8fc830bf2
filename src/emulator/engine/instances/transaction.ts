import { exactInteger, type InstanceType, type NodeReference } from "../../../models/index.js";
import { InstanceMap } from "../instance-map.js";
import type { ProjectState, StoredInstance } from "../state.js";
import { StoredRows } from "../stored-rows.js";
import { jsonEquals } from "./json-values.js";
import { sameReference } from "./references.js";
import { type Row, replaceRow } from "./row-indexes.js";
import { addInstance, edgesOf, moveEnds, removeInstance } from "./store.js";

/** An instance as it is to become; `rows` holds only those that the transaction wrote. */
export interface Draft {
  readonly instanceType: InstanceType;
  readonly space: string;
  readonly externalId: string;
  /** What is stored now; `undefined` for a new instance. */
  readonly base: StoredInstance | undefined;
  type: NodeReference | undefined;
  startNode: NodeReference | undefined;
  endNode: NodeReference | undefined;
  readonly rows: StoredRows;
  /** Whether the transaction is through with it. */
  isSettled: boolean;
}

/** What became of a draft. */
export interface Committed {
  readonly instance: StoredInstance;
  readonly wasModified: boolean;
}

/**
 * Changes to a project that are all made, by {@link Transaction.commit}, or not at all.
 * They cost in proportion to what they touch, not to what the project holds.
 */
export class Transaction {
  readonly #drafts: Draft[] = [];
  readonly #draftsById = new InstanceMap<Draft>();
  readonly #deleted = new Set<StoredInstance>();
  readonly #counters = new Map<string, number | bigint>();

  constructor(readonly state: ProjectState) {}

  /** The instance as this transaction leaves it so far. */
  find(id: NodeReference): Draft | StoredInstance | undefined {
    return this.draft(id) ?? this.stored(id);
  }

  /** The draft of an instance, if it has one. */
  draft(id: NodeReference): Draft | undefined {
    return this.#draftsById.get(id);
  }

  /** The stored instance, unless this transaction deletes it. */
  stored(id: NodeReference): StoredInstance | undefined {
    const stored = this.state.instances.get(id);
    return stored && !this.#deleted.has(stored) ? stored : undefined;
  }

  isDeleted(instance: StoredInstance): boolean {
    return this.#deleted.has(instance);
  }

  /** The row of an instance as this transaction leaves it so far. */
  row(id: NodeReference, containerKey: string): Row | undefined {
    return this.draft(id)?.rows.get(containerKey) ?? this.stored(id)?.rows.get(containerKey);
  }

  /** Whether an instance has a row in a container. */
  hasRow({ base, rows }: Draft, containerKey: string): boolean {
    return rows.has(containerKey) || base?.rows.has(containerKey) === true;
  }

  /** Opens an instance for changes: the stored one, or a new one. */
  edit(id: NodeReference, instanceType: InstanceType): Draft {
    return this.draft(id) ?? this.open(id, instanceType, this.stored(id));
  }

  /** Opens an instance for changes that is not open yet: the stored one, or a new one. */
  open(id: NodeReference, instanceType: InstanceType, base: StoredInstance | undefined): Draft {
    const draft: Draft = {
      instanceType,
      space: id.space,
      externalId: id.externalId,
      base,
      type: base?.type,
      startNode: base?.startNode,
      endNode: base?.endNode,
      rows: new StoredRows(),
      isSettled: false,
    };
    this.#drafts.push(draft);
    this.#draftsById.set(id, draft);
    return draft;
  }

  /** Deletes a stored instance; with a node go all edges that touch it (contract 7.3). */
  delete(instance: StoredInstance): void {
    this.#deleted.add(instance);
    if (instance.instanceType === "node") for (const edge of edgesOf(this.state, instance)) this.#deleted.add(edge);
  }

  /** How many stored instances this transaction deletes. */
  get deletedCount(): number {
    return this.#deleted.size;
  }

  /** In the order in which they were opened. */
  get drafts(): readonly Draft[] {
    return this.#drafts;
  }

  /** The next value of an auto-increment property: one more than the largest so far. */
  nextCount(key: string): number | bigint {
    const next = this.#counters.get(key) ?? this.state.counters.get(key) ?? 1;
    this.#counters.set(key, after(next));
    return next;
  }

  /** Keeps later values of an auto-increment property above a value that was given. */
  raiseCount(key: string, given: number | bigint): void {
    const next = this.#counters.get(key) ?? this.state.counters.get(key) ?? 1;
    if (given >= next) this.#counters.set(key, after(given));
  }

  /**
   * Makes all changes. Nothing in here can fail.
   *
   * @param asked - the drafts to tell about, and in between what is already known to stay as it is
   */
  commit(asked: readonly (Draft | Committed)[] = []): readonly Committed[] {
    const now = this.state.now();
    for (const instance of this.#deleted) removeInstance(this.state, instance, now);
    for (const [key, next] of this.#counters) this.state.counters.set(key, next);
    const results = asked.map((outcome) => ("wasModified" in outcome ? outcome : this.#settle(outcome, now)));
    for (const draft of this.#drafts) if (!draft.isSettled) this.#settle(draft, now);
    return results;
  }

  #settle(draft: Draft, now: number): Committed {
    draft.isSettled = true;
    return draft.base
      ? { instance: draft.base, wasModified: this.#update(draft, draft.base, now) }
      : { instance: this.#create(draft, now), wasModified: true };
  }

  #create(draft: Draft, now: number): StoredInstance {
    const { instanceType, space, externalId, type, startNode, endNode, rows } = draft;
    const instance: StoredInstance = {
      instanceType,
      space,
      externalId,
      sequence: this.state.nextSequence++,
      version: 1,
      type,
      startNode,
      endNode,
      createdTime: now,
      lastUpdatedTime: now,
      rows,
      change: 0,
      deletedTime: undefined,
    };
    addInstance(this.state, instance);
    return instance;
  }

  #update(draft: Draft, base: StoredInstance, now: number): boolean {
    const changedRows = draft.rows.all().filter((row) => !sameRow(base.rows.get(row.layout.containerKey), row));
    const movedEnds = !sameReference(draft.startNode, base.startNode) || !sameReference(draft.endNode, base.endNode);
    if (changedRows.length === 0 && !movedEnds && sameReference(draft.type, base.type)) return false;
    base.type = draft.type;
    if (movedEnds) moveEnds(this.state, base, draft.startNode, draft.endNode);
    for (const row of changedRows) replaceRow(this.state, base, row.layout.containerKey, row);
    base.version += 1;
    base.lastUpdatedTime = now;
    this.state.changes.record(base);
    return true;
  }
}

function sameRow(a: Row | undefined, b: Row): boolean {
  if (a === undefined || a.size !== b.size) return false;
  for (const [property, value] of b) if (!jsonEquals(a.get(property), value)) return false;
  return true;
}

/** The next integer; beyond 2^53 a number would stay where it is. */
function after(count: number | bigint): number | bigint {
  return exactInteger(BigInt(count) + 1n);
}
