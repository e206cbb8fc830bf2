/**
 * Puts things together in lists of so many, the last of what is left: requests are made of lists.
 *
 * @throws RangeError for a size below 1
 */
export function* inBatches<T>(items: Iterable<T>, size: number): Generator<readonly T[], void, undefined> {
  if (!(Number.isInteger(size) && size > 0))
    throw new RangeError(`The size of a batch must be 1 or more, not ${size}.`);
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
