/** Rounds (as many successes as calls may be under way) before the first try of a higher limit. */
const firstProbe = 8;

/** Rounds between two tries at most. */
const lastProbe = 128;

/** Milliseconds after which a lane that nobody uses forgets that it was throttled. */
const forgetAfter = 60_000;

/**
 * How many calls may be under way, learnt from refusals for being too many. A refusal lowers the limit to what the server
 * evidently admits. After some rounds of success one more is tried: when that is refused, the next try comes after twice
 * as many rounds; when it holds, one more is tried every round. The number configured is never exceeded. It counts rounds,
 * not seconds, so that it tries as seldom on a slow server as on a fast one.
 */
export class AdaptiveLimit {
  readonly ceiling: number;
  #limit: number;
  #rounds = firstProbe;
  #successes = 0;
  #probing = false;
  #lastSeen = 0;

  constructor(ceiling: number) {
    this.ceiling = ceiling;
    this.#limit = ceiling;
  }

  /** Calls that may be under way. @param now - milliseconds of a monotonic clock */
  limit(now: number): number {
    if (now - this.#lastSeen > forgetAfter) {
      this.#limit = this.ceiling;
      this.#rounds = firstProbe;
    }
    return this.#limit;
  }

  /** A call was refused while `others` were under way. */
  throttled(others: number, now: number): void {
    this.#limit = Math.max(1, Math.min(this.#limit - 1, others));
    if (this.#probing) this.#rounds = Math.min(this.#rounds * 2, lastProbe);
    this.#rounds = Math.max(this.#rounds, firstProbe);
    this.#start(false, now);
  }

  /** A call was admitted. */
  succeeded(now: number): void {
    this.#lastSeen = now;
    if (this.#limit >= this.ceiling && !this.#probing) return;
    this.#successes += 1;
    if (this.#successes < this.#limit * (this.#probing ? 1 : this.#rounds)) return;
    if (this.#probing) this.#rounds = 1;
    const room = this.#limit < this.ceiling;
    if (room) this.#limit += 1;
    this.#start(room, now);
  }

  #start(probing: boolean, now: number): void {
    this.#probing = probing;
    this.#successes = 0;
    this.#lastSeen = now;
  }
}
