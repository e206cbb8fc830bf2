import { type ErrorDetails, PygenError } from "./pygen-error.js";

/** Codes of {@link ResponseError}. */
export type ResponseErrorCode =
  | "RESPONSE.NOT_JSON"
  | "RESPONSE.SCHEMA"
  | "RESPONSE.REDIRECT"
  | "RESPONSE.PAGING"
  | `RESPONSE.${string}`;

/** What {@link ResponseError} can tell beyond other errors. */
export interface ResponseErrorDetails extends ErrorDetails {
  /** Where in the answer, for example `items[0].space`. */
  readonly path?: string | undefined;
}

/** The answer is not what the service promises: HTML, cut-off JSON, a missing field, a redirect. */
export class ResponseError extends PygenError {
  declare readonly code: ResponseErrorCode;
  /** Where in the answer, for example `items[0].space`. */
  declare readonly path?: string;

  constructor(code: ResponseErrorCode, message: string, details: ResponseErrorDetails = {}) {
    super("response", "ResponseError", code, message, details);
    if (details.path !== undefined) Object.assign(this, { path: details.path });
  }
}
