import type { MiddlewareHandler } from "hono";

/** A call that was answered. Its path comes without parameters, which may hold the keys of contents. */
export interface AnsweredCall {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** How long answering took. */
  readonly milliseconds: number;
}

/** How many calls are remembered. */
const KEPT = 100;

/** Remembers the last calls. */
export class Traffic {
  #calls: AnsweredCall[] = [];
  #total = 0;

  /** How many calls there were in all. */
  get total(): number {
    return this.#total;
  }

  /** The last calls, the newest first. */
  get last(): readonly AnsweredCall[] {
    return this.#calls.slice(-KEPT).reverse();
  }

  add(call: AnsweredCall): void {
    this.#total += 1;
    this.#calls.push(call);
    if (this.#calls.length >= 2 * KEPT) this.#calls = this.#calls.slice(-KEPT);
  }
}

/** Adds every call that goes through to the traffic, once it is answered. */
export function recording(traffic: Traffic, now: () => number): MiddlewareHandler {
  return async (context, next) => {
    const time = now();
    const started = performance.now();
    await next();
    const { method, path } = context.req;
    const milliseconds = performance.now() - started;
    traffic.add({ time, method, path, status: context.res.status, milliseconds });
  };
}
