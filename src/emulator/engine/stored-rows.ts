import type { StoredRow } from "./stored-row.js";

interface Entry {
  row: StoredRow;
  next: Entry | undefined;
}

/** The rows of one instance, by container key. Instances have few, so that a chain takes least memory and time. */
export class StoredRows {
  #first: Entry | undefined;

  get size(): number {
    let size = 0;
    for (let entry = this.#first; entry; entry = entry.next) size += 1;
    return size;
  }

  get(containerKey: string): StoredRow | undefined {
    for (let entry = this.#first; entry; entry = entry.next) {
      if (entry.row.layout.containerKey === containerKey) return entry.row;
    }
    return undefined;
  }

  has(containerKey: string): boolean {
    return this.get(containerKey) !== undefined;
  }

  /** Puts a row in place of the one of its container, or after all others. */
  set(row: StoredRow): void {
    let last: Entry | undefined;
    for (let entry = this.#first; entry; entry = entry.next) {
      if (entry.row.layout.containerKey === row.layout.containerKey) {
        entry.row = row;
        return;
      }
      last = entry;
    }
    if (last) last.next = { row, next: undefined };
    else this.#first = { row, next: undefined };
  }

  delete(containerKey: string): void {
    let last: Entry | undefined;
    for (let entry = this.#first; entry; entry = entry.next) {
      if (entry.row.layout.containerKey === containerKey) {
        if (last) last.next = entry.next;
        else this.#first = entry.next;
        return;
      }
      last = entry;
    }
  }

  *keys(): Generator<string, void, undefined> {
    for (let entry = this.#first; entry; entry = entry.next) yield entry.row.layout.containerKey;
  }

  *[Symbol.iterator](): Generator<[string, StoredRow], void, undefined> {
    for (let entry = this.#first; entry; entry = entry.next) yield [entry.row.layout.containerKey, entry.row];
  }

  /** The same rows, which then go their own way. */
  copy(): StoredRows {
    const copy = new StoredRows();
    for (const [, row] of this) copy.set(row);
    return copy;
  }
}
