import type { JsonValue } from "../../models/index.js";
import { type RowLayout, StoredRow } from "./stored-row.js";

type Cells = readonly (JsonValue | undefined)[];

const NONE: readonly StoredRow[] = [];
const NO_CELLS: Cells = [];
const NO_KEYS: readonly string[] = [];

/** The rows of one instance, by container key. Most instances have one, whose parts it holds itself: that takes least. */
export class StoredRows {
  #layout: RowLayout | undefined;
  #cells = NO_CELLS;
  /** All but the first one; there are none without it. Never changed in place. */
  #others: readonly StoredRow[] = NONE;

  get size(): number {
    return this.#layout ? 1 + this.#others.length : 0;
  }

  get(containerKey: string): StoredRow | undefined {
    if (this.#layout?.containerKey === containerKey) return new StoredRow(this.#layout, this.#cells);
    return this.#other(containerKey);
  }

  /** The cells of the row of a container. */
  cells(containerKey: string): Cells | undefined {
    return this.#layout?.containerKey === containerKey ? this.#cells : this.#other(containerKey)?.cells;
  }

  has(containerKey: string): boolean {
    return this.cells(containerKey) !== undefined;
  }

  #other(containerKey: string): StoredRow | undefined {
    for (const row of this.#others) if (row.layout.containerKey === containerKey) return row;
    return undefined;
  }

  /** Puts a row in place of the one of its container, or after all others. */
  set(row: StoredRow): void {
    const { containerKey } = row.layout;
    if (!this.#layout || this.#layout.containerKey === containerKey) {
      this.#layout = row.layout;
      this.#cells = row.cells;
    } else if (!this.#other(containerKey)) this.#others = [...this.#others, row];
    else this.#others = this.#others.map((other) => (other.layout.containerKey === containerKey ? row : other));
  }

  delete(containerKey: string): void {
    const [first, ...others] = this.all().filter((row) => row.layout.containerKey !== containerKey);
    this.#layout = first?.layout;
    this.#cells = first?.cells ?? NO_CELLS;
    this.#others = others;
  }

  /** All rows, in the order in which they came. */
  all(): readonly StoredRow[] {
    return this.#layout ? [new StoredRow(this.#layout, this.#cells), ...this.#others] : NONE;
  }

  keys(): readonly string[] {
    if (this.#others.length === 0) return this.#layout?.keys ?? NO_KEYS;
    return this.all().map(({ layout }) => layout.containerKey);
  }

  /** The same rows, which then go their own way. */
  copy(): StoredRows {
    const copy = new StoredRows();
    copy.#layout = this.#layout;
    copy.#cells = this.#cells;
    copy.#others = this.#others;
    return copy;
  }
}
