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

/** Entries that may wait for their places: a share of those that have one, and at least so many. */
const MOST_WAITING = 1024;
const SHARE_WAITING = 1 / 16;

interface Entry<K, T> {
  readonly key: K;
  readonly member: T;
}

interface Chunk<K, T> {
  readonly keys: K[];
  readonly members: T[];
}

/** Some members of a chunk. */
interface Part<T> {
  readonly members: readonly T[];
  readonly start: number;
  readonly end: number;
}

interface Position {
  readonly chunk: number;
  readonly at: number;
}

/**
 * Members in the order of keys, those with the same key in creation order. Removing and finding a place cost in
 * proportion to the logarithm of the size; walking on costs the same for every member. What is added in between waits
 * until the list is looked at, or until there is much of it: many entries go to their places faster together.
 */
export class SortedList<K, T extends Sequenced> {
  readonly #compare: (a: K, b: K) => number;
  #chunks: Chunk<K, T>[] = [];
  #waiting: Entry<K, T>[] = [];
  #size = 0;
  /** How many entries there are before each chunk, while that is known. */
  #before: number[] | undefined;

  constructor(compare: (a: K, b: K) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#size;
  }

  /** Adds a member that is not in the list with this key. */
  add(key: K, member: T): void {
    this.#size += 1;
    this.#before = undefined;
    const last = this.#chunks.at(-1);
    if (!last) this.#chunks.push({ keys: [key], members: [member] });
    else if (this.#isAfter(last, last.keys.length - 1, key, member.sequence)) this.#wait({ key, member });
    else if (last.keys.length < MOST) {
      last.keys.push(key);
      last.members.push(member);
    } else this.#chunks.push({ keys: [key], members: [member] });
  }

  /** Removes a member with its key; tells whether it was there. */
  delete(key: K, member: T): boolean {
    this.#settle();
    const found = this.#position(key, member.sequence - 1);
    const chunk = this.#chunks[found.chunk];
    if (!chunk || chunk.members[found.at] !== member || this.#compare(chunk.keys[found.at] as K, key) !== 0) {
      return false;
    }
    this.#size -= 1;
    this.#before = undefined;
    chunk.keys.splice(found.at, 1);
    chunk.members.splice(found.at, 1);
    this.#join(found.chunk);
    return true;
  }

  /** How many entries there are up to a place. */
  rank({ key, sequence }: ListPlace<K>): number {
    this.#settle();
    const { chunk, at } = this.#position(key, sequence);
    this.#before ??= this.#counts();
    return (this.#before[chunk] ?? this.#size) + at;
  }

  /** All members, in order. */
  all(): Generator<T, void, undefined> {
    this.#settle();
    return this.#walk({ chunk: 0, at: 0 });
  }

  /** The members after a place, in order. */
  after({ key, sequence }: ListPlace<K>): Generator<T, void, undefined> {
    this.#settle();
    return this.#walk(this.#position(key, sequence));
  }

  /** The members between two places, in order; without the first one, from the beginning. */
  *between(from: ListPlace<K> | undefined, to: ListPlace<K>): Generator<T, void, undefined> {
    for (const { members, start, end } of this.#parts(from, to)) {
      for (let at = start; at < end; at++) yield members[at] as T;
    }
  }

  /** The members between two places, as {@link between} gives them, in a list: it is walked faster than they come. */
  range(from: ListPlace<K> | undefined, to: ListPlace<K>): T[] {
    const found: T[] = [];
    for (const { members, start, end } of this.#parts(from, to)) {
      for (let at = start; at < end; at++) found.push(members[at] as T);
    }
    return found;
  }

  /** The largest key among the entries up to a place; `undefined` when there are none. */
  keyBefore({ key, sequence }: ListPlace<K>): K | undefined {
    this.#settle();
    const { chunk, at } = this.#position(key, sequence);
    return at > 0 ? this.#chunks[chunk]?.keys[at - 1] : this.#chunks[chunk - 1]?.keys.at(-1);
  }

  /** Fills an empty list with many entries at once. */
  fill(entries: Entry<K, T>[]): void {
    this.#sort(entries);
    this.#chunks = inChunks(
      entries.map(({ key }) => key),
      entries.map(({ member }) => member),
      MOST / 2,
    );
    this.#size = entries.length;
  }

  /** What of each chunk is between two places. */
  *#parts(from: ListPlace<K> | undefined, to: ListPlace<K>): Generator<Part<T>, void, undefined> {
    this.#settle();
    const first = from ? this.#position(from.key, from.sequence) : { chunk: 0, at: 0 };
    const last = this.#position(to.key, to.sequence);
    for (let index = first.chunk; index <= last.chunk; index++) {
      const members = this.#chunks[index]?.members ?? [];
      const start = index === first.chunk ? first.at : 0;
      yield { members, start, end: index === last.chunk ? last.at : members.length };
    }
  }

