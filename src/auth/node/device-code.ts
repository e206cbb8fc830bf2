import type { Credentials } from "../../http/index.js";
import { userCredentials } from "./credentials-of.js";
import { msalSession } from "./msal/msal-session.js";
import { OAuthSession } from "./oauth/oauth-session.js";
import type { DeviceCodeOptions } from "./options.js";
import { settingsOf } from "./settings.js";

/**
 * Signs a user in who has a browser somewhere else: for commands over SSH and in containers. `onCode` shows the user an
 * address and a code; the calls that need a token wait until the user has signed in. Later tokens come without asking,
 * as long as the provider renews them.
 *
 * With Entra ID it stands on `@azure/msal-node`, which the application installs.
 *
 * @throws ConfigError for a wrong option; from calls CredentialsError: `TIMEOUT` when the code ends unused, `REFUSED` when
 * the user says no, `CANCELLED` by a signal, `UNREACHABLE`, `PACKAGE`
 *
 * @example
 * ```ts
 * import { deviceCode, fileCache } from "pygen/auth/node";
 *
 * const credentials = deviceCode({
 *   tenantId: "acme.onmicrosoft.com",
 *   clientId: "00000000-0000-0000-0000-000000000000",
 *   onCode: ({ message }) => console.error(message),
 *   cache: fileCache(), // the next run needs no sign-in
 * });
 * ```
 */
export function deviceCode(options: DeviceCodeOptions): Credentials {
  const settings = settingsOf(options, "deviceCode");
  return userCredentials(
    settings,
    // MSAL builds the address for device codes as Entra ID does.
    async (wanted) => (settings.isEntra ? msalSession(settings, wanted) : new OAuthSession(settings, wanted)),
    (session) => session.device(options.onCode),
    options.signal,
  );
}
