import type { JsonValue } from "../../models/index.js";

/** One instance's values in one container, by container property; null values are absent. */
export type Row = ReadonlyMap<string, JsonValue>;

/** Where rows of one container keep the value of each property. Properties are only ever added. */
export class RowLayout {
  readonly #places = new Map<string, number>();
  readonly #properties: string[] = [];

  /** The keys of the containers of rows that are this one alone. */
  readonly keys: readonly string[];

  constructor(readonly containerKey: string) {
    this.keys = [containerKey];
  }

  /** The properties in the order of their places. */
  get properties(): readonly string[] {
    return this.#properties;
  }

  /** The place of a property; `undefined` when no row has had it so far. */
  placeOf(property: string): number | undefined {
    return this.#places.get(property);
  }

  /** The same row in the compact form that is stored. */
  pack(row: Row): StoredRow {
    if (row instanceof StoredRow && row.layout === this) return row;
    let length = 0;
    for (const property of row.keys()) length = Math.max(length, this.placeFor(property) + 1);
    // An array that grows by itself would keep room for more.
    const values = new Array<JsonValue | undefined>(length).fill(undefined);
    for (const [property, value] of row) values[this.placeFor(property)] = value;
    return new StoredRow(this, values);
  }

  /** The place of a property, which gets one when it has none. */
  placeFor(property: string): number {
    const known = this.#places.get(property);
    if (known !== undefined) return known;
    this.#properties.push(property);
    this.#places.set(property, this.#properties.length - 1);
    return this.#properties.length - 1;
  }
}

/** A row as it is stored: values by place, which takes a third of the memory of a `Map`. It never changes. */
export class StoredRow implements Row {
  constructor(
    readonly layout: RowLayout,
    /** By place in the layout; places beyond the end have no value either. */
    readonly cells: readonly (JsonValue | undefined)[],
  ) {}

  /** The same row without the values that are null, and no longer than it needs to be. */
  withoutNulls(): StoredRow {
    let length = this.cells.length;
    while (length > 0 && (this.cells[length - 1] ?? undefined) === undefined) length -= 1;
    if (length === this.cells.length && !this.cells.includes(null)) return this;
    const cells = new Array<JsonValue | undefined>(length).fill(undefined);
    for (let place = 0; place < length; place++) cells[place] = this.cells[place] ?? undefined;
    return new StoredRow(this.layout, cells);
  }

  get size(): number {
    let size = 0;
    for (const value of this.cells) if (value !== undefined) size += 1;
    return size;
  }

  get(property: string): JsonValue | undefined {
    const place = this.layout.placeOf(property);
    return place === undefined ? undefined : this.cells[place];
  }

  has(property: string): boolean {
    return this.get(property) !== undefined;
  }

  *entries(): MapIterator<[string, JsonValue]> {
    for (const [place, value] of this.cells.entries()) {
      if (value !== undefined) yield [this.layout.properties[place] as string, value];
    }
  }

  *keys(): MapIterator<string> {
    for (const [property] of this.entries()) yield property;
  }

  *values(): MapIterator<JsonValue> {
    for (const [, value] of this.entries()) yield value;
  }

  forEach(visit: (value: JsonValue, property: string, row: Row) => void): void {
    for (const [property, value] of this.entries()) visit(value, property, this);
  }

  [Symbol.iterator](): MapIterator<[string, JsonValue]> {
    return this.entries();
  }
}
