import type { AccountInfo, AuthenticationResult, EndSessionRequest, RedirectRequest } from "@azure/msal-browser";
import { CredentialsError, isCredentialsError } from "../../errors/index.js";
import type { AccessToken, TokenRequest } from "../../http/index.js";
import { TokenCache, type TokenFetchRequest } from "../token-cache.js";
import { type Accounts, accountsOf, nobody } from "./accounts.js";
import { checkSignIn, checkSignOut } from "./check-calls.js";
import { providerOf } from "./configuration.js";
import { endInteraction } from "./interaction.js";
import type { MsalClient } from "./msal-client.js";
import type { SessionOptions } from "./options.js";
import { aborted } from "./popup.js";
import { forgetReturnAddress, keepReturnAddress } from "./return-address.js";
import { signInScopes, tokenScopes } from "./scopes.js";
import type { Session, SessionAccount, SignInOptions, SignOutOptions } from "./session.js";
import { tellMsal } from "./tell-msal.js";
import { toCredentialsError } from "./to-credentials-error.js";

/** A token that MSAL kept and that has less than this to live, in milliseconds, is not worth beginning with. */
const tooShort = 60_000;

/** Milliseconds in which what another tab stored has come here in whole. */
const settling = 250;

/** A session on MSAL, which keeps accounts and refresh tokens; access tokens in use are kept here. */
export class MsalSession implements Session {
  readonly #client: MsalClient;
  readonly #options: SessionOptions;
  readonly #tokens = new Map<string, TokenCache>();
  readonly #listeners = new Set<() => void>();
  #accounts: Accounts = nobody;
  /** What was last asked for, so that signing in asks for the same. */
  #requested: readonly string[] | undefined;

