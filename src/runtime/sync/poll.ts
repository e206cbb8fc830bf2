import { sleep, throwIfAborted } from "../../client/index.js";
import { QueryError } from "../../errors/index.js";
import { isRecord } from "../../models/index.js";
import type { SyncOptions } from "../types/syncing.js";

const shortest = 1_000;
const longest = 30_000;

/** Waits between polls: longer each time that nothing was new. */
export class Poll {
  readonly #min: number;
  readonly #max: number;
  #next: number;

  constructor(options: Exclude<SyncOptions["poll"], false>) {
    const { min = Math.min(shortest, options?.max ?? shortest), max = Math.max(longest, min) } = options ?? {};
    for (const [name, value] of Object.entries({ min, max })) {
      if (typeof value === "number" && value >= 0) continue;
      throw new QueryError("QUERY.INVALID_VALUE", `'poll.${name}' must be a number of milliseconds, 0 or more.`);
    }
    if (min > max) throw new QueryError("QUERY.INVALID_VALUE", `'poll.min' (${min}) is more than 'poll.max' (${max}).`);
    this.#min = min;
    this.#max = max;
    this.#next = min;
  }

  /** @param hasNews - whether the last poll brought something */
  async wait(hasNews: boolean, signal: AbortSignal | undefined): Promise<void> {
    if (hasNews) this.#next = this.#min;
    const now = this.#next;
    this.#next = Math.min(this.#max, now * 2);
    try {
      await sleep(now, signal);
    } catch (error) {
      throwIfAborted(signal);
      throw error;
    }
  }
}

/** How to poll, as it was asked for; `undefined` for not at all. */
export function pollOf(options: unknown): Poll | undefined {
  if (options === false) return undefined;
  if (options === undefined || isRecord(options)) return new Poll(options);
  throw new QueryError("QUERY.INVALID_VALUE", "'poll' must be false or { min, max } in milliseconds.");
}
