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
 * import { PygenClient, token } from "pygen";
 *
 * const client = new PygenClient({
 *   baseUrl: "http://127.0.0.1:4000",
 *   project: "demo",
 *   application: "turbine-report",
 *   credentials: token("any"),
 * });
 * ```
 */
export function token(accessToken: string): Credentials {
  if (typeof accessToken !== "string" || accessToken === "") {
    throw new CredentialsError("CREDENTIALS.MISSING", "token() needs a token: a non-empty string.");
  }
  return { getToken: async () => ({ token: accessToken }) };
}
