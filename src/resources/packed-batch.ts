import { isMultiRequestError, MultiRequestError } from "../errors/index.js";
import { runBatch } from "../http/index.js";

/** Requests that were packed by more than the number of their items. */
export interface PackedBatch<Item> {
  readonly requests: readonly (readonly Item[])[];
  readonly concurrency: number;
  /** How an item is named in the report of a failure. */
  readonly idOf: (item: Item) => unknown;
  readonly signal: AbortSignal | undefined;
  readonly send: (items: readonly Item[]) => Promise<unknown>;
}

/**
 * Sends packed requests, several at once.
 *
 * @throws the request's own error when there was one request; else MultiRequestError, which accounts for every item
 */
export async function runPacked<Item>(batch: PackedBatch<Item>): Promise<void> {
  const { requests, concurrency, idOf, signal, send } = batch;
  try {
    await runBatch<readonly Item[], unknown>({
      stages: [requests],
      size: 1,
      concurrency,
      idOf: (items) => items,
      signal,
      send: async (chunk) => [await send(chunk.flat())],
    });
  } catch (error) {
    throw isMultiRequestError(error)
      ? perItem(error as MultiRequestError<readonly Item[], readonly Item[]>, idOf)
      : error;
  }
}

/** The account of requests as one of the items in them. */
function perItem<Item>(
  error: MultiRequestError<readonly Item[], readonly Item[]>,
  idOf: (item: Item) => unknown,
): MultiRequestError<unknown, Item> {
  const failures = (list: typeof error.failed) =>
    list.flatMap(({ id, error: why }) => id.map((item) => ({ id: idOf(item), error: why })));
  return new MultiRequestError({
    succeeded: error.succeeded.flat().map(idOf),
    failed: failures(error.failed),
    unknown: failures(error.unknown),
    unsent: error.unsent.flat().map(idOf),
    errors: error.errors,
    remaining: error.remaining.flat(),
  });
}
