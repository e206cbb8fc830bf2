import type { AbortError } from "./abort-error.js";
import type { ApiError } from "./api-error.js";
import { kindOf } from "./brand.js";
import type { ConfigError } from "./config-error.js";
import type { CredentialsError } from "./credentials-error.js";
import type { InputError } from "./input-error.js";
import type { ModelError } from "./model-error.js";
import type { MultiRequestError } from "./multi-request-error.js";
import type { NetworkError } from "./network-error.js";
import type { PygenError } from "./pygen-error.js";
import type { QueryError } from "./query-error.js";
import type { ResponseError } from "./response-error.js";
import type { TimeoutError } from "./timeout-error.js";

/** Whether a value is an error of this package, of whichever copy of it. */
export function isPygenError(value: unknown): value is PygenError {
  return kindOf(value) !== undefined;
}

/** Whether the call was stopped by its caller. */
export function isAbortError(value: unknown): value is AbortError {
  return kindOf(value) === "abort";
}

/** Whether the service refused the call. */
export function isApiError(value: unknown): value is ApiError {
  return kindOf(value) === "api";
}

/** Whether an option is wrong. */
export function isConfigError(value: unknown): value is ConfigError {
  return kindOf(value) === "config";
}

/** Whether there was no usable token. */
export function isCredentialsError(value: unknown): value is CredentialsError {
  return kindOf(value) === "credentials";
}

/** Whether an argument is wrong. */
export function isInputError(value: unknown): value is InputError {
  return kindOf(value) === "input";
}

/** Whether a data model cannot be used. */
export function isModelError(value: unknown): value is ModelError {
  return kindOf(value) === "model";
}

/**
 * Whether a call of several requests failed in part.
 *
 * @typeParam Item - what the call was given, which is what `remaining` holds: nothing checks it
 */
export function isMultiRequestError<Item = unknown>(value: unknown): value is MultiRequestError<unknown, Item> {
  return kindOf(value) === "multi-request";
}

/** Whether the connection failed. */
export function isNetworkError(value: unknown): value is NetworkError {
  return kindOf(value) === "network";
}

/** Whether a query cannot be run as asked. */
export function isQueryError(value: unknown): value is QueryError {
  return kindOf(value) === "query";
}

/** Whether the answer was not what the service promises. */
export function isResponseError(value: unknown): value is ResponseError {
  return kindOf(value) === "response";
}

/** Whether no complete answer came in time. */
export function isTimeoutError(value: unknown): value is TimeoutError {
  return kindOf(value) === "timeout";
}
