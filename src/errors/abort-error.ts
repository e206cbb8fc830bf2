import { type ErrorDetails, PygenError } from "./pygen-error.js";
import { setHidden } from "./safe-cause.js";

/** Codes of {@link AbortError}: by the signal of the call, or because the client was closed. */
export type AbortErrorCode = "ABORT.SIGNAL" | "ABORT.CLOSED";

/** What {@link AbortError} can tell beyond other errors. */
export interface AbortErrorDetails extends ErrorDetails {
  /** What the signal was aborted with. */
  readonly reason?: unknown;
}

/** The call was stopped by its caller. Never used for a call that ran out of the time limits of the client. */
export class AbortError extends PygenError {
  declare readonly code: AbortErrorCode;
  /** What the signal was aborted with, as it was given; the cause too when it is an Error. */
  declare readonly reason: unknown;

  constructor(code: AbortErrorCode, message: string, details: AbortErrorDetails = {}) {
    const { reason } = details;
    super("abort", "AbortError", code, message, {
      ...details,
      cause: details.cause ?? (reason instanceof Error ? reason : undefined),
    });
    setHidden(this, "reason", reason);
  }
}
