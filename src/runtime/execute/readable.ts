/** A web stream of what is iterated. Nothing is asked for before it is read, and what is cancelled is asked for no more. */
export function readable<Item>(open: () => AsyncIterator<Item, unknown>): ReadableStream<Item> {
  let items: AsyncIterator<Item, unknown> | undefined;
  const source: UnderlyingDefaultSource<Item> = {
    async pull(controller) {
      items ??= open();
      const next = await items.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await items?.return?.();
    },
  };
  return new ReadableStream(source, { highWaterMark: 0 });
}
