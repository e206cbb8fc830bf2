import { type ErrorDetails, PygenError } from "./pygen-error.js";

/** Codes of {@link ResponseError}. */
export type ResponseErrorCode =
  | "RESPONSE.NOT_JSON"
  | "RESPONSE.SCHEMA"
  | "RESPONSE.REDIRECT"
  | "RESPONSE.PAGING"
  | `RESPONSE.${string}`;

/** The answer is not what the service promises: HTML, cut-off JSON, a missing field, a redirect. */
export class ResponseError extends PygenError {
  declare readonly code: ResponseErrorCode;

  constructor(code: ResponseErrorCode, message: string, details: ErrorDetails = {}) {
    super("response", "ResponseError", code, message, details);
  }
}
