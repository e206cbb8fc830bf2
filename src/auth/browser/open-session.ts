import { checkOptions } from "./check-options.js";
import { configurationOf, providerOf } from "./configuration.js";
import { checkEnvironment } from "./environment.js";
import { loadMsal } from "./load-msal.js";
import { msalClient } from "./msal-client.js";
import { MsalSession } from "./msal-session.js";
import type { SessionOptions } from "./options.js";
import type { Session } from "./session.js";
import { takeAnswer } from "./take-answer.js";
import { toCredentialsError } from "./to-credentials-error.js";

/** Sessions of this page, by their options: one redirect's answer can be taken once only. */
const sessions = new Map<string, Promise<Session>>();

/**
 * Opens the sign-in of this page, by `@azure/msal-browser`: with Microsoft Entra ID, or any provider of OpenID Connect, by
 * authorization code and PKCE. Who signed in before is signed in still, and a sign-in by redirect is brought to its end;
 * nobody is asked anything. Called again with the same options it gives the same session.
 *
 * The identity provider sends its answers to a redirect page of yours, which calls `completeSignIn()` of
 * `pygen/auth/redirect`; `redirect.html` of the package is one.
 *
 * @throws ConfigError when an option is wrong, outside of browsers, and on pages that are not secure
 * @throws CredentialsError `CREDENTIALS.PACKAGE` when `@azure/msal-browser` is not installed; `CREDENTIALS.REFUSED` when the
 * sign-in that comes back was refused, such as by the user (`providerCode` is `access_denied`). The next call gives a session
 *
 * @example
 * ```ts
 * import { PygenClient } from "pygen";
 * import { openSession } from "pygen/auth/browser";
 *
 * const session = await openSession({ tenantId: "acme.onmicrosoft.com", clientId: "1c2d...", cluster: "westeurope-1" });
 * if (!session.account) await session.signIn();
 * const client = new PygenClient({
 *   cluster: "westeurope-1",
 *   project: "acme",
 *   application: "turbine-report",
 *   credentials: session,
 * });
 * ```
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  checkOptions(options);
  checkEnvironment();
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const key = JSON.stringify(given.sort(([one], [other]) => (one < other ? -1 : 1)));
  const known = sessions.get(key);
  if (known !== undefined) return known;
  const session = open(options);
  sessions.set(key, session);
  session.catch(() => sessions.delete(key));
  return session;
}

async function open(options: SessionOptions): Promise<Session> {
  const configuration = configurationOf(options, document.baseURI);
  const client = msalClient(await loadMsal(), configuration);
  try {
    await client.initialize();
  } catch (error) {
    throw toCredentialsError(error, "Opening the session", providerOf(options));
  }
  await takeAnswer(client, options);
  return new MsalSession(client, options);
}
