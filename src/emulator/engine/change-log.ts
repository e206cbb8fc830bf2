import { type Sequenced, SortedList } from "./sorted-list.js";

/** Anything with a place in the order of changes. */
export interface Changing extends Sequenced {
  /** 0: it has none. */
  change: number;
}

/**
 * A set in the order of its members' last changes. Those after a place are found without walking the ones before.
 */
export class ChangeLog<T extends Changing> {
  readonly #members = new SortedList<number, T>((a, b) => a - b);
  #last = 0;

  /** The number of the last change. */
  get last(): number {
    return this.#last;
  }

  /** Moves a member to the end. */
  record(member: T): void {
    this.forget(member);
    this.#last += 1;
    member.change = this.#last;
    this.#members.add(this.#last, member);
  }

  /** Puts a member in its own place, which no other has. */
  place(member: T): void {
    this.#members.add(member.change, member);
    this.continueAfter(member.change);
  }

  /** Numbers the next changes after one. */
  continueAfter(change: number): void {
    this.#last = Math.max(this.#last, change);
  }

  /** Takes a member out. */
  forget(member: T): void {
    if (member.change === 0) return;
    this.#members.delete(member.change, member);
    member.change = 0;
  }

  /** The same order, of copies of the members that have their places. */
  copy(copied: (member: T) => T): ChangeLog<T> {
    const log = new ChangeLog<T>();
    log.#last = this.#last;
    for (const member of this.after(0)) log.#members.add(member.change, copied(member));
    return log;
  }

  /** The members whose last change came after a change, in order. */
  after(change: number): Generator<T, void, undefined> {
    return this.#members.after({ key: change, sequence: Number.POSITIVE_INFINITY });
  }
}
