import type { NavigationClient } from "@azure/msal-browser";
import { CredentialsError } from "../../errors/index.js";
import { takeReturnAddress } from "../browser/return-address.js";
import { loadBridge } from "./load-bridge.js";

/**
 * What the redirect page does: it hands the identity provider's answer to the page that signs in, which waits for it in
 * another window or frame, or goes back to that page. Nothing of the answer stays in the address or the history.
 *
 * The page needs nothing else, must be of the same origin as the application, and must be served without
 * `Cross-Origin-Opener-Policy`.
 *
 * @throws CredentialsError `CREDENTIALS.FAILED` when there is no answer in the page's address, `CREDENTIALS.PACKAGE` when
 * `@azure/msal-browser` is not installed
 *
 * @example
 * ```ts
 * import { completeSignIn } from "pygen/auth/redirect";
 *
 * await completeSignIn();
 * ```
 */
export async function completeSignIn(): Promise<void> {
  const bridge = await loadBridge();
  const signedOut = takeReturnAddress();
  const { title } = document;
  try {
    const done = bridge(backTo(signedOut));
    // MSAL writes a title of its own there.
    document.title = title;
    await done;
  } catch (cause) {
    // Some providers leave out, after signing out, what tells the bridge where to go.
    if (signedOut === undefined) throw noAnswer(cause);
    location.replace(signedOut);
  }
}

/** Leaves this page without a trace of it. MSAL knows which page signed in, and after signing out only the origin. */
function backTo(signedOut: string | undefined): NavigationClient {
  const leave = async (url: string): Promise<boolean> => {
    location.replace(signedOut ?? url);
    return true;
  };
  return { navigateInternal: leave, navigateExternal: leave };
}

function noAnswer(cause: unknown): CredentialsError {
  return new CredentialsError(
    "CREDENTIALS.FAILED",
    "There is no answer of an identity provider in this page's address.",
    {
      hint: "This page is for signing in only: open the application's own page.",
      cause,
    },
  );
}
