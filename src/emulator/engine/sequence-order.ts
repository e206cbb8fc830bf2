import { type Sequenced, SortedList } from "./sorted-list.js";

/** A set whose members can be walked in creation order from any place in it. */
export class SequenceOrder<T extends Sequenced> {
  readonly #members = new SortedList<number, T>((a, b) => a - b);

  get size(): number {
    return this.#members.size;
  }

  /** Adds a member that is not in the set. */
  add(member: T): void {
    this.#members.add(member.sequence, member);
  }

  delete(member: T): void {
    this.#members.delete(member.sequence, member);
  }

  /** The members after a place in the order, which need not be that of a member. */
  after(sequence: number): Generator<T, void, undefined> {
    return this.#members.after({ key: sequence, sequence });
  }

  /** All members, in order. */
  all(): Generator<T, void, undefined> {
    return this.after(Number.NEGATIVE_INFINITY);
  }
}
