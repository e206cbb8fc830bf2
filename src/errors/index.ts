export { AbortError, type AbortErrorCode, type AbortErrorDetails } from "./abort-error.js";
export { ApiError, type ApiErrorCode } from "./api-error.js";
export { apiError } from "./api-error-for.js";
export { BadRequestError } from "./bad-request-error.js";
export type { ErrorKind } from "./brand.js";
export { ConfigError, type ConfigErrorCode } from "./config-error.js";
export { ConflictError } from "./conflict-error.js";
export { CredentialsError, type CredentialsErrorCode, type CredentialsErrorDetails } from "./credentials-error.js";
export { ForbiddenError } from "./forbidden-error.js";
export {
  isAbortError,
  isApiError,
  isConfigError,
  isCredentialsError,
  isInputError,
  isModelError,
  isMultiRequestError,
  isNetworkError,
  isPygenError,
  isQueryError,
  isResponseError,
  isTimeoutError,
} from "./guards.js";
export { InputError, type InputErrorCode } from "./input-error.js";
export { type Diagnostic, ModelError, type ModelErrorCode } from "./model-error.js";
export {
  type ItemFailure,
  type MultiRequestCounts,
  MultiRequestError,
  type MultiRequestOutcome,
} from "./multi-request-error.js";
export { NetworkError, type NetworkErrorCode } from "./network-error.js";
export { NotFoundError } from "./not-found-error.js";
export { type ErrorDetails, type ErrorItem, type ErrorJSON, type Outcome, PygenError } from "./pygen-error.js";
export { QueryError, type QueryErrorCode } from "./query-error.js";
export { RateLimitedError } from "./rate-limited-error.js";
export { redact, redactUrl } from "./redact.js";
export {
  ResponseError,
  type ResponseErrorCode,
} from "./response-error.js";
export { ServerError } from "./server-error.js";
export { TimeoutError, type TimeoutErrorCode } from "./timeout-error.js";
export { TooLargeError } from "./too-large-error.js";
export { UnauthorizedError } from "./unauthorized-error.js";
