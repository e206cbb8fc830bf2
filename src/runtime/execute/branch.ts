import { LoopGuard } from "../../client/index.js";
import type { Instance, InstancesQueryResponse } from "../../models/index.js";
import type { CompiledSet } from "./compile.js";

/** A page of a set, with all pages of the sets that hang on its rows. */
export interface SetPage {
  readonly rows: readonly Instance[];
  readonly inner: ReadonlyMap<CompiledSet, readonly SetPage[]>;
}

/** Cursors by set name; `null` means: its first page. */
export type Cursors = Map<string, string | null>;

/**
 * A nested set on its way to be complete. The service evaluates a set against the current page of the set that it hangs on
 * (contract 8.1), so to get on, a set keeps its cursor until all that hang on it are done, then moves to its next page,
 * where they start afresh. Sets side by side move in the same requests.
 */
export class Branch {
  readonly pages: SetPage[] = [];
  readonly #set: CompiledSet;
  readonly #guard = new LoopGuard();
  #cursor: string | null = null;
  #next: string | undefined;
  #inner: readonly Branch[] = [];

  constructor(set: CompiledSet, first: InstancesQueryResponse) {
    this.#set = set;
    this.#load(first);
  }

  get done(): boolean {
    return this.#next === undefined && this.#innerDone;
  }

  /** Adds the cursors of the request that gets this set on. */
  addCursors(cursors: Cursors): void {
    if (this.#innerDone && this.#next !== undefined) {
      cursors.set(this.#set.name, this.#next);
      return;
    }
    // Also where there is nothing left to get: the answer has the set again, and it is passed over.
    cursors.set(this.#set.name, this.#cursor);
    for (const branch of this.#inner) branch.addCursors(cursors);
  }

  /** Takes the answer to that request. */
  accept(answer: InstancesQueryResponse): void {
    if (this.done) return;
    if (!this.#innerDone) {
      for (const branch of this.#inner) branch.accept(answer);
      return;
    }
    this.#cursor = this.#next ?? null;
    this.#load(answer);
  }

  get #innerDone(): boolean {
    return this.#inner.every((branch) => branch.done);
  }

  #load(answer: InstancesQueryResponse): void {
    const rows = answer.items[this.#set.name] ?? [];
    // A cursor may be there although nothing follows; then the next page is empty (contract 8.1).
    const next = rows.length === 0 ? undefined : (answer.nextCursor[this.#set.name] ?? undefined);
    this.#next = next === undefined ? undefined : this.#guard.check(next);
    this.#inner = this.#set.inner.map((set) => new Branch(set, answer));
    this.pages.push({
      rows,
      inner: new Map(this.#set.inner.map((set, index) => [set, this.#inner[index]?.pages ?? []])),
    });
  }
}
