import { ApiError } from "./api-error.js";
import type { ErrorDetails } from "./pygen-error.js";

/** 413: the body is larger than the service, or a proxy before it, takes. */
export class TooLargeError extends ApiError {
  constructor(status: number, message: string, details?: ErrorDetails) {
    super(status, message, details, "TooLargeError");
  }
}
