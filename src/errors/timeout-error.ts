import { type ErrorDetails, PygenError } from "./pygen-error.js";

/** Codes of {@link TimeoutError}. */
export type TimeoutErrorCode = "TIMEOUT.ATTEMPT" | "TIMEOUT.TOTAL";

/** No complete answer in time, in one attempt or in all of them. Never used for a call that its caller aborted. */
export class TimeoutError extends PygenError {
  declare readonly code: TimeoutErrorCode;

  constructor(code: TimeoutErrorCode, message: string, details: ErrorDetails = {}) {
    super("timeout", "TimeoutError", code, message, details);
  }
}
