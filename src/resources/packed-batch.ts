import { isMultiRequestError, MultiRequestError } from "../errors/index.js";
import { runBatch } from "../http/index.js";
import { type Packable, type PackLimits, pack } from "./pack.js";

/** Items whose requests are limited by more than their number. */
export interface PackedBatch<Item> {
  readonly items: readonly Item[];
  readonly limits: PackLimits;
  readonly sizeOf: (item: Item) => Packable;
  /** An item with some of its elements only, up to but not including the last one. */
  readonly cut: (item: Item, from: number, to: number) => Item;
  readonly concurrency: number;
  /** How an item is named in the report of a failure. */
  readonly idOf: (item: Item) => unknown;
  readonly signal: AbortSignal | undefined;
  readonly send: (items: readonly Item[]) => Promise<unknown>;
}

/**
 * Sends items in as few requests as their limits allow, several at once.
 *
 * @throws the request's own error when there was one request; else MultiRequestError, which accounts for every item
 */
export async function runPacked<Item>(batch: PackedBatch<Item>): Promise<void> {
  const { items, limits, sizeOf, cut, concurrency, idOf, signal, send } = batch;
  const requests = pack(items.map(sizeOf), limits).map((slices) =>
    slices.flatMap(({ item, from, to }) => {
      const whole = items[item];
      return whole === undefined ? [] : [cut(whole, from, to)];
    }),
  );
  try {
    await runBatch<readonly Item[], unknown>({
      stages: [requests],
      size: 1,
      concurrency,
      idOf: (request) => request,
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