  #wait(entry: Entry<K, T>): void {
    this.#waiting.push(entry);
    if (this.#waiting.length >= Math.max(MOST_WAITING, this.#size * SHARE_WAITING)) this.#settle();
  }

  /** Puts what waits in its places, from the last one to the first, so that those before stay where they are. */
  #settle(): void {
    if (this.#waiting.length === 0) return;
    const waiting = this.#sort(this.#waiting);
    this.#waiting = [];
    for (let end = waiting.length; end > 0; ) {
      const { key, member } = waiting[end - 1] as Entry<K, T>;
      const index = Math.min(this.#chunkAfter(key, member.sequence), this.#chunks.length - 1);
      const start = this.#firstBehind(this.#chunks[index - 1], waiting, end);
      this.#merge(index, waiting.slice(start, end));
      end = start;
    }
  }

  /** The first of those before an end that come after all of a chunk. */
  #firstBehind(chunk: Chunk<K, T> | undefined, entries: readonly Entry<K, T>[], end: number): number {
    if (!chunk) return 0;
    for (let start = end - 1; start > 0; start--) {
      const { key, member } = entries[start - 1] as Entry<K, T>;
      if (this.#isAfter(chunk, chunk.keys.length - 1, key, member.sequence)) return start;
    }
    return 0;
  }

  /** Puts entries, which are sorted, among those of a chunk. */
  #merge(index: number, added: readonly Entry<K, T>[]): void {
    const chunk = this.#chunks[index] as Chunk<K, T>;
    const length = chunk.keys.length + added.length;
    const keys = new Array<K>(length);
    const members = new Array<T>(length);
    let old = 0;
    for (let next = 0; next <= added.length; next++) {
      const entry = added[next];
      const end = entry ? this.#entryAfter(chunk, old, entry.key, entry.member.sequence) : chunk.keys.length;
      for (; old < end; old++) {
        keys[old + next] = chunk.keys[old] as K;
        members[old + next] = chunk.members[old] as T;
      }
      if (!entry) break;
      keys[old + next] = entry.key;
      members[old + next] = entry.member;
    }
    if (length <= MOST) this.#chunks[index] = { keys, members };
    else this.#chunks.splice(index, 1, ...inChunks(keys, members, Math.ceil(length / Math.ceil(length / MOST))));
  }

  #sort(entries: Entry<K, T>[]): Entry<K, T>[] {
    return entries.sort((a, b) => this.#compare(a.key, b.key) || a.member.sequence - b.member.sequence);
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
    const index = this.#chunkAfter(key, sequence);
    const chunk = this.#chunks[index];
    return { chunk: index, at: chunk ? this.#entryAfter(chunk, 0, key, sequence) : 0 };
  }

  /** The first chunk that ends after a place; when there is none, how many chunks there are. */
  #chunkAfter(key: K, sequence: number): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const chunk = this.#chunks[middle] as Chunk<K, T>;
      if (this.#isAfter(chunk, chunk.keys.length - 1, key, sequence)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The first entry of a chunk, from a position on, that comes after a place; when there is none, its end. */
  #entryAfter(chunk: Chunk<K, T>, from: number, key: K, sequence: number): number {
    let first = from;
    let last = chunk.keys.length;
    while (first < last) {
      const middle = (first + last) >>> 1;
      if (this.#isAfter(chunk, middle, key, sequence)) last = middle;
      else first = middle + 1;
    }
    return first;
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

  #counts(): number[] {
    let count = 0;
    return this.#chunks.map(({ keys }) => {
      count += keys.length;
      return count - keys.length;
    });
  }
}

/** Chunks of so many entries each; the last one may have fewer. */
function inChunks<K, T>(keys: readonly K[], members: readonly T[], size: number): Chunk<K, T>[] {
  const chunks: Chunk<K, T>[] = [];
  for (let from = 0; from < keys.length; from += size) {
    chunks.push({ keys: keys.slice(from, from + size), members: members.slice(from, from + size) });
  }
  return chunks;
}
