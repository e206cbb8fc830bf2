import { AbortError, type ErrorDetails, isAbortError } from "../errors/index.js";

/** The error for what a signal's reason stopped. The reason may be such an error itself: then its words are kept. */
export function abortErrorOf(reason: unknown, details: ErrorDetails = {}): AbortError {
  const {
    code,
    message,
    reason: why,
  } = isAbortError(reason)
    ? reason
    : { code: "ABORT.SIGNAL" as const, message: "The call was aborted by its signal.", reason };
  return new AbortError(code, message, { ...details, reason: why });
}

/** Throws AbortError when the signal is aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortErrorOf(signal.reason);
}
