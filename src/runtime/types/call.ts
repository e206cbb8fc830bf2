/** What every call takes. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds for each request of the call, its retries included. */
  readonly timeout?: number;
}
