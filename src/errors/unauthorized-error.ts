import { ApiError } from "./api-error.js";
import type { ErrorDetails } from "./pygen-error.js";

/** 401: the token is missing, expired or not meant for this service. */
export class UnauthorizedError extends ApiError {
  constructor(status: number, message: string, details?: ErrorDetails) {
    super(status, message, details, "UnauthorizedError");
  }
}
