import { createHash, randomBytes } from "node:crypto";
import { CredentialsError } from "../../errors/index.js";
import type { AccessToken, Credentials } from "../../http/index.js";
import { cancelled } from "./cancelled.js";
import { userCredentials } from "./credentials-of.js";
import { type Loopback, listen } from "./loopback.js";
import { openSystemBrowser } from "./open-browser.js";
import { openSession } from "./open-session.js";
import type { InteractiveOptions } from "./options.js";
import type { ProviderLine } from "./provider-line.js";
import { settingsOf } from "./settings.js";
import type { BrowserTrip, UserSession, Wanted } from "./user-session.js";

/** Milliseconds that the user has. */
const limit = 300_000;

/**
 * Signs a user in with the browser of this machine (authorization code with PKCE): for commands at a desk. The first call
 * opens the browser and waits, five minutes at most, until it comes back to `http://localhost:{port}`, which the
 * application's registration must allow. Later tokens come without asking, as long as the provider renews them.
 *
 * With Entra ID and with `authority` it stands on `@azure/msal-node`, which the application installs; with an `audience` it
 * needs no package.
 *
 * @throws ConfigError for a wrong option; from calls CredentialsError: `REFUSED` when the user or the provider says no,
 * `CANCELLED` by a signal, `TIMEOUT` when the user does not come back, `UNREACHABLE`, `PACKAGE`
 *
 * @example
 * ```ts
 * import { fileCache, interactive } from "pygen/auth/node";
 *
 * const credentials = interactive({
 *   tenantId: "acme.onmicrosoft.com",
 *   clientId: "00000000-0000-0000-0000-000000000000",
 *   cache: fileCache(), // the next run needs no sign-in
 * });
 * ```
 */
export function interactive(options: InteractiveOptions): Credentials {
  const settings = settingsOf(options, "interactive");
  return userCredentials(
    settings,
    (wanted) => openSession(settings, wanted),
    (session, wanted) => inBrowser(session, wanted, options),
    options.signal,
  );
}

async function inBrowser(
  session: UserSession,
  { line }: Wanted,
  { openBrowser = openSystemBrowser, port = 0, prompt }: InteractiveOptions,
): Promise<AccessToken> {
  const state = randomBytes(32).toString("base64url");
  const verifier = randomBytes(32).toString("base64url");
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  line.hide(state, verifier);
  const loopback = await listen(port, state);
  try {
    const trip: BrowserTrip = { redirectUri: loopback.redirectUri, state, verifier, challenge, prompt };
    const url = await session.address(trip);
    const parameters = await backFrom(loopback, async () => openBrowser(url), line);
    line.hide(...parameters.getAll("code"));
    const error = parameters.get("error");
    if (error !== null) throw line.refuse({ error, description: parameters.get("error_description") ?? undefined });
    return await session.redeem(trip, parameters);
  } finally {
    await loopback.close();
  }
}

/** The parameters with which the browser comes back, unless it cannot be opened, or the user is too late or stopped. */
async function backFrom({ answer }: Loopback, open: () => Promise<void>, line: ProviderLine): Promise<URLSearchParams> {
  const { signal } = line;
  let stop = (): void => {};
  let timer: NodeJS.Timeout | undefined;
  const given = new Promise<never>((_resolve, reject) => {
    stop = () => reject(cancelled(signal.reason));
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    timer = setTimeout(() => reject(tooLate()), limit);
    open().catch((error: unknown) => reject(line.errorFor(error)));
  });
  try {
    return await Promise.race([answer, given]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}

function tooLate(): CredentialsError {
  return new CredentialsError(
    "CREDENTIALS.TIMEOUT",
    `The browser did not come back within ${limit / 60_000} minutes.`,
    {
      hint: "Sign in again. Does the application's registration allow the redirect address http://localhost?",
    },
  );
}
