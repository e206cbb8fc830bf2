import type { StoredRow } from "./stored-row.js";

const NONE: readonly StoredRow[] = [];

/** The rows of one instance, by container key. Most instances have one, which takes least memory and time. */
export class StoredRows {
  #first: StoredRow | undefined;
  /** All but the first one; there are none without it. Never changed in place. */
  #others: readonly StoredRow[] = NONE;

  get size(): number {
    return this.#first ? 1 + this.#others.length : 0;
  }

  get(containerKey: string): StoredRow | undefined {
    if (this.#first?.layout.containerKey === containerKey) return this.#first;
    for (const row of this.#others) if (row.layout.containerKey === containerKey) return row;
    return undefined;
  }

  has(containerKey: string): boolean {
    return this.get(containerKey) !== undefined;
  }

  /** Puts a row in place of the one of its container, or after all others. */
  set(row: StoredRow): void {
    const { containerKey } = row.layout;
    if (!this.#first || this.#first.layout.containerKey === containerKey) this.#first = row;
    else if (!this.has(containerKey)) this.#others = [...this.#others, row];
    else this.#others = this.#others.map((other) => (other.layout.containerKey === containerKey ? row : other));
  }

  delete(containerKey: string): void {
    const [first, ...others] = [...this].flatMap(([key, row]) => (key === containerKey ? [] : row));
    this.#first = first;
    this.#others = others;
  }

  *keys(): Generator<string, void, undefined> {
    for (const [key] of this) yield key;
  }

  *[Symbol.iterator](): Generator<[string, StoredRow], void, undefined> {
    if (!this.#first) return;
    yield [this.#first.layout.containerKey, this.#first];
    for (const row of this.#others) yield [row.layout.containerKey, row];
  }

  /** The same rows, which then go their own way. */
  copy(): StoredRows {
    const copy = new StoredRows();
    copy.#first = this.#first;
    copy.#others = this.#others;
    return copy;
  }
}
