import { ApiError } from "./api-error.js";
import type { ErrorDetails } from "./pygen-error.js";

/** 429: too many calls at once, or in too short a time. Nothing was done. */
export class RateLimitedError extends ApiError {
  constructor(status: number, message: string, details?: ErrorDetails) {
    super(status, message, details, "RateLimitedError");
  }
}
