import { AdaptiveLimit } from "./adaptive-limit.js";
import { Line } from "./line.js";
import { onAbort } from "./on-abort.js";
import { RateLimit, type RateLimitOptions } from "./rate-limit.js";

/** Groups of calls that the service limits together (contract 3.1). */
export type Lane = "schema" | "read" | "write" | "delete" | "search" | "datapoints" | "files";

/** How many calls of each group may be under way at once. */
export type ConcurrencyOptions = Readonly<Partial<Record<Lane, number>>>;

/** The service's own limits per project (contract 3.1); where none is known, a careful number. */
export const defaultConcurrency: Readonly<Record<Lane, number>> = {
  schema: 2,
  read: 8,
  write: 4,
  delete: 2,
  search: 2,
  datapoints: 5,
  files: 4,
};

/** How an attempt waits for its turn. */
export interface TurnOptions {
  readonly signal?: AbortSignal | undefined;
  /** A repeated attempt: it goes before those that were not sent yet. */
  readonly urgent?: boolean | undefined;
}

/**
 * Lets attempts run, at most so many of each lane at once: repeated ones first, else in the order they came. A lane
 * whose calls are refused for being too many narrows for a while.
 */
export class Lanes {
  readonly #options: ConcurrencyOptions;
  readonly #rate: RateLimit | undefined;
  readonly #lanes = new Map<Lane, LaneQueue>();

  constructor(options: ConcurrencyOptions = {}, rateLimit?: RateLimitOptions) {
    this.#options = options;
    this.#rate = rateLimit && new RateLimit(rateLimit);
  }

  /** How many attempts of a lane may be under way at once, as configured. */
  concurrency(lane: Lane): number {
    return this.#lane(lane).adaptive.ceiling;
  }

  /**
   * Runs an attempt when the lane has room and the rate allows it. Aborted while it waits, it rejects at once with the
   * signal's reason and never runs; once it runs, the attempt itself must follow the signal.
   *
   * Waits between attempts must be outside, so that they hold no place. An attempt must not wait for another one of its
   * own lane; of other lanes it may.
   */
  async run<T>(lane: Lane, { signal, urgent }: TurnOptions, attempt: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    const queue = this.#lane(lane);
    await queue.enter(signal, urgent === true);
    try {
      await this.#rate?.take(signal);
      signal?.throwIfAborted();
      queue.underWay += 1;
      try {
        return await attempt();
      } finally {
        queue.underWay -= 1;
      }
    } finally {
      queue.leave();
    }
  }

  /**
   * To be called **within** an attempt that was answered with 429, before it ends: the lane narrows to the attempts that
   * are still under way.
   *
   * @returns whether the lane itself holds the repeated attempt back until another one has ended. Then, without a
   * `Retry-After`, a tenth of the usual wait is enough; a longer one would leave places empty
   */
  throttled(lane: Lane): boolean {
    const queue = this.#lane(lane);
    queue.adaptive.throttled(queue.underWay - 1, performance.now());
    queue.admit();
    return queue.underWay > 1;
  }

  /** To be called after an attempt that was admitted: a lane that had narrowed widens again, little by little. */
  succeeded(lane: Lane): void {
    const queue = this.#lane(lane);
    queue.adaptive.succeeded(performance.now());
    queue.admit();
  }

  #lane(lane: Lane): LaneQueue {
    let queue = this.#lanes.get(lane);
    if (queue === undefined) {
      queue = new LaneQueue(this.#options[lane] ?? defaultConcurrency[lane]);
      this.#lanes.set(lane, queue);
    }
    return queue;
  }
}

class LaneQueue {
  readonly adaptive: AdaptiveLimit;
  /** Attempts that run. */
  underWay = 0;
  /** Places given, also to those whom the rate holds back. */
  #taken = 0;
  readonly #urgent = new Line();
  readonly #fresh = new Line();

  constructor(places: number) {
    this.adaptive = new AdaptiveLimit(places);
  }

  /** Waits for a place. */
  enter(signal: AbortSignal | undefined, urgent: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const line = urgent ? this.#urgent : this.#fresh;
      const waiter = () => {
        undo();
        resolve();
      };
      const undo = onAbort(signal, () => {
        line.delete(waiter);
        reject(signal?.reason);
      });
      line.add(waiter);
      this.admit();
    });
  }

  /** Gives a place back. */
  leave(): void {
    this.#taken -= 1;
    this.admit();
  }

  /** Gives free places, as many as the limit learnt allows, to the first in line. */
  admit(): void {
    const limit = this.adaptive.limit(performance.now());
    while (this.#taken < limit) {
      const first = this.#urgent.take() ?? this.#fresh.take();
      if (first === undefined) return;
      this.#taken += 1;
      first();
    }
  }
}
