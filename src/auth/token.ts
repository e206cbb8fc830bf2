import { CredentialsError } from "../errors/index.js";
import type { Credentials } from "../http/index.js";

/**
 * A token that is known and does not change, for scripts and tests. It cannot be renewed: once it ends, calls fail with
 * `API.UNAUTHORIZED`. For anything that runs longer use {@link tokenProvider}.
 *
 * @throws CredentialsError `CREDENTIALS.MISSING` when it is empty
 *
 * @example
 * ```ts
 * const client = new PygenClient({ cluster, project, application, credentials: token(accessToken) });
 * ```
 */
export function token(accessToken: string): Credentials {
  if (typeof accessToken !== "string" || accessToken === "") {
    throw new CredentialsError("CREDENTIALS.MISSING", "token() needs a token: a non-empty string.");
  }
  return { getToken: async () => ({ token: accessToken }) };
}
