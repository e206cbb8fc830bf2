import { ApiError } from "./api-error.js";
import type { ErrorDetails } from "./pygen-error.js";

/** 403: the token is valid but lacks an access right. */
export class ForbiddenError extends ApiError {
  constructor(status: number, message: string, details?: ErrorDetails) {
    super(status, message, details, "ForbiddenError");
  }
}
