import { loadPart } from "./load-part.js";
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

/**
 * Sends a batch in chunks, several at once, and gives the results in the order of the items. A chunk that is too much for
 * the service (408, 413) is halved, and so are those after it, down to single items. After a failure nothing more is
 * sent, and what is under way is waited for.
 *
 * @throws the request's own error when the batch is a read or took one request; AbortError when it was aborted before
 * anything was sent; else MultiRequestError, which accounts for every item
 */
export async function runBatch<Item, Result>(batch: Batch<Item, Result>): Promise<Result[]> {
  if (batch.stages.every((stage) => stage.length === 0)) return [];
  const { sendInChunks } = await loadPart("calls of many items", () => import("./chunk.js"), { signal: batch.signal });
  return await sendInChunks(batch);
}
