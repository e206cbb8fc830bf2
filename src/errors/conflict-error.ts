import { ApiError } from "./api-error.js";
import type { ErrorDetails } from "./pygen-error.js";

/** 409, or a version conflict: something else changed what the request changes, or changes it now. */
export class ConflictError extends ApiError {
  constructor(status: number, message: string, details?: ErrorDetails) {
    super(status, message, details, "ConflictError");
  }
}
