import { type ErrorDetails, PygenError } from "./pygen-error.js";

/** Codes of {@link ApiError}. */
export type ApiErrorCode =
  | "API.BAD_REQUEST"
  | "API.UNAUTHORIZED"
  | "API.FORBIDDEN"
  | "API.NOT_FOUND"
  | "API.TIMEOUT"
  | "API.CONFLICT"
  | "API.VERSION_CONFLICT"
  | "API.TOO_LARGE"
  | "API.UNPROCESSABLE"
  | "API.RATE_LIMITED"
  | "API.REFUSED"
  | "API.SERVER";

const codes: Readonly<Record<number, ApiErrorCode>> = {
  400: "API.BAD_REQUEST",
  401: "API.UNAUTHORIZED",
  403: "API.FORBIDDEN",
  404: "API.NOT_FOUND",
  408: "API.TIMEOUT",
  409: "API.CONFLICT",
  413: "API.TOO_LARGE",
  422: "API.UNPROCESSABLE",
  429: "API.RATE_LIMITED",
};

const hints: Partial<Record<ApiErrorCode, string>> = {
  "API.UNAUTHORIZED":
    "The token is missing, expired, or not meant for this project and cluster: check the credentials.",
  "API.FORBIDDEN": "The token lacks an access right: ask for it; client.token.inspect() shows what it has.",
  "API.TIMEOUT": "Ask for less: a smaller limit, fewer relations, a narrower filter.",
  "API.VERSION_CONFLICT": "Someone else changed the instance: read it again and repeat the change.",
  "API.TOO_LARGE": "Send fewer or smaller items at once.",
  "API.RATE_LIMITED": "Lower the concurrency option or allow more time.",
};

/** The code for a status. A version conflict comes as 400 or 409 and is known by its text (contract 7.2.8). */
export function apiErrorCode(status: number, message: string): ApiErrorCode {
  if ((status === 400 || status === 409) && /version conflict/i.test(message)) return "API.VERSION_CONFLICT";
  return codes[status] ?? (status >= 500 ? "API.SERVER" : "API.REFUSED");
}

/**
 * The service answered, and refused (contract 2). Most kinds have a class of their own below this one: see
 * {@link BadRequestError}, {@link UnauthorizedError}, {@link ForbiddenError}, {@link NotFoundError}, {@link ConflictError},
 * {@link TooLargeError}, {@link RateLimitedError} and {@link ServerError}.
 */
export class ApiError extends PygenError {
  declare readonly code: ApiErrorCode;
  declare readonly status: number;

  constructor(status: number, message: string, details: Omit<ErrorDetails, "status"> = {}, name = "ApiError") {
    const code = apiErrorCode(status, message);
    super("api", name, code, message, { ...details, status, hint: details.hint ?? hints[code] });
  }
}
