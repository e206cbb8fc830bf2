import type { SequenceColumnType } from "../../../models/index.js";
import type { StoredInstance } from "../stored-instance.js";
import type { Points } from "./points.js";

/** The content of a file. */
export interface StoredContent {
  readonly chunks: readonly Uint8Array<ArrayBuffer>[];
  readonly bytes: number;
  readonly mimeType: string | undefined;
}

/** A place to send a content to, or a part of one; the holder of its key needs no token. */
export interface UploadSlot {
  readonly file: StoredInstance;
  /** Milliseconds since 1970. */
  readonly expires: number;
  /** The upload that it is a part of, and which part. */
  readonly upload?: { readonly id: string; readonly part: number };
}

/** An upload in parts that is not complete; parts by their place. */
export interface PendingUpload {
  readonly file: StoredInstance;
  /** Milliseconds since 1970. */
  readonly expires: number;
  readonly parts: Map<number, StoredContent>;
}

/** A place to fetch a content from; the holder of its key needs no token. */
export interface DownloadSlot {
  readonly content: StoredContent;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** A sequence; rows by their number, values by column. */
export interface StoredSequence {
  readonly id: number;
  readonly externalId: string;
  readonly name: string | undefined;
  readonly columns: readonly {
    readonly externalId: string;
    readonly name?: string;
    readonly valueType: SequenceColumnType;
  }[];
  readonly rows: Map<number, Map<string, number | bigint | string>>;
  readonly createdTime: number;
}

/** What a project keeps beside its instances. What belongs to a node goes with it. */
export interface DataState {
  readonly points: WeakMap<StoredInstance, Points>;
  readonly contents: WeakMap<StoredInstance, StoredContent>;
  readonly uploadSlots: Map<string, UploadSlot>;
  readonly pendingUploads: Map<string, PendingUpload>;
  readonly downloadSlots: Map<string, DownloadSlot>;
  /** By external id. */
  readonly sequences: Map<string, StoredSequence>;
}

/** No data at all. */
export function emptyData(): DataState {
  return {
    points: new WeakMap(),
    contents: new WeakMap(),
    uploadSlots: new Map(),
    pendingUploads: new Map(),
    downloadSlots: new Map(),
    sequences: new Map(),
  };
}
