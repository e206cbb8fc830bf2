import type { SequenceColumnType } from "../../../models/index.js";
import type { StoredInstance } from "../stored-instance.js";
import type { Points } from "./points.js";

/** A time series or a file that is no node: one that a property of a node names by its external id. */
export interface Classic {
  /** Beyond those of nodes. */
  readonly id: number;
  readonly externalId: string;
  /** Of a series: whether its values are texts. */
  readonly isString: boolean;
  /** Milliseconds since 1970. */
  readonly createdTime: number;
  readonly lastUpdatedTime: number;
}

/** Whose data points or content something is. */
export type Owner = StoredInstance | Classic;

/** Whether an owner is a node. */
export function isNodeOwner(owner: Owner): owner is StoredInstance {
  return "instanceType" in owner;
}

/** The content of a file. */
export interface StoredContent {
  readonly chunks: readonly Uint8Array<ArrayBuffer>[];
  readonly bytes: number;
  readonly mimeType: string | undefined;
}

/** A place to send a content to, or a part of one; the holder of its key needs no token. */
export interface UploadSlot {
  readonly file: Owner;
  /** Milliseconds since 1970. */
  readonly expires: number;
  /** The upload that it is a part of, and which part. */
  readonly upload?: { readonly id: string; readonly part: number };
}

/** An upload in parts that is not complete; parts by their place. */
export interface PendingUpload {
  readonly file: Owner;
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
  readonly points: WeakMap<Owner, Points>;
  readonly contents: WeakMap<Owner, StoredContent>;
  readonly uploadSlots: Map<string, UploadSlot>;
  readonly pendingUploads: Map<string, PendingUpload>;
  readonly downloadSlots: Map<string, DownloadSlot>;
  /** By external id, as the next three. */
  readonly series: Map<string, Classic>;
  readonly files: Map<string, Classic>;
  readonly sequences: Map<string, StoredSequence>;
  /** Whose points, content or rows changed, where someone wants to know. */
  touched: Set<Owner | StoredSequence> | undefined;
}

/** No data at all. */
export function emptyData(): DataState {
  return {
    points: new WeakMap(),
    contents: new WeakMap(),
    uploadSlots: new Map(),
    pendingUploads: new Map(),
    downloadSlots: new Map(),
    series: new Map(),
    files: new Map(),
    sequences: new Map(),
    touched: undefined,
  };
}

/** Data like other data, of the copies of the nodes that it belongs to. */
export function copyData(
  data: DataState,
  nodes: Iterable<StoredInstance>,
  copyOf: (node: StoredInstance) => StoredInstance | undefined,
): DataState {
  const copy: DataState = { ...emptyData(), series: new Map(data.series), files: new Map(data.files) };
  const owner = (original: Owner): Owner => (isNodeOwner(original) ? (copyOf(original) ?? original) : original);
  for (const original of [...nodes, ...data.series.values()]) {
    const points = data.points.get(original);
    if (points) copy.points.set(owner(original), points.copy());
  }
  for (const original of [...nodes, ...data.files.values()]) {
    const content = data.contents.get(original);
    if (content) copy.contents.set(owner(original), content);
  }
  for (const [key, slot] of data.uploadSlots) copy.uploadSlots.set(key, { ...slot, file: owner(slot.file) });
  for (const [key, { file, expires, parts }] of data.pendingUploads) {
    copy.pendingUploads.set(key, { file: owner(file), expires, parts: new Map(parts) });
  }
  for (const [key, slot] of data.downloadSlots) copy.downloadSlots.set(key, slot);
  for (const [key, sequence] of data.sequences) {
    const rows = new Map([...sequence.rows].map(([number, row]) => [number, new Map(row)]));
    copy.sequences.set(key, { ...sequence, rows });
  }
  return copy;
}
