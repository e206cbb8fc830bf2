import { CredentialsError } from "../errors/index.js";
import type { AccessToken } from "../http/index.js";
import { type Moment, millisecondsSince, moment } from "./clock.js";

/** Gets a token from where it is made. `signal` is aborted when nobody waits for it any more. */
export type SlotFetch = (forceRefresh: boolean, signal: AbortSignal) => Promise<AccessToken>;

/** How a slot keeps its token. */
export interface SlotRules {
  /** Milliseconds before its end at which a token is renewed; of a short one, a quarter of its life at most. */
  readonly renewBefore: number;
  /** Milliseconds after which a request that has not ended is given up by those who come then. */
  readonly patience: number;
  /** Whether a request ends with the last call that waits for it. */
  readonly stoppable: boolean;
}

interface Kept {
  readonly token: AccessToken;
  readonly since: Moment;
  readonly freshFor: number;
}

/** A request for a token that is under way, and how many wait for it. */
interface Flight {
  readonly promise: Promise<AccessToken>;
  readonly forced: boolean;
  readonly since: Moment;
  readonly controller: AbortController;
  waiting: number;
}

/** One token: kept until shortly before its end, and asked for once however many wait. */
export class TokenSlot {
  readonly #rules: SlotRules;
  readonly #fetch: SlotFetch;
  #kept: Kept | undefined;
  #flight: Flight | undefined;

  constructor(fetch: SlotFetch, rules: SlotRules) {
    this.#fetch = fetch;
    this.#rules = rules;
  }

  async get(forceRefresh: boolean, signal: AbortSignal | undefined): Promise<AccessToken> {
    if (signal?.aborted) throw given(signal.reason);
    if (!forceRefresh && this.#kept !== undefined && isFresh(this.#kept)) return this.#kept.token;
    const flight = this.#joinable(forceRefresh) ?? this.#start(forceRefresh);
    flight.waiting += 1;
    if (signal === undefined) return flight.promise;
    return this.#waitFor(flight, signal);
  }

  /** What is on its way serves all, but one begun without force may end in the very token that was refused. */
  #joinable(forceRefresh: boolean): Flight | undefined {
    const flight = this.#flight;
    if (flight === undefined || flight.controller.signal.aborted) return undefined;
    const joins = (flight.forced || !forceRefresh) && millisecondsSince(flight.since) < this.#rules.patience;
    return joins ? flight : undefined;
  }

  #start(forced: boolean): Flight {
    const controller = new AbortController();
    const promise = this.#run(forced, controller.signal);
    const flight: Flight = { promise, forced, since: moment(), controller, waiting: 0 };
    this.#flight = flight;
    const done = (): void => {
      if (this.#flight === flight) this.#flight = undefined;
    };
    promise.then((token) => {
      // One that a forced request has overtaken must not come after it.
      if (this.#flight === flight) this.#kept = keep(token, this.#rules.renewBefore);
      done();
    }, done);
    return flight;
  }

  async #run(forced: boolean, signal: AbortSignal): Promise<AccessToken> {
    return this.#fetch(forced, signal);
  }

  async #waitFor(flight: Flight, signal: AbortSignal): Promise<AccessToken> {
    return new Promise<AccessToken>((resolve, reject) => {
      const leave = (): void => {
        reject(given(signal.reason));
        // Who ran out of time comes again and joins; who was aborted does not.
        if (!this.#rules.stoppable || isTimeout(signal.reason)) return;
        flight.waiting -= 1;
        if (flight.waiting === 0) flight.controller.abort(signal.reason);
      };
      signal.addEventListener("abort", leave, { once: true });
      const stay = (): void => signal.removeEventListener("abort", leave);
      flight.promise.then(resolve, reject).finally(stay);
    });
  }
}

/**
 * A token that has ended already when it comes says that one of the clocks is wrong: it is used until it is refused,
 * instead of asking for another at every call.
 */
function keep(token: AccessToken, renewBefore: number): Kept {
  const life = token.expiresAt === undefined ? 0 : token.expiresAt - Date.now();
  const freshFor = life > 0 ? life - Math.min(renewBefore, life / 4) : Number.POSITIVE_INFINITY;
  return { token, since: moment(), freshFor };
}

function isFresh({ since, freshFor }: Kept): boolean {
  return millisecondsSince(since) < freshFor;
}

/** The error of a call whose signal was aborted. */
function given(reason: unknown): CredentialsError {
  return isTimeout(reason)
    ? new CredentialsError("CREDENTIALS.TIMEOUT", "There was no token in time.", { cause: reason })
    : new CredentialsError("CREDENTIALS.CANCELLED", "Getting a token was stopped by the signal of the call.", {
        cause: reason,
      });
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof Error && reason.name === "TimeoutError";
}
