import { CredentialsError } from "../../errors/index.js";
import { providerOf } from "./configuration.js";
import type { MsalClient } from "./msal-client.js";
import type { SessionOptions } from "./options.js";
import { isAnswer, withoutAnswer } from "./redirect-answer.js";
import { toCredentialsError } from "./to-credentials-error.js";

/**
 * Ends a sign-in that left this page by redirect, and takes the provider's answer out of the address.
 *
 * @throws CredentialsError when the provider said no, or answered where it is not looked for
 */
export async function takeAnswer(client: MsalClient, options: SessionOptions): Promise<void> {
  const inQuery = isAnswer(location.search);
  try {
    const result = await client.handleRedirectPromise();
    if (result) client.setActiveAccount(result.account);
    if (inQuery && options.responseMode !== "query") throw lostAnswer(options);
  } catch (error) {
    // The page was loaded again while a popup was open: there is nothing to end.
    if (error instanceof Error && "errorCode" in error && error.errorCode === "no_token_request_cache_error") return;
    throw toCredentialsError(error, "Signing in", providerOf(options));
  } finally {
    if (inQuery) {
      const { pathname, search, hash } = location;
      history.replaceState(history.state, "", `${pathname}${withoutAnswer(search)}${hash}`);
    }
  }
}

function lostAnswer(options: SessionOptions): CredentialsError {
  return new CredentialsError(
    "CREDENTIALS.FAILED",
    "The identity provider answered in the query of the address, where the answer is not looked for.",
    {
      url: providerOf(options),
      hint: 'Set responseMode: "query", or use a redirect page, which takes both.',
    },
  );
}
