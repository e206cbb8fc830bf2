import { throwIfAborted } from "./aborted.js";
import { cursorAtEnd, turn } from "./early-cursor.js";
import { LoopGuard } from "./loop-guard.js";
import { onAbort } from "./on-abort.js";

/** What the request of a page takes: to be stopped by, and to see the answer with before it is read. */
export interface PageOptions {
  readonly signal: AbortSignal;
  readonly onBody: (text: string) => Promise<void> | undefined;
}

/** A list in pages, each of which says where the next one begins. */
export interface PageSource<Page> {
  /** Where to begin; the first page when there is none. */
  readonly cursor?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Gets a page. */
  readonly fetch: (cursor: string | undefined, options: PageOptions) => Promise<Page>;
  /** The cursor after a page; none after the last that is wanted. */
  readonly next: (page: Page) => string | undefined;
  /** Whether the cursor that ends an answer is the next one; a guess that is wrong costs a request. @defaultValue yes */
  readonly guess?: ((cursorAtEnd: unknown) => string | undefined) | undefined;
}

/** Shorter answers are read in no time. */
const worthGuessing = 20_000;

/** A page under way. */
interface Fetching<Page> {
  readonly cursor: string | undefined;
  readonly page: Promise<Page>;
  stop(reason?: unknown): void;
}

/**
 * Walks pages, one read ahead and none after it. The next page is asked for as soon as its cursor is met at the end of an
 * answer's text: before that answer is read, which takes longer than all else. Leaving early aborts what is under way
 * and waits until it is gone.
 */
export async function* pagesAhead<Page>(source: PageSource<Page>): AsyncGenerator<Page, void, undefined> {
  const { signal, next, guess = asText } = source;
  throwIfAborted(signal);
  const guard = new LoopGuard(source.cursor);
  let following: Fetching<Page> | undefined;
  const follow = async (cursor: string | undefined): Promise<void> => {
    if (following?.cursor === cursor) return;
    following?.stop();
    following = cursor === undefined ? undefined : begin(cursor);
    if (!following) return;
    // One turn for the request to reach its connection, one for its bytes to leave.
    await turn();
    await turn();
  };
  const begin = (cursor: string | undefined): Fetching<Page> => {
    const controller = new AbortController();
    let fetching: Fetching<Page> | undefined;
    // A page that came before it was asked for starts no further one: that would be two ahead.
    const onBody = (text: string): Promise<void> | undefined =>
      current === fetching && text.length > worthGuessing ? follow(guess(cursorAtEnd(text))) : undefined;
    const page = source.fetch(cursor, { signal: controller.signal, onBody });
    // Its failure is met when the page is asked for; until then it is nobody's.
    page.catch(() => {});
    fetching = { cursor, page, stop: (reason?: unknown) => controller.abort(reason) };
    return fetching;
  };
  const stop = (): void => {
    for (const fetching of [current, following]) fetching?.stop(signal?.reason);
  };
  let current: Fetching<Page> | undefined;
  const undo = onAbort(signal, stop);
  try {
    current = begin(source.cursor);
    while (current) {
      const page: Page = await current.page;
      // The page may have come before the signal.
      throwIfAborted(signal);
      const cursor = next(page);
      await follow(cursor === undefined ? undefined : guard.check(cursor));
      yield page;
      current = following;
      following = undefined;
    }
  } finally {
    undo();
    stop();
    await Promise.allSettled([current?.page, following?.page]);
  }
}

function asText(cursor: unknown): string | undefined {
  return typeof cursor === "string" ? cursor : undefined;
}
