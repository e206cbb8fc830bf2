import type { Page } from "../models/index.js";
import { throwIfAborted } from "./aborted.js";
import { isTooMuch } from "./chunk.js";
import { LoopGuard } from "./loop-guard.js";

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

/** Gets one page from the service. The signal is also aborted when the walk is left. */
export type PageFetch<T> = (cursor: string | undefined, limit: number, signal: AbortSignal) => Promise<Page<T>>;

/**
 * Walks the pages of a list; nothing is fetched before the first item or page is asked for, and one page ahead after that.
 * A page that is too much for the service (408) is asked for at half the size, as are those after it. Leaving early
 * aborts the request under way.
 */
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
  const { signal } = options;
  throwIfAborted(signal);
  const leaving = new AbortController();
  const until = signal ? AbortSignal.any([signal, leaving.signal]) : leaving.signal;
  const guard = new LoopGuard(options.cursor);
  let { pageSize, limit: left = Number.POSITIVE_INFINITY } = options;
  const fetch = async (cursor: string | undefined): Promise<Page<T>> => {
    for (;;) {
      const size = Math.min(left, pageSize);
      try {
        return await fetchPage(cursor, size, until);
      } catch (error) {
        if (size === 1 || !isTooMuch(error)) throw error;
        pageSize = Math.ceil(size / 2);
      }
    }
  };
  const start = (cursor: string | undefined): Promise<Page<T>> => {
    const page = fetch(cursor);
    // Its failure is met when the page is asked for; until then it is nobody's.
    page.catch(() => {});
    return page;
  };
  let ahead = left > 0 ? start(options.cursor) : undefined;
  try {
    while (ahead !== undefined) {
      const page = await ahead;
      // The page may have come before the signal.
      throwIfAborted(signal);
      const items = page.items.length > left ? page.items.slice(0, left) : page.items;
      left -= items.length;
      // A page may be empty and still not be the last (contract 1.6), so only the cursor tells.
      const nextCursor = page.nextCursor ?? undefined;
      ahead = nextCursor === undefined || left === 0 ? undefined : start(guard.check(nextCursor));
      yield nextCursor === undefined ? { items } : { items, nextCursor };
    }
  } finally {
    leaving.abort();
    await ahead?.catch(() => {});
  }
}
