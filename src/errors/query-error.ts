import { type ErrorDetails, PygenError } from "./pygen-error.js";

/** Codes of {@link QueryError}. */
export type QueryErrorCode = `QUERY.${string}`;

/** A query that cannot be run as it was asked. */
export class QueryError extends PygenError {
  declare readonly code: QueryErrorCode;

  constructor(code: QueryErrorCode, message: string, details: ErrorDetails = {}) {
    super("query", "QueryError", code, message, details);
  }
}
