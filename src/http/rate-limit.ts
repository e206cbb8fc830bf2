import { sleep, untilAborted } from "./deadline.js";

/** How many requests may be sent. */
export interface RateLimitOptions {
  /** Requests per second in the long run; may be a fraction. */
  readonly perSecond: number;
  /** Requests that may follow each other without a wait after a pause. @defaultValue 1 */
  readonly burst?: number | undefined;
}

/** Tokens that come back with time, up to a number; a request takes one. */
export class TokenBucket {
  readonly #interval: number;
  readonly #burst: number;
  /** When the bucket was or will be full. */
  #full = Number.NEGATIVE_INFINITY;

  constructor({ perSecond, burst = 1 }: RateLimitOptions) {
    this.#interval = 1_000 / perSecond;
    this.#burst = burst;
  }

  /**
   * Takes a token and gives 0; or, when there is none, takes none and gives the milliseconds until there is one.
   *
   * @param now - milliseconds of a monotonic clock
   */
  take(now: number): number {
    const full = Math.max(this.#full, now) + this.#interval;
    const wait = full - now - this.#burst * this.#interval;
    // Sums of fractions of milliseconds are not exact.
    if (wait > 1e-6) return wait;
    this.#full = full;
    return 0;
  }
}

/** Lets requests pass at a rate, in the order they came. */
export class RateLimit {
  readonly #bucket: TokenBucket;
  #last: Promise<void> = Promise.resolve();

  constructor(options: RateLimitOptions) {
    this.#bucket = new TokenBucket(options);
  }

  /** Waits for a token. Aborted while it waits, it rejects at once with the signal's reason and takes none. */
  async take(signal?: AbortSignal): Promise<void> {
    const before = this.#last;
    const turn = before.then(async () => {
      for (;;) {
        signal?.throwIfAborted();
        const wait = this.#bucket.take(performance.now());
        if (wait === 0) return;
        await sleep(wait, signal);
      }
    });
    this.#last = turn.catch(() => {});
    await untilAborted(turn, signal);
  }
}
