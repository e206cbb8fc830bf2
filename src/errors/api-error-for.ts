import { ApiError } from "./api-error.js";
import { BadRequestError } from "./bad-request-error.js";
import { ConflictError } from "./conflict-error.js";
import { ForbiddenError } from "./forbidden-error.js";
import { NotFoundError } from "./not-found-error.js";
import type { ErrorDetails } from "./pygen-error.js";
import { RateLimitedError } from "./rate-limited-error.js";
import { ServerError } from "./server-error.js";
import { TooLargeError } from "./too-large-error.js";
import { UnauthorizedError } from "./unauthorized-error.js";

const classes: Readonly<Record<number, typeof BadRequestError>> = {
  400: BadRequestError,
  401: UnauthorizedError,
  403: ForbiddenError,
  404: NotFoundError,
  409: ConflictError,
  413: TooLargeError,
  422: BadRequestError,
  429: RateLimitedError,
};

/** The error for a status, of the class of its kind. */
export function apiError(status: number, message: string, details?: ErrorDetails): ApiError {
  const error = new (classes[status] ?? (status >= 500 ? ServerError : ApiError))(status, message, details);
  return error.code === "API.VERSION_CONFLICT" ? new ConflictError(status, message, details) : error;
}
