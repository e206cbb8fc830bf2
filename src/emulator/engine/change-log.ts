/** Anything with a place in the order of changes. */
export interface Changing {
  /** 0: it has none. */
  change: number;
}

/** Entries below which outdated ones are not worth clearing away. */
const FEW = 1000;

/**
 * A set in the order of its members' last changes. A change is recorded in constant time, and those after a place are
 * found without walking the ones before.
 */
export class ChangeLog<T extends Changing> {
  #entries: { readonly change: number; readonly member: T }[] = [];
  #outdated = 0;
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
    this.#entries.push({ change: this.#last, member });
  }

  /** Takes a member out. */
  forget(member: T): void {
    if (member.change === 0) return;
    member.change = 0;
    this.#outdated += 1;
    if (this.#outdated > FEW && this.#outdated * 2 > this.#entries.length) this.#clear();
  }

  /** The members whose last change came after a change, in order. */
  *after(change: number): Generator<T, void, undefined> {
    const entries = this.#entries;
    for (let index = firstAfter(entries, change); index < entries.length; index++) {
      const entry = entries[index];
      if (entry !== undefined && entry.member.change === entry.change) yield entry.member;
    }
  }

  #clear(): void {
    this.#entries = this.#entries.filter(({ change, member }) => member.change === change);
    this.#outdated = 0;
  }
}

function firstAfter(entries: readonly { readonly change: number }[], change: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.change ?? 0) <= change) low = middle + 1;
    else high = middle;
  }
  return low;
}
