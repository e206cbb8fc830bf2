import type { NodeReference } from "../src/models/index.js";
import type { RowFacts } from "./types/rows.js";

/** What rows of all kinds have. */
export interface AnyRow {
  readonly space: string;
  readonly externalId: string;
}

/** Which version of an instance was read, and when it was made and changed. */
export interface DataRecord {
  readonly version: number;
  readonly createdTime: Date;
  readonly lastUpdatedTime: Date;
}

/** What a relation of a row holds: of several the one. */
type Held<P> = NonNullable<P> extends readonly (infer E)[] ? E : NonNullable<P>;

/** What else a list knows of its rows. */
export interface ListFacts<Write> {
  /** What resumes after them. */
  readonly cursors?: string | undefined;
  /** What writes a row back. */
  readonly toWrite: (row: AnyRow) => Write;
}

/** Rows in an array, with what v1's lists had beside (L1). Rows are plain data. */
export class LegacyList<Row extends AnyRow, Write = unknown> extends Array<Row> {
  readonly #facts: ListFacts<Write>;

  constructor(rows: Iterable<Row>, facts: ListFacts<Write>) {
    super();
    for (const row of rows) this.push(row);
    this.#facts = facts;
  }

  /** What arrays make of themselves are plain arrays. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  /** What resumes after these rows: of `iterate()`, but for its last list. */
  get cursors(): string | undefined {
    return this.#facts.cursors;
  }

  /** The external ids of the rows. */
  asExternalIds(): string[] {
    return this.map(({ externalId }) => externalId);
  }

  /** The ids of the rows in full. */
  asNodeIds(): NodeReference[] {
    return this.map(({ space, externalId }) => ({ space, externalId }));
  }

  /** What v1's `data_record` of each row held. */
  dataRecords(this: LegacyList<RowFacts & Row, Write>): DataRecord[] {
    return this.map(({ $version, $createdTime, $lastUpdatedTime }) => ({
      version: $version,
      createdTime: $createdTime,
      lastUpdatedTime: $lastUpdatedTime,
    }));
  }

  /** Items that write the rows back, if nobody changed them meanwhile. */
  asWrite(): Write[] {
    return this.map((row) => this.#facts.toWrite(row));
  }

  /** What all rows hold of a relation, one after the other. */
  connected<K extends keyof Row & string>(relation: K): Held<Row[K]>[] {
    const held: unknown[] = this.flatMap((row) => row[relation] ?? []);
    return held as Held<Row[K]>[];
  }
}
