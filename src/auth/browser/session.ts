import type { Credentials } from "../../http/index.js";
import type { SignInMode } from "./options.js";

/** A user who signed in. */
export interface SessionAccount {
  /** Names the account, and stays the same. */
  readonly id: string;
  /** What the user signs in with, often an address; empty where the identity provider does not tell. */
  readonly username: string;
  readonly name: string | undefined;
  /** Tenant of Entra ID; `undefined` with other providers. */
  readonly tenantId: string | undefined;
}

/** How {@link Session.signIn} is done. */
export interface SignInOptions {
  /** @defaultValue that of the session */
  readonly mode?: SignInMode | undefined;
  /**
   * What the identity provider asks for even if it knew the user already: `"select_account"` which account, `"login"` to sign
   * in again, `"consent"` to agree again, `"create"` to make an account.
   */
  readonly prompt?: "select_account" | "login" | "consent" | "create" | undefined;
  /** What to fill in as the user's name. */
  readonly loginHint?: string | undefined;
  /** Ends waiting for a popup, and closes it. */
  readonly signal?: AbortSignal | undefined;
}

/** How {@link Session.signOut} is done. */
export interface SignOutOptions {
  /** @defaultValue that of the session */
  readonly mode?: SignInMode | undefined;
}

/**
 * Sign-in of a page: who is signed in, and tokens for a client's calls. Its methods may be passed around without it, such as
 * to React's `useSyncExternalStore(session.subscribe, () => session.account)`.
 */
export interface Session extends Credentials {
  /** The account that tokens are for; `undefined` when nobody is signed in. The same object until something changes. */
  readonly account: SessionAccount | undefined;
  /** All accounts that signed in here. The same list until something changes. */
  readonly accounts: readonly SessionAccount[];
  /**
   * Signs a user in. By popup, resolves when done; call it while a click or key is handled, or the browser blocks the popup.
   * By redirect, the page is left and nothing after it runs; `openSession` of the page that loads then knows the account.
   *
   * @throws CredentialsError `CREDENTIALS.POPUP_BLOCKED`, `CREDENTIALS.CANCELLED` when the user closed the popup,
   * `CREDENTIALS.REFUSED` when the provider or the user said no, `CREDENTIALS.UNREACHABLE` when the provider is down
   */
  readonly signIn: (options?: SignInOptions) => Promise<void>;
  /**
   * Forgets the account and its tokens, then signs out of the identity provider too.
   *
   * @throws CredentialsError when the identity provider cannot be asked; the account is forgotten even so, unless
   * `CREDENTIALS.POPUP_BLOCKED` says that the browser let no window open
   */
  readonly signOut: (options?: SignOutOptions) => Promise<void>;
  /**
   * Uses another of {@link accounts} from now on.
   *
   * @throws CredentialsError `CREDENTIALS.INTERACTION` when it is none of them
   */
  readonly choose: (account: SessionAccount) => void;
  /** Calls back whenever `account` or `accounts` changed, by other tabs too; gives a function that ends this. */
  readonly subscribe: (listener: () => void) => () => void;
  /**
   * A token of the account, renewed without the user where needed: by refresh token, else in a hidden frame.
   *
   * @throws CredentialsError `CREDENTIALS.INTERACTION` when nobody is signed in, or the user has to sign in again
   */
  readonly getToken: Credentials["getToken"];
}
