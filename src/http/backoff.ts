/** How often and how patiently calls are repeated. */
export interface RetryOptions {
  /** Attempts in all, the first one included; 1 means no retry. @defaultValue 6 */
  readonly attempts?: number | undefined;
  /** Longest wait before the second attempt, in milliseconds; it doubles from attempt to attempt. @defaultValue 500 */
  readonly baseDelay?: number | undefined;
  /** Longest wait of ours, in milliseconds. A `Retry-After` of the service may be longer. @defaultValue 30_000 */
  readonly maxDelay?: number | undefined;
}

/** {@link RetryOptions} with nothing left open. */
export interface RetrySettings {
  readonly attempts: number;
  readonly baseDelay: number;
  readonly maxDelay: number;
}

export const defaultRetry: RetrySettings = { attempts: 6, baseDelay: 500, maxDelay: 30_000 };

/** Fills in what is left open. */
export function retrySettings(options: RetryOptions | undefined, base: RetrySettings = defaultRetry): RetrySettings {
  return {
    attempts: options?.attempts ?? base.attempts,
    baseDelay: options?.baseDelay ?? base.baseDelay,
    maxDelay: options?.maxDelay ?? base.maxDelay,
  };
}

/**
 * Milliseconds to wait after a failed attempt (1 is the first): exponential with full jitter, so that clients that
 * failed together do not come back together.
 *
 * @param random - from 0 up to 1
 */
export function backoffDelay(attempt: number, settings: RetrySettings, random: number): number {
  return random * Math.min(settings.maxDelay, settings.baseDelay * 2 ** (attempt - 1));
}

/** Milliseconds that a `Retry-After` header asks for: seconds, which may be fractional, or a date. */
export function retryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? "";
  if (text === "") return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  // A bare number with a sign or the like is not a date, though Date.parse takes some for one.
  const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
