/** How signing in and out shows the identity provider: in place of the page, or in a window of its own. */
export type SignInMode = "redirect" | "popup";

interface CommonSessionOptions {
  /** The application's id at the identity provider, where it is registered as a public client ("single-page application"). */
  readonly clientId: string;
  /**
   * What tokens are for, as the identity provider names it. It then holds for every token, whatever is asked for.
   * Without it: what a client's calls ask for with Entra ID, nothing in particular with other providers.
   */
  readonly scopes?: readonly string[] | undefined;
  /**
   * Address of the redirect page, of the same origin as this page, as registered at the identity provider.
   * @defaultValue `redirect.html` beside the page, or beside what its `<base>` says
   */
  readonly redirectUri?: string | undefined;
  /**
   * Where the session is kept: `"session"` ends with the tab and is not seen by others, `"local"` is shared by all tabs and
   * ends with the browser.
   * @defaultValue "session"
   */
  readonly storage?: "session" | "local" | undefined;
  /** How to sign in and out unless a call says otherwise. @defaultValue "redirect" */
  readonly mode?: SignInMode | undefined;
  /** What to do when the browser lets no window open: fail with `CREDENTIALS.POPUP_BLOCKED`, or redirect. @defaultValue "error" */
  readonly popupBlocked?: "error" | "redirect" | undefined;
}

/** An application registered with Microsoft Entra ID. */
export interface EntraSessionOptions extends CommonSessionOptions {
  /** The tenant's id or domain, or `organizations`. */
  readonly tenantId: string;
  /** Name of the cluster, such as `westeurope-1`: asks for its consent when signing in, before the first call does. */
  readonly cluster?: string | undefined;
  readonly authority?: undefined;
  readonly audience?: undefined;
  readonly responseMode?: undefined;
}

/** An application registered with any other provider of OpenID Connect. */
export interface OidcSessionOptions extends CommonSessionOptions {
  /** The issuer's address: `.well-known/openid-configuration` below it describes the provider. */
  readonly authority: string;
  /** The service that tokens are for, with providers that take it as `audience`, such as Auth0. */
  readonly audience?: string | undefined;
  /**
   * Where in the redirect page's address the provider puts its answer. Only for providers that cannot do as they are told,
   * and applications without a redirect page.
   * @defaultValue "fragment"
   */
  readonly responseMode?: "fragment" | "query" | undefined;
  readonly tenantId?: undefined;
  readonly cluster?: undefined;
}

/** Options of {@link openSession}. */
export type SessionOptions = EntraSessionOptions | OidcSessionOptions;
