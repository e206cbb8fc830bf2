/** Anything with a position in creation order. */
export interface Sequenced {
  readonly sequence: number;
}

/** A place in a list: after the entries with smaller keys, and after those with the same key up to a sequence. */
export interface ListPlace<K> {
  readonly key: K;
  readonly sequence: number;
}

/** Entries beyond which a chunk is cut in two: few enough to move around, many enough to be found by few steps. */
const MOST = 512;

interface Chunk<K, T> {
  readonly keys: K[];
  readonly members: T[];
}

interface Position {
  readonly chunk: number;
  readonly at: number;
}

/**
 * Members in the order of keys, those with the same key in creation order. Adding, removing and finding a place cost in
 * proportion to the logarithm of the size; walking on costs the same for every member.
 */
export class SortedList<K, T extends Sequenced> {
  readonly #compare: (a: K, b: K) => number;
  #chunks: Chunk<K, T>[] = [];
  #size = 0;

  constructor(compare: (a: K, b: K) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#size;
  }

  /** Adds a member that is not in the list with this key. */
  add(key: K, member: T): void {
    this.#size += 1;
    const last = this.#chunks.at(-1);
    if (!last) {
      this.#chunks.push({ keys: [key], members: [member] });
      return;
    }
    const { chunk: index, at } = this.#isAfter(last, last.keys.length - 1, key, member.sequence)
      ? this.#position(key, member.sequence)
      : { chunk: this.#chunks.length - 1, at: last.keys.length };
    // Between two chunks a member goes to the end of the first one.
    const place = at === 0 && index > 0 ? { chunk: index - 1, at: this.#length(index - 1) } : { chunk: index, at };
    this.#insert(place, key, member);
  }

  /** Removes a member with its key; tells whether it was there. */
  delete(key: K, member: T): boolean {
    const found = this.#position(key, member.sequence - 1);
    const chunk = this.#chunks[found.chunk];
    if (!chunk || chunk.members[found.at] !== member || this.#compare(chunk.keys[found.at] as K, key) !== 0) {
      return false;
    }
    this.#size -= 1;
    chunk.keys.splice(found.at, 1);
    chunk.members.splice(found.at, 1);
    this.#join(found.chunk);
    return true;
  }

  /** How many entries there are up to a place. */
  rank({ key, sequence }: ListPlace<K>): number {
    const { chunk, at } = this.#position(key, sequence);
    let count = at;
    for (let before = 0; before < chunk; before++) count += this.#length(before);
    return count;
  }

  /** All members, in order. */
  all(): Generator<T, void, undefined> {
    return this.#walk({ chunk: 0, at: 0 });
  }

  /** The members after a place, in order. */
  after({ key, sequence }: ListPlace<K>): Generator<T, void, undefined> {
    return this.#walk(this.#position(key, sequence));
  }

  /** The members between two places, in order; without the first one, from the beginning. */
  *between(from: ListPlace<K> | undefined, to: ListPlace<K>): Generator<T, void, undefined> {
    const start = from ? this.#position(from.key, from.sequence) : { chunk: 0, at: 0 };
    const end = this.#position(to.key, to.sequence);
    for (let index = start.chunk; index <= end.chunk; index++) {
      const members = this.#chunks[index]?.members ?? [];
      const stop = index === end.chunk ? end.at : members.length;
      for (let at = index === start.chunk ? start.at : 0; at < stop; at++) yield members[at] as T;
    }
  }

  /** The largest key among the entries up to a place; `undefined` when there are none. */
  keyBefore({ key, sequence }: ListPlace<K>): K | undefined {
    const { chunk, at } = this.#position(key, sequence);
    return at > 0 ? this.#chunks[chunk]?.keys[at - 1] : this.#chunks[chunk - 1]?.keys.at(-1);
  }

  /** Fills an empty list with many entries at once. */
  fill(entries: { readonly key: K; readonly member: T }[]): void {
    entries.sort((a, b) => this.#compare(a.key, b.key) || a.member.sequence - b.member.sequence);
    const whole = MOST / 2;
    for (let start = 0; start < entries.length; start += whole) {
      const part = entries.slice(start, start + whole);
      this.#chunks.push({ keys: part.map(({ key }) => key), members: part.map(({ member }) => member) });
    }
    this.#size = entries.length;
  }

  *#walk({ chunk: start, at: first }: Position): Generator<T, void, undefined> {
    for (let index = start; index < this.#chunks.length; index++) {
      const members = this.#chunks[index]?.members ?? [];
      for (let at = index === start ? first : 0; at < members.length; at++) yield members[at] as T;
    }
  }

  /** Whether an entry comes after a place. */
  #isAfter(chunk: Chunk<K, T>, at: number, key: K, sequence: number): boolean {
    const order = this.#compare(chunk.keys[at] as K, key);
    return order > 0 || (order === 0 && (chunk.members[at] as T).sequence > sequence);
  }

  /** The first entry after a place; when there is none, the end of the last chunk. */
  #position(key: K, sequence: number): Position {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const chunk = this.#chunks[middle] as Chunk<K, T>;
      if (this.#isAfter(chunk, chunk.keys.length - 1, key, sequence)) high = middle;
      else low = middle + 1;
    }
    const chunk = this.#chunks[low];
    if (!chunk) return { chunk: low, at: 0 };
    let first = 0;
    let last = chunk.keys.length;
    while (first < last) {
      const middle = (first + last) >>> 1;
      if (this.#isAfter(chunk, middle, key, sequence)) last = middle;
      else first = middle + 1;
    }
    return { chunk: low, at: first };
  }

  #insert({ chunk: index, at }: Position, key: K, member: T): void {
    const chunk = this.#chunks[index] as Chunk<K, T>;
    const length = chunk.keys.length;
    if (length < MOST) {
      if (at === length) {
        chunk.keys.push(key);
        chunk.members.push(member);
      } else {
        chunk.keys.splice(at, 0, key);
        chunk.members.splice(at, 0, member);
      }
      return;
    }
    // What comes in order fills its chunks; only what comes in between cuts them.
    if (at === length) {
      this.#chunks.splice(index + 1, 0, { keys: [key], members: [member] });
      return;
    }
    const half = length >>> 1;
    this.#chunks.splice(index + 1, 0, { keys: chunk.keys.splice(half), members: chunk.members.splice(half) });
    this.#insert(at <= half ? { chunk: index, at } : { chunk: index + 1, at: at - half }, key, member);
  }

  /** Joins a chunk that became small with the one after it. */
  #join(index: number): void {
    const chunk = this.#chunks[index] as Chunk<K, T>;
    const next = this.#chunks[index + 1];
    if (next && chunk.keys.length + next.keys.length <= MOST / 2) {
      chunk.keys.push(...next.keys);
      chunk.members.push(...next.members);
      this.#chunks.splice(index + 1, 1);
    } else if (chunk.keys.length === 0) this.#chunks.splice(index, 1);
  }

  #length(index: number): number {
    return this.#chunks[index]?.keys.length ?? 0;
  }
}