  constructor(client: MsalClient, options: SessionOptions) {
    this.#client = client;
    this.#options = options;
    this.#refresh();
    // Other tabs tell of themselves, but perhaps before all that they stored is to be seen here: tokens that MSAL misses then
    // count as none.
    const soon = (): unknown => setTimeout(() => this.#refresh(), settling);
    client.addEventCallback(soon);
    window.addEventListener("storage", ({ key }) => {
      if (key !== null && !key.startsWith("msal.")) return;
      if (key !== null) tellMsal(key, options.clientId);
      soon();
    });
  }

  get account(): SessionAccount | undefined {
    return this.#accounts.account;
  }

  get accounts(): readonly SessionAccount[] {
    return this.#accounts.accounts;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly choose = (account: SessionAccount): void => {
    const info = this.#client.getAllAccounts().find(({ homeAccountId }) => homeAccountId === account?.id);
    if (info === undefined) {
      throw new CredentialsError("CREDENTIALS.INTERACTION", "The account is not one that is signed in.", {
        hint: "Choose one of session.accounts, or call signIn().",
      });
    }
    this.#use(info);
  };

  readonly signIn = async (options: SignInOptions = {}): Promise<void> => {
    checkSignIn(options);
    if (options.signal?.aborted) throw aborted();
    forgetReturnAddress();
    const mode = options.mode ?? this.#options.mode ?? "redirect";
    const request = this.#signInRequest(options);
    const byRedirect = (): Promise<void> => this.#client.acquireTokenRedirect(request);
    try {
      // Nothing may be waited for before: the browser opens windows only while the user's click is handled.
      await (mode === "popup" ? this.#unlessBlocked(this.#byPopup(request, options.signal), byRedirect) : byRedirect());
    } catch (error) {
      throw this.#failure(error, "Signing in");
    }
  };

  readonly signOut = async (options: SignOutOptions = {}): Promise<void> => {
    checkSignOut(options);
    const account = this.#client.getAllAccounts().find(({ homeAccountId }) => homeAccountId === this.account?.id);
    if (account === undefined) return;
    const mode = options.mode ?? this.#options.mode ?? "redirect";
    // By the application's id rather than by the id token, which does not belong into an address.
    const request = { account, extraQueryParameters: { client_id: this.#options.clientId } };
    const byRedirect = (): Promise<void> => this.#outByRedirect(request);
    this.#client.popupSignal = undefined;
    try {
      await (mode === "popup" ? this.#unlessBlocked(this.#client.logoutPopup(request), byRedirect) : byRedirect());
    } catch (error) {
      throw this.#failure(error, "Signing out");
    } finally {
      this.#refresh();
    }
  };

  readonly getToken = async (request: TokenRequest = {}): Promise<AccessToken> => {
    if (request.scopes !== undefined) this.#requested = request.scopes;
    const account = this.#accounts.account;
    if (account === undefined) {
      throw new CredentialsError("CREDENTIALS.INTERACTION", "Nobody is signed in.", {
        hint: "Call signIn() when the user asks for it.",
      });
    }
    const { forceRefresh, signal } = request;
    return this.#tokensOf(account).getToken({
      forceRefresh,
      signal,
      scopes: tokenScopes(this.#options, request.scopes),
    });
  };

  #tokensOf({ id }: SessionAccount): TokenCache {
    const known = this.#tokens.get(id);
    if (known !== undefined) return known;
    // What is under way ends in MSAL's storage, so it is never in vain.
    const cache = new TokenCache((request) => this.#renew(id, request), { stoppable: false });
    this.#tokens.set(id, cache);
    return cache;
  }

  async #renew(id: string, { forceRefresh, scopes = [] }: TokenFetchRequest): Promise<AccessToken> {
    const account = this.#client.getAllAccounts().find(({ homeAccountId }) => homeAccountId === id);
    try {
      const request = {
        scopes: [...scopes],
        ...(account === undefined ? {} : { account }),
        ...this.#extra(),
      };
      const result = await this.#client.acquireTokenSilent({ ...request, forceRefresh });
      const ends = result.expiresOn?.getTime() ?? Number.POSITIVE_INFINITY;
      const old = result.fromCache && ends - Date.now() < tooShort;
      return tokenOf(old ? await this.#client.acquireTokenSilent({ ...request, forceRefresh: true }) : result);
    } catch (error) {
      throw this.#failure(error, "Renewing the token");
    }
  }

  async #byPopup(request: RedirectRequest, signal: AbortSignal | undefined): Promise<void> {
    this.#client.popupSignal = signal;
    // A popup that was left open, or cut off from this page, must not be in the way for good.
    const { account } = await this.#client.acquireTokenPopup({ ...request, overrideInteractionInProgress: true });
    this.#tokens.delete(account.homeAccountId);
    this.#use(account);
  }

  async #outByRedirect(request: EndSessionRequest): Promise<void> {
    keepReturnAddress();
    await this.#client.logoutRedirect(request);
    // Still here: the provider has nothing to sign out of.
    endInteraction(this.#options.clientId);
    forgetReturnAddress();
  }

  /** By popup; by redirect where the browser lets no window open, if that is wanted. */
  async #unlessBlocked(byPopup: Promise<void>, byRedirect: () => Promise<void>): Promise<void> {
    try {
      await byPopup;
    } catch (error) {
      const failure = this.#failure(error, "Opening the window");
      const blocked = isCredentialsError(failure) && failure.code === "CREDENTIALS.POPUP_BLOCKED";
      if (!blocked || this.#options.popupBlocked !== "redirect") throw error;
      await byRedirect();
    }
  }

  #signInRequest({ prompt, loginHint }: SignInOptions): RedirectRequest {
    const anew = prompt === "select_account" || prompt === "create";
    const hint = loginHint ?? (anew ? undefined : this.account?.username || undefined);
    return {
      scopes: signInScopes(this.#options, this.#requested),
      ...(prompt === undefined ? {} : { prompt }),
      ...(hint === undefined ? {} : { loginHint: hint }),
      ...this.#extra(),
    };
  }

  #extra(): Pick<RedirectRequest, "extraQueryParameters"> {
    const { audience } = this.#options;
    return audience === undefined ? {} : { extraQueryParameters: { audience } };
  }

  #use(account: AccountInfo): void {
    this.#client.setActiveAccount(account);
    this.#refresh();
  }

  #failure(error: unknown, action: string): Error {
    return toCredentialsError(error, action, providerOf(this.#options));
  }

  #refresh(): void {
    const next = accountsOf(this.#client.getAllAccounts(), this.#client.getActiveAccount(), this.#accounts);
    if (next === this.#accounts) return;
    this.#accounts = next;
    for (const id of this.#tokens.keys()) if (!next.accounts.some((one) => one.id === id)) this.#tokens.delete(id);
    // In their own time: what a listener throws must not end in MSAL, which calls from within signing in.
    for (const listener of this.#listeners) queueMicrotask(listener);
  }
}

function tokenOf({ accessToken, expiresOn }: AuthenticationResult): AccessToken {
  if (accessToken === "") {
    throw new CredentialsError("CREDENTIALS.MISSING", "The identity provider gave no access token.");
  }
  return { token: accessToken, expiresAt: expiresOn?.getTime() };
}
