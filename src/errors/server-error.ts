import { ApiError } from "./api-error.js";
import type { ErrorDetails } from "./pygen-error.js";

/** 5xx: the service failed. Whether a write was applied is not known. */
export class ServerError extends ApiError {
  constructor(status: number, message: string, details?: ErrorDetails) {
    super(status, message, details, "ServerError");
  }
}
