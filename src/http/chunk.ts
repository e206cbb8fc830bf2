import { BatchError, isApiError, isCredentialsError, isPygenError, type PygenError } from "../errors/index.js";

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
  /** For each chunk of a stage, the earlier ones (by place) that must be done before it is sent. */
  readonly waitsFor?: ((chunks: readonly (readonly Item[])[]) => readonly (readonly number[])[]) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly send: (items: readonly Item[]) => Promise<readonly Result[]>;
}

interface Chunk<Item, Result> {
  readonly items: readonly Item[];
  result?: readonly Result[];
  error?: PygenError;
}

/**
 * Sends a batch in chunks, several at once, and gives the results in the order of the items.
 * After a failure no further chunk is sent, and those under way are waited for.
 *
 * @throws the chunk's own error when the batch is a read or one chunk; else BatchError, which accounts for every item
 */
export async function runBatch<Item, Result>(batch: Batch<Item, Result>): Promise<Result[]> {
  const stages = batch.stages.map((items) => chunksOf<Item, Result>(items, batch.size));
  const chunks = stages.flat();
  for (const stage of stages) {
    if (chunks.every((chunk) => chunk.error === undefined)) await runStage(stage, batch);
  }
  batch.signal?.throwIfAborted();
  const [first] = chunks.flatMap((chunk) => chunk.error ?? []);
  if (first === undefined) return chunks.flatMap((chunk) => chunk.result ?? []);
  throw batch.idOf === undefined || chunks.length === 1 ? first : accountFor(chunks, batch.idOf);
}

function chunksOf<Item, Result>(items: readonly Item[], size: number): Chunk<Item, Result>[] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => ({ items: items.slice(index * size, (index + 1) * size) }));
}

async function runStage<Item, Result>(chunks: Chunk<Item, Result>[], batch: Batch<Item, Result>): Promise<void> {
  const needed = batch.waitsFor?.(chunks.map(({ items }) => items)) ?? [];
  const runs: Promise<void>[] = [];
  const waiting = chunks.entries();
  let failed = false;
  const send = async (chunk: Chunk<Item, Result>, place: number): Promise<void> => {
    // A chunk starts after all those before it, so whatever it waits for is under way.
    await Promise.all((needed[place] ?? []).map((earlier) => runs[earlier]));
    if (failed || batch.signal?.aborted) return;
    try {
      chunk.result = await batch.send(chunk.items);
    } catch (error) {
      failed = true;
      batch.signal?.throwIfAborted();
      if (!isPygenError(error)) throw error;
      chunk.error = error;
    }
  };
  const work = async (): Promise<void> => {
    for (const [place, chunk] of waiting) {
      if (failed || batch.signal?.aborted) return;
      const run = send(chunk, place);
      runs[place] = run;
      await run;
    }
  };
  await Promise.all(Array.from({ length: Math.min(batch.concurrency, chunks.length) }, work));
}

function accountFor<Item, Result>(chunks: readonly Chunk<Item, Result>[], idOf: (item: Item) => unknown): BatchError {
  const lists = {
    succeeded: [] as unknown[],
    failed: [] as unknown[],
    unknown: [] as unknown[],
    unsent: [] as unknown[],
  };
  for (const chunk of chunks) {
    const list = lists[outcomeOf(chunk)];
    for (const item of chunk.items) list.push(idOf(item));
  }
  return new BatchError({ ...lists, errors: chunks.flatMap((chunk) => chunk.error ?? []) });
}

function outcomeOf(chunk: Chunk<unknown, unknown>): "succeeded" | "failed" | "unknown" | "unsent" {
  if (chunk.result !== undefined) return "succeeded";
  if (chunk.error === undefined) return "unsent";
  return wasRefused(chunk.error) ? "failed" : "unknown";
}

/** Whether an error means that nothing was applied. A 408 or 5xx may come after the work was done. */
function wasRefused(error: PygenError): boolean {
  if (isCredentialsError(error)) return true;
  return isApiError(error) && error.status < 500 && error.status !== 408;
}
