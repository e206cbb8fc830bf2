import { throwIfAborted } from "./aborted.js";

/** A page as far as its items go. */
interface ItemPage<Item> {
  readonly items: readonly Item[];
}

/**
 * Walks the items of pages. By hand, because an async generator takes several turns of the microtask queue an item; calls
 * that do not wait for each other are served in their order, as a generator would.
 */
export class ItemIterator<Item> implements AsyncIterableIterator<Item, undefined> {
  readonly #pages: AsyncIterator<ItemPage<Item>, void, undefined>;
  readonly #signal: AbortSignal | undefined;
  #items: readonly Item[] = [];
  #at = 0;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(pages: AsyncIterable<ItemPage<Item>>, signal?: AbortSignal) {
    this.#pages = pages[Symbol.asyncIterator]() as AsyncIterator<ItemPage<Item>, void, undefined>;
    this.#signal = signal;
  }

  next(): Promise<IteratorResult<Item, undefined>> {
    if (this.#waiting > 0 || this.#at >= this.#items.length || this.#signal?.aborted) {
      return this.#inOrder(() => this.#step());
    }
    return Promise.resolve({ done: false, value: this.#items[this.#at++] as Item });
  }

  return(): Promise<IteratorResult<Item, undefined>> {
    return this.#inOrder(() => this.#close());
  }

  throw(error: unknown): Promise<IteratorResult<Item, undefined>> {
    return this.#inOrder(async () => {
      await this.#close();
      throw error;
    });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #inOrder<T>(step: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    const run = this.#last.then(step).finally(() => {
      this.#waiting -= 1;
    });
    this.#last = run.catch(() => {});
    return run;
  }

  async #step(): Promise<IteratorResult<Item, undefined>> {
    if (this.#signal?.aborted) await this.#close();
    throwIfAborted(this.#signal);
    while (this.#at >= this.#items.length) {
      const { done, value } = await this.#pages.next();
      if (done) return { done, value: undefined };
      this.#items = value.items;
      this.#at = 0;
    }
    return { done: false, value: this.#items[this.#at++] as Item };
  }

  async #close(): Promise<IteratorResult<Item, undefined>> {
    this.#items = [];
    await this.#pages.return?.();
    return { done: true, value: undefined };
  }
}
