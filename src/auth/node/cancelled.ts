import { CredentialsError } from "../../errors/index.js";

/** The error of a sign-in that was stopped. */
export function cancelled(reason: unknown): CredentialsError {
  return new CredentialsError("CREDENTIALS.CANCELLED", "Signing in was stopped by its signal.", { cause: reason });
}
