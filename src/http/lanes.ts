import pLimit, { type LimitFunction } from "p-limit";
import { untilAborted } from "./deadline.js";

/** Groups of calls that the service limits together (contract 3.1). */
export type Lane = "schema" | "read" | "write" | "delete";

/** How many calls of each group may be under way at once. */
export type ConcurrencyOptions = Readonly<Partial<Record<Lane, number>>>;

/** The service's own limits per project (contract 3.1); for schema calls, of which none is known, a careful number. */
export const defaultConcurrency: Readonly<Record<Lane, number>> = { schema: 2, read: 8, write: 4, delete: 2 };

/** Runs calls, at most so many of each lane at once, in the order they came. */
export class Lanes {
  readonly #limits: ReadonlyMap<Lane, LimitFunction>;

  constructor(options: ConcurrencyOptions = {}) {
    const lanes: readonly Lane[] = ["schema", "read", "write", "delete"];
    this.#limits = new Map(lanes.map((lane) => [lane, pLimit(options[lane] ?? defaultConcurrency[lane])]));
  }

  /** How many calls of a lane may be under way at once. */
  concurrency(lane: Lane): number {
    return this.#limits.get(lane)?.concurrency ?? 1;
  }

  /** Runs a call when the lane has room. Aborted while it waits, it rejects at once and never runs. */
  async run<T>(lane: Lane, signal: AbortSignal | undefined, call: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    const limit = this.#limits.get(lane);
    if (limit === undefined) return call();
    let start: (() => void) | undefined;
    const started = new Promise<void>((resolve) => {
      start = resolve;
    });
    const running = limit(async () => {
      signal?.throwIfAborted();
      start?.();
      return call();
    });
    // Once it runs, the call itself follows the signal and reports what became of it.
    await untilAborted(Promise.race([started, running]), signal);
    return running;
  }
}
