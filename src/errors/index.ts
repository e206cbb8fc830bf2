export { ApiError, type ApiErrorCode } from "./api-error.js";
export { BatchError, type BatchOutcome } from "./batch-error.js";
export type { ErrorKind } from "./brand.js";
export { ConfigError, type ConfigErrorCode } from "./config-error.js";
export { CredentialsError, type CredentialsErrorCode } from "./credentials-error.js";
export {
  isApiError,
  isBatchError,
  isConfigError,
  isCredentialsError,
  isModelError,
  isNetworkError,
  isPygenError,
  isQueryError,
  isResponseError,
  isTimeoutError,
} from "./guards.js";
export { type Diagnostic, ModelError, type ModelErrorCode } from "./model-error.js";
export { NetworkError, type NetworkErrorCode } from "./network-error.js";
export { type ErrorDetails, type ErrorItem, type ErrorJSON, PygenError } from "./pygen-error.js";
export { QueryError, type QueryErrorCode } from "./query-error.js";
export { redact, redactUrl } from "./redact.js";
export {
  ResponseError,
  type ResponseErrorCode,
  type ResponseErrorDetails,
} from "./response-error.js";
export { TimeoutError, type TimeoutErrorCode } from "./timeout-error.js";
