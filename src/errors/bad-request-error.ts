import { ApiError } from "./api-error.js";
import type { ErrorDetails } from "./pygen-error.js";

/** The request is wrong: 400, or 422 for ids that are given twice. */
export class BadRequestError extends ApiError {
  constructor(status: number, message: string, details?: ErrorDetails) {
    super(status, message, details, "BadRequestError");
  }
}
