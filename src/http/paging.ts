import { ResponseError } from "../errors/index.js";
import type { Page } from "../models/index.js";

/** Items of a list of any length, fetched page by page as they are consumed. */
export interface PagedItems<T> extends AsyncIterable<T> {
  /** The same as pages. The cursor of a page resumes after it. */
  pages(): AsyncIterable<Page<T>>;
}

/** How a list is walked. */
export interface PagingOptions {
  /** Where to resume. */
  readonly cursor?: string | undefined;
  /** Items in all. */
  readonly limit?: number | undefined;
  /** Items of a page at most. */
  readonly pageSize: number;
  readonly signal?: AbortSignal | undefined;
}

/** Gets one page from the service. */
export type PageFetch<T> = (cursor: string | undefined, limit: number) => Promise<Page<T>>;

/** Walks the pages of a list; nothing is fetched before the first item or page is asked for. */
export function paginate<T>(fetchPage: PageFetch<T>, options: PagingOptions): PagedItems<T> {
  const pages = () => walk(fetchPage, options);
  return {
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) yield* page.items;
    },
  };
}

/** All items as an array. */
export async function collect<T>(paged: PagedItems<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of paged.pages()) {
    for (const item of page.items) items.push(item);
  }
  return items;
}

async function* walk<T>(fetchPage: PageFetch<T>, options: PagingOptions): AsyncGenerator<Page<T>, void, undefined> {
  const { limit = Number.POSITIVE_INFINITY, pageSize, signal } = options;
  const guard = new LoopGuard(options.cursor);
  let cursor = options.cursor;
  let left = limit;
  // A page may be empty and still not be the last (contract 1.6), so only the cursor tells.
  while (left > 0) {
    signal?.throwIfAborted();
    const page = await fetchPage(cursor, Math.min(left, pageSize));
    const items = page.items.length > left ? page.items.slice(0, left) : page.items;
    left -= items.length;
    cursor = page.nextCursor ?? undefined;
    yield cursor === undefined ? { items } : { items, nextCursor: cursor };
    if (cursor === undefined) return;
    guard.check(cursor);
  }
}

/** Notices cursors that go round in circles, of any length, in constant memory (Brent's method). */
class LoopGuard {
  #anchor: string | undefined;
  #steps = 0;
  #span = 1;

  constructor(start: string | undefined) {
    this.#anchor = start;
  }

  check(cursor: string): void {
    if (cursor === this.#anchor) {
      throw new ResponseError("RESPONSE.PAGING", "The service gave the same cursor twice; its list would never end.");
    }
    this.#steps += 1;
    if (this.#steps < this.#span) return;
    this.#anchor = cursor;
    this.#span *= 2;
    this.#steps = 0;
  }
}
