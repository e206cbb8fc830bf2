import type { LiveRows } from "../types/syncing.js";

/** Rows by the key of their instance, and who wants to know of changes. */
export class RowSet<Row> implements LiveRows<Row> {
  readonly #byKey = new Map<string, Row>();
  readonly #listeners = new Set<() => void>();
  readonly #onClose: () => void;
  #rows: readonly Row[] = [];
  #ended = false;
  #error: unknown;

  /** @param onClose - stops what keeps the set current */
  constructor(onClose: () => void) {
    this.#onClose = onClose;
  }

  get rows(): readonly Row[] {
    return this.#rows;
  }

  get error(): unknown {
    return this.#error;
  }

  subscribe(listener: () => void): () => void {
    // One listener may be there twice.
    const own = (): void => listener();
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  close(): void {
    if (!this.#ended) this.end(undefined);
  }

  /** Puts rows in the place of all that are there. */
  fill(entries: Iterable<readonly [string, Row]>): void {
    this.#byKey.clear();
    for (const [key, row] of entries) this.#byKey.set(key, row);
    this.#changed();
  }

  /** Puts rows in; `undefined` takes them out. */
  apply(entries: Iterable<readonly [string, Row | undefined]>): void {
    let isChanged = false;
    for (const [key, row] of entries) {
      if (row === undefined) isChanged = this.#byKey.delete(key) || isChanged;
      else {
        this.#byKey.set(key, row);
        isChanged = true;
      }
    }
    if (isChanged) this.#changed();
  }

  /** Ends it: with an error, or as it was asked for. */
  end(error: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#error = error;
    this.#onClose();
    this.#tell();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly Row[], void, undefined> {
    let wake = (): void => {};
    const unsubscribe = this.subscribe(() => wake());
    try {
      let seen: readonly Row[] | undefined;
      for (;;) {
        const change = new Promise<void>((resolve) => {
          wake = resolve;
        });
        if (this.#rows !== seen) {
          seen = this.#rows;
          yield seen;
        } else if (this.#ended) {
          if (this.#error !== undefined) throw this.#error;
          return;
        } else await change;
      }
    } finally {
      unsubscribe();
    }
  }

  #changed(): void {
    if (this.#ended) return;
    this.#rows = [...this.#byKey.values()];
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
