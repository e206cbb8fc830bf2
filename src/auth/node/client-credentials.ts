import type { Credentials } from "../../http/index.js";
import { credentialsOf } from "./credentials-of.js";
import { msalClientToken } from "./msal/client-token.js";
import { oauthClientToken } from "./oauth/client-token.js";
import type { ClientCredentialsOptions } from "./options.js";
import { settingsOf, speaksMsal } from "./settings.js";

/**
 * Signs an application in, with a secret or a certificate: for services and jobs. Nothing is asked for before the first
 * call; after it, the token is remembered and renewed before its end, with one request however many calls wait.
 *
 * With Entra ID (`tenantId`) and with `authority` and `scopes` it stands on `@azure/msal-node`, which the application
 * installs; with `tokenUrl`, an `audience`, no `scopes`, or a secret in the header it needs no package.
 *
 * @throws ConfigError for a wrong option; from calls CredentialsError: `REFUSED` with the provider's `providerCode` for a
 * wrong secret, `UNREACHABLE` and `TIMEOUT` when the provider does not answer, `PACKAGE` when MSAL is not installed
 *
 * @example
 * ```ts
 * import { PygenClient } from "pygen";
 * import { clientCredentials } from "pygen/auth/node";
 *
 * const client = new PygenClient({
 *   cluster: "westeurope-1",
 *   project: "acme",
 *   application: "turbine-report",
 *   credentials: clientCredentials({
 *     tenantId: "acme.onmicrosoft.com",
 *     clientId: "00000000-0000-0000-0000-000000000000",
 *     clientSecret: process.env["CLIENT_SECRET"] ?? "",
 *   }),
 * });
 * ```
 */
export function clientCredentials(options: ClientCredentialsOptions): Credentials {
  const settings = settingsOf(options, "clientCredentials");
  return credentialsOf(settings, (wanted) =>
    // MSAL does not ask for a token for nothing in particular.
    speaksMsal(settings) && wanted.scopes.length > 0
      ? msalClientToken(settings, wanted)
      : oauthClientToken(settings, wanted),
  );
}
