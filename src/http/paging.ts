import type { Page } from "../models/index.js";
import { throwIfAborted } from "./aborted.js";
import { ItemIterator } from "./item-iterator.js";
import { type PageOptions, pagesAhead } from "./pages-ahead.js";
import type { RequestOptions } from "./request.js";
import { isTooMuch } from "./too-much.js";

type OnBody = NonNullable<RequestOptions["onBody"]>;

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
  readonly onBody?: RequestOptions["onBody"];
}

/** Gets one page from the service, with options to add to those of its request. */
export type PageFetch<T> = (cursor: string | undefined, limit: number, options: PageOptions) => Promise<Page<T>>;

/**
 * Walks the pages of a list; nothing is fetched before the first item or page is asked for, and one page ahead after that.
 * A page that is too much for the service (408) is asked for at half the size, as are those after it. Leaving early
 * aborts the request under way.
 */
export function paginate<T>(fetchPage: PageFetch<T>, options: PagingOptions): PagedItems<T> {
  const pages = () => walk(fetchPage, options);
  return {
    pages,
    [Symbol.asyncIterator]: () => new ItemIterator(pages(), options.signal),
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
  const { cursor: start, signal, onBody } = options;
  let { pageSize, limit: left = Number.POSITIVE_INFINITY } = options;
  let items: readonly T[] = [];
  throwIfAborted(signal);
  if (left <= 0) return;
  const pages = pagesAhead<Page<T>>({
    cursor: start,
    signal,
    fetch: async (cursor, ahead) => {
      const page = onBody === undefined ? ahead : { ...ahead, onBody: both(onBody, ahead.onBody) };
      for (;;) {
        const size = Math.min(left, pageSize);
        try {
          return await fetchPage(cursor, size, page);
        } catch (error) {
          if (size === 1 || !isTooMuch(error)) throw error;
          pageSize = Math.ceil(size / 2);
        }
      }
    },
    // A page may be empty and still not be the last (contract 1.6), so only the cursor tells.
    next: (page) => {
      items = page.items.length > left ? page.items.slice(0, left) : page.items;
      left -= items.length;
      return left === 0 ? undefined : (page.nextCursor ?? undefined);
    },
    // Near the limit, how much to ask for next is known only once the page is read.
    guess: (cursor) => (left >= 2 * pageSize && typeof cursor === "string" ? cursor : undefined),
  });
  for await (const { nextCursor } of pages) yield nextCursor == null ? { items } : { items, nextCursor };
}

function both(first: OnBody, second: OnBody): (text: string) => Promise<void> {
  return async (text) => {
    await first(text);
    await second(text);
  };
}
