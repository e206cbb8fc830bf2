import type { Batch } from "./batch.js";
import { loadPart } from "./load-part.js";

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
