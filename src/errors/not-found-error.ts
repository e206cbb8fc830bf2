import { ApiError } from "./api-error.js";
import type { ErrorDetails } from "./pygen-error.js";

/** 404: no such path, or no such thing. */
export class NotFoundError extends ApiError {
  constructor(status: number, message: string, details?: ErrorDetails) {
    super(status, message, details, "NotFoundError");
  }
}
