import type { Configuration } from "@azure/msal-browser";
import { ConfigError } from "../../errors/index.js";
import type { SessionOptions } from "./options.js";
import { identityScopes } from "./scopes.js";

/** Milliseconds a user has in the popup: a second factor may take its time. */
const popupPatience = 600_000;

/**
 * What MSAL is told.
 *
 * @param base - address of the page, or what its `<base>` says
 * @throws ConfigError when the redirect page is of another origin, or the application's address is not one of the web
 */
export function configurationOf(options: SessionOptions, base: string): Configuration {
  const redirectUri = redirectUriOf(options.redirectUri ?? "redirect.html", base);
  return {
    auth: { clientId: options.clientId, redirectUri, postLogoutRedirectUri: redirectUri, ...authorityOf(options) },
    cache: { cacheLocation: options.storage === "local" ? "localStorage" : "sessionStorage" },
    system: {
      protocolMode: options.tenantId === undefined ? "OIDC" : "AAD",
      loggerOptions: { loggerCallback: () => {}, piiLoggingEnabled: false, logLevel: 0 },
      popupBridgeTimeout: popupPatience,
      // The session decides when a token is too old; MSAL's own 300 s would renew short ones at every call.
      tokenRenewalOffsetSeconds: 0,
    },
  };
}

/** The identity provider's address. */
export function providerOf({ tenantId, authority }: SessionOptions): string {
  return authority ?? `https://login.microsoftonline.com/${tenantId}`;
}

function authorityOf(options: SessionOptions): Omit<Configuration["auth"], "clientId"> {
  const authority = providerOf(options);
  if (options.tenantId !== undefined) return { authority };
  return {
    authority,
    // With its port, and known, or MSAL asks Microsoft about it.
    knownAuthorities: [new URL(authority).host],
    OIDCOptions: { responseMode: options.responseMode ?? "fragment", defaultScopes: [...identityScopes] },
  };
}

function redirectUriOf(given: string, base: string): string {
  if (!URL.canParse(given, base)) throw wrongRedirectUri();
  const url = new URL(given, base);
  url.hash = "";
  if (url.origin !== new URL(base).origin) throw wrongRedirectUri();
  return url.href;
}

function wrongRedirectUri(): ConfigError {
  return new ConfigError(
    "CONFIG.INVALID",
    "The option redirectUri is wrong: expected an address of this page's origin.",
    {
      hint: "The page there answers to this one, which browsers allow within one origin only.",
    },
  );
}
