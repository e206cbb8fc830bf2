import { randomUUID } from "node:crypto";
import type { PublicClientApplication } from "@azure/msal-node";
import type { AccessToken } from "../../../http/index.js";
import { cancelled } from "../cancelled.js";
import { type DeviceCodeFacts, promptOf } from "../device-prompt.js";
import type { DeviceCodePrompt } from "../options.js";
import { needsUser } from "../refusal.js";
import type { Settings } from "../settings.js";
import type { BrowserTrip, UserSession, Wanted } from "../user-session.js";
import { configurationOf } from "./configuration.js";
import { loadMsal } from "./load.js";
import { explained, tokenOf } from "./token-of.js";

/** A user's sign-in by MSAL. */
export async function msalSession(settings: Settings, wanted: Wanted): Promise<UserSession> {
  const { PublicClientApplication, InteractionRequiredAuthError } = await loadMsal();
  const application = new PublicClientApplication(configurationOf(settings, wanted.line));
  return new MsalSession(application, wanted, (error) => error instanceof InteractionRequiredAuthError);
}

class MsalSession implements UserSession {
  readonly #application: PublicClientApplication;
  readonly #wanted: Wanted;
  readonly #isAboutUser: (error: unknown) => boolean;

  constructor(application: PublicClientApplication, wanted: Wanted, isAboutUser: (error: unknown) => boolean) {
    this.#application = application;
    this.#wanted = wanted;
    this.#isAboutUser = isAboutUser;
  }

  async silent(): Promise<AccessToken | undefined> {
    const { forceRefresh, line } = this.#wanted;
    return explained(line, async () => {
      const [account] = await this.#application.getTokenCache().getAllAccounts();
      if (account === undefined) return undefined;
      try {
        return tokenOf(await this.#application.acquireTokenSilent({ ...this.#request(), account, forceRefresh }));
      } catch (error) {
        if (!(line.refusal === undefined ? this.#isAboutUser(error) : needsUser(line.refusal))) throw error;
        // Whoever signs in next may be someone else, and is the one to go on with.
        await this.#application.getTokenCache().removeAccount(account);
        return undefined;
      }
    });
  }

  async address({ redirectUri, state, challenge, prompt }: BrowserTrip): Promise<string> {
    return explained(this.#wanted.line, () =>
      this.#application.getAuthCodeUrl({
        ...this.#request(),
        redirectUri,
        state,
        codeChallenge: challenge,
        codeChallengeMethod: "S256",
        ...(prompt === undefined ? {} : { prompt }),
      }),
    );
  }

  async redeem({ redirectUri, verifier }: BrowserTrip, parameters: URLSearchParams): Promise<AccessToken> {
    const { line } = this.#wanted;
    return explained(line, async () => {
      const code = parameters.get("code") ?? "";
      line.hide(code);
      const request = { ...this.#request(), redirectUri, code, codeVerifier: verifier };
      const clientInfo = parameters.get("client_info");
      return tokenOf(
        await this.#application.acquireTokenByCode(clientInfo === null ? request : { ...request, clientInfo }),
      );
    });
  }

  async device(onCode: (prompt: DeviceCodePrompt) => void): Promise<AccessToken> {
    const { line } = this.#wanted;
    return explained(line, async () => {
      const request = {
        ...this.#request(),
        deviceCodeCallback: (answer: DeviceCodeFacts & { readonly deviceCode: string }) => {
          // MSAL does not look whether it was refused.
          if (line.refusal !== undefined) throw line.refuse(line.refusal);
          line.hide(answer.deviceCode);
          onCode(promptOf(answer));
        },
        cancel: false,
      };
      const polling = this.#application.acquireTokenByDeviceCode(request).then(tokenOf, (error: unknown) => {
        throw isExpiredCode(error) ? line.refuse({ error: "expired_token" }, error) : error;
      });
      // MSAL looks at `cancel` only after its pause.
      const stopped = new Promise<never>((_resolve, reject) => {
        const stop = (): void => {
          request.cancel = true;
          reject(cancelled(line.signal.reason));
        };
        line.signal.addEventListener("abort", stop, { once: true });
        polling.catch(() => {}).finally(() => line.signal.removeEventListener("abort", stop));
      });
      return Promise.race([polling, stopped]);
    });
  }

  #request(): { scopes: string[]; correlationId: string } {
    return { scopes: [...this.#wanted.scopes], correlationId: randomUUID() };
  }
}

/** MSAL watches the end of the code itself; what the provider said last is then only that the user had not come yet. */
function isExpiredCode(error: unknown): boolean {
  return error instanceof Error && "errorCode" in error && error.errorCode === "device_code_expired";
}
