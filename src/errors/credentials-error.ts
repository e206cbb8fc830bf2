import { type ErrorDetails, PygenError } from "./pygen-error.js";
import { redact } from "./redact.js";

/**
 * Codes of {@link CredentialsError}:
 *
 * - `MISSING`: there is no token, or an empty one; `INVALID`: it cannot stand in a header
 * - `REFUSED`: the identity provider said no, such as to a wrong secret or a consent that was denied
 * - `UNREACHABLE`: the identity provider could not be asked, or did not answer as one; `TIMEOUT`: not in time
 * - `INTERACTION`: the user has to sign in again; `CANCELLED`: the user, or a signal, ended signing in
 * - `POPUP_BLOCKED`: the browser let no window open
 * - `PACKAGE`: a package that does this way of signing in is not installed
 * - `FAILED`: anything else
 */
export type CredentialsErrorCode =
  `CREDENTIALS.${"MISSING" | "INVALID" | "REFUSED" | "UNREACHABLE" | "TIMEOUT" | "INTERACTION" | "CANCELLED" | "POPUP_BLOCKED" | "PACKAGE" | "FAILED"}`;

/** What {@link CredentialsError} can tell beyond other errors. */
export interface CredentialsErrorDetails extends ErrorDetails {
  /** The identity provider's own code, for example `invalid_client`. */
  readonly providerCode?: string | undefined;
  /** By which the identity provider finds the request in its logs. */
  readonly correlationId?: string | undefined;
}

/** No usable token: none was given, it cannot be sent, or the identity provider refused or failed. */
export class CredentialsError extends PygenError {
  declare readonly code: CredentialsErrorCode;
  /** The identity provider's own code, for example `invalid_client`. */
  declare readonly providerCode?: string;
  /** By which the identity provider finds the request in its logs: quote it in support cases. */
  declare readonly correlationId?: string;

  constructor(code: CredentialsErrorCode, message: string, details: CredentialsErrorDetails = {}) {
    super("credentials", "CredentialsError", code, message, details);
    const { providerCode, correlationId, secrets } = details;
    if (providerCode !== undefined) Object.assign(this, { providerCode: redact(providerCode, secrets ?? []) });
    if (correlationId !== undefined) Object.assign(this, { correlationId: redact(correlationId, secrets ?? []) });
  }
}
