import type { ByExternalId, ByInternalId } from "./resource-id.js";

/** Names a sequence: its external id is what properties of type `sequence` hold (contract 11.3). */
export type SequenceId = ByExternalId | ByInternalId;

/** A value in a row; a `bigint` only where exact reading was asked for. */
export type SequenceValue = number | bigint | string | null;

/** What a column of a sequence holds. */
export type SequenceColumnType = "STRING" | "DOUBLE" | "LONG";

/** A column of a sequence. */
export interface SequenceColumn {
  readonly externalId?: string;
  readonly name?: string;
  readonly valueType?: SequenceColumnType;
}

/** One row of a sequence; `values` are in the order of the columns. */
export interface SequenceRow {
  readonly rowNumber: number;
  readonly values: readonly SequenceValue[];
}

/** Rows of a sequence, and what their values are. */
export interface SequenceRows {
  readonly id: number;
  readonly externalId?: string;
  readonly columns: readonly SequenceColumn[];
  readonly rows: readonly SequenceRow[];
}

/** Rows to write to a sequence; `columns` are external ids, each row has a value for every one of them. */
export type SequenceRowsInsert = SequenceId & {
  readonly columns: readonly string[];
  readonly rows: readonly SequenceRow[];
};

/** Rows to delete from a sequence. */
export type SequenceRowsDelete = SequenceId & { readonly rows: readonly number[] };

/** Body of `POST /sequences/data`: at most 10,000 rows and 100,000 values (contract 11.3). */
export interface SequenceRowsInsertRequest {
  readonly items: readonly SequenceRowsInsert[];
}

/** Body of `POST /sequences/data/list` (contract 11.3). */
export type SequenceRowsListRequest = SequenceId & {
  /** The first row to give. @defaultValue 0 */
  readonly start?: number;
  /** The row to stop before. */
  readonly end?: number;
  /** 1 to 10,000. @defaultValue 100 */
  readonly limit?: number;
  readonly cursor?: string;
  readonly columns?: readonly string[];
};

/** Answer of `POST /sequences/data/list` (contract 11.3). */
export interface SequenceRowsPage extends SequenceRows {
  readonly nextCursor?: string | null;
}

/** Body of `POST /sequences/data/latest` (contract 11.3). */
export type SequenceRowsLatestRequest = SequenceId & {
  readonly columns?: readonly string[];
  /** The last row before this one. */
  readonly before?: number;
};

/** Body of `POST /sequences/data/delete`: at most 10,000 rows (contract 11.3). */
export interface SequenceRowsDeleteRequest {
  readonly items: readonly SequenceRowsDelete[];
}

/** A sequence to create: no more than what reading and writing rows needs. */
export interface SequenceCreate {
  readonly externalId: string;
  readonly name?: string;
  readonly columns: readonly (SequenceColumn & { readonly externalId: string })[];
}
