/** What every call takes. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds for each request of the call, its retries included. */
  readonly timeout?: number;
}

/** Bounds of a query, beyond which it ends in an error rather than cost more than was meant. */
export interface QueryBounds {
  /**
   * Most requests of one run, those for the far sides of conditions, nested sets and all pages among them; those that are
   * repeated after a failure count once. Past it: `QUERY.MAX_REQUESTS`. @defaultValue Infinity
   */
  readonly maxRequests?: number;
  /**
   * How many relations deep a query may go, in what it selects and in its conditions (`is`, `some`). Past it, before
   * anything is sent: `QUERY.MAX_DEPTH`. @defaultValue 50
   */
  readonly maxDepth?: number;
}
