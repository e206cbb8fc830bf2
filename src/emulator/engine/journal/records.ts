import type { Container, JsonValue, Space } from "../../../models/index.js";
import type { Classic, StoredSequence } from "../data/state.js";
import type { StoredDataModel, StoredView } from "../state.js";

/** Version of the records, and so of every file that is made of them. */
export const RECORD_VERSION = 2;

/** The id of a node as `[space, externalId]`; 0 for none. */
export type PackedReference = readonly [space: string, externalId: string] | 0;

/** A container and the properties that values are given for, in their order. */
export type PackedLayout = readonly [containerKey: string, ...properties: string[]];

/** A row: the number of its layout, then its values; null where there is none. */
export type PackedRow = readonly [layout: number, ...values: JsonValue[]];

/** An instance as it is after a change; one with a `deletedTime` other than 0 is deleted. */
export type PackedInstance = readonly [
  type: 0 | 1,
  space: string,
  externalId: string,
  sequence: number,
  version: number,
  createdTime: number,
  lastUpdatedTime: number,
  change: number,
  deletedTime: number,
  type: PackedReference,
  startNode: PackedReference,
  endNode: PackedReference,
  rows: readonly PackedRow[],
];

/** Resources of one kind: those that are new or changed, and the keys of those that are gone. */
export interface ChangedResources<T> {
  readonly put: readonly T[];
  readonly gone: readonly string[];
}

/** What the schema of a project became. */
export interface SchemaChanges {
  readonly spaces: ChangedResources<Space>;
  readonly containers: ChangedResources<Container>;
  readonly views: ChangedResources<StoredView>;
  readonly dataModels: ChangedResources<StoredDataModel>;
  /** Containers that lost their rows: they were deleted, though they may be there again. */
  readonly emptied: readonly string[];
}

/** A node, or a series or a file that is none. */
export type PackedOwner =
  | { readonly kind: "node"; readonly space: string; readonly externalId: string }
  | { readonly kind: "series" | "files"; readonly classic: Classic };

/** The data points of a series, in the order of their times. */
export type PackedPoints = readonly (readonly [timestamp: number, value: number | string, status: number])[];

/** The content of a file, as base64. */
export interface PackedContent {
  readonly mimeType?: string;
  readonly chunks: readonly string[];
}

/** What is kept beside a node, or beside what is none. */
export interface PackedData {
  readonly owner: PackedOwner;
  readonly points?: PackedPoints;
  readonly content?: PackedContent;
}

/** A sequence and its rows. */
export type PackedSequence = Omit<StoredSequence, "rows"> & {
  readonly rows: readonly (readonly [
    number: number,
    values: readonly (readonly [string, number | bigint | string])[],
  ])[];
};

/** What changed in a project, as JSON: whoever applies all of them in their order has the project. */
export interface ChangeRecord {
  readonly project: string;
  /** The project is to be as new before the changes are made. */
  readonly anew?: true;
  readonly schema?: SchemaChanges;
  readonly layouts: readonly PackedLayout[];
  readonly instances: readonly PackedInstance[];
  readonly counters: readonly (readonly [key: string, next: number | bigint])[];
  /** What is kept beside nodes, where that changed: all of it. */
  readonly data: readonly PackedData[];
  readonly sequences: readonly PackedSequence[];
  readonly nextSequence: number;
  readonly lastChange: number;
}
