import type { PreparedBody } from "./payload.js";

/** A batch of any length and how to send it. */
export interface Batch<Item, Result> {
  /** Items in groups: a group is sent when the one before it is done, because later groups refer to earlier ones. */
  readonly stages: readonly (readonly Item[])[];
  /** Items of one request at most. */
  readonly size: number;
  /** Requests under way at once. */
  readonly concurrency: number;
  /** For writes: how an item is named in the report of a failure. */
  readonly idOf?: ((item: Item) => unknown) | undefined;
  /** For writes: the items as they were given, where the groups have another order. */
  readonly given?: readonly Item[] | undefined;
  /** Per group and chunk, the chunks before it in that group that must be done before it is sent. */
  readonly waitsFor?: readonly (readonly (readonly number[])[])[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Makes a request ready while those before it are under way. */
  readonly prepare?: ((items: readonly Item[]) => PreparedBody) | undefined;
  readonly send: (items: readonly Item[], body?: PreparedBody) => Promise<readonly Result[]>;
}
