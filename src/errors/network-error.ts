import { type ErrorDetails, PygenError } from "./pygen-error.js";

/** Codes of {@link NetworkError}. */
export type NetworkErrorCode = "NETWORK.FAILED";

/** The connection failed: refused, reset, cut off, or the name is unknown. Whether a write was applied is not known. */
export class NetworkError extends PygenError {
  declare readonly code: NetworkErrorCode;

  constructor(code: NetworkErrorCode, message: string, details: ErrorDetails = {}) {
    super("network", "NetworkError", code, message, details);
  }
}
