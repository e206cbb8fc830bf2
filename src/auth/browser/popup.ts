import { CredentialsError } from "../../errors/index.js";

/** Milliseconds between two looks at whether the popup is still open. */
const interval = 250;

/**
 * What the popup answers, unless the user closes it or the signal ends waiting. MSAL itself waits for the answer only.
 *
 * A provider's page may cut the popup off from this page for its own safety (`Cross-Origin-Opener-Policy`), after which it
 * looks closed from here. It is taken for closed only when this page has got the focus back.
 *
 * @throws CredentialsError `CREDENTIALS.CANCELLED` when it is closed or the signal aborts
 */
export function untilClosed(answer: Promise<string>, popup: Window, signal: AbortSignal | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    let seenClosed = false;
    const stop = (): void => {
      clearInterval(timer);
      signal?.removeEventListener("abort", giveUp);
    };
    // MSAL goes on waiting for minutes: what watches the popup must not.
    const fail = (error: CredentialsError): void => {
      stop();
      reject(error);
    };
    const giveUp = (): void => {
      popup.close();
      fail(aborted());
    };
    const timer = setInterval(() => {
      const closed = popup.closed && document.hasFocus();
      // Twice, because the answer may be on its way from a popup that closes itself.
      if (closed && seenClosed) fail(closedByUser());
      seenClosed = closed;
    }, interval);
    signal?.addEventListener("abort", giveUp, { once: true });
    if (signal?.aborted) giveUp();
    answer.then(resolve, reject).finally(stop);
  });
}

/** What ends signing in when its signal does. */
export function aborted(): CredentialsError {
  return new CredentialsError("CREDENTIALS.CANCELLED", "Signing in was aborted.");
}

function closedByUser(): CredentialsError {
  return new CredentialsError("CREDENTIALS.CANCELLED", "The user closed the window before signing in was done.");
}
