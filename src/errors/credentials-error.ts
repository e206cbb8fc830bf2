import { type ErrorDetails, PygenError } from "./pygen-error.js";

/** Codes of {@link CredentialsError}. */
export type CredentialsErrorCode = "CREDENTIALS.MISSING" | "CREDENTIALS.INVALID" | "CREDENTIALS.FAILED";

/** No usable token: none was given, it cannot be sent, or the provider failed. */
export class CredentialsError extends PygenError {
  declare readonly code: CredentialsErrorCode;

  constructor(code: CredentialsErrorCode, message: string, details: ErrorDetails = {}) {
    super("credentials", "CredentialsError", code, message, details);
  }
}
