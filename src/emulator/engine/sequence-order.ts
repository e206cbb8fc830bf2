/** Anything with a position in creation order. */
export interface Sequenced {
  readonly sequence: number;
}

/**
 * A set whose members can be walked in the order of their sequence from any place in it.
 * Sorting happens on the first walk after members came out of order, so adding stays cheap.
 */
export class SequenceOrder<T extends Sequenced> {
  readonly #members = new Set<T>();
  #sorted: T[] = [];
  #removed = 0;
  #stale = false;

  get size(): number {
    return this.#members.size;
  }

  add(member: T): void {
    if (this.#members.has(member)) return;
    this.#members.add(member);
    if (this.#stale) return;
    const last = this.#sorted.at(-1);
    if (last === undefined || last.sequence < member.sequence) this.#sorted.push(member);
    else this.#stale = true;
  }

  delete(member: T): void {
    if (!this.#members.delete(member)) return;
    this.#removed += 1;
    if (this.#removed * 2 > this.#sorted.length) this.#stale = true;
  }

  /** The members after a place in the order, which need not be that of a member. */
  *after(sequence: number): Generator<T, void, undefined> {
    if (this.#stale) this.#sort();
    const sorted = this.#sorted;
    for (let index = firstAfter(sorted, sequence); index < sorted.length; index++) {
      const member = sorted[index];
      if (member !== undefined && this.#members.has(member)) yield member;
    }
  }

  /** All members, in order. */
  all(): Generator<T, void, undefined> {
    return this.after(Number.NEGATIVE_INFINITY);
  }

  #sort(): void {
    this.#sorted = [...this.#members].sort((a, b) => a.sequence - b.sequence);
    this.#removed = 0;
    this.#stale = false;
  }
}

function firstAfter(sorted: readonly Sequenced[], sequence: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const member = sorted[middle];
    if (member !== undefined && member.sequence <= sequence) low = middle + 1;
    else high = middle;
  }
  return low;
}
