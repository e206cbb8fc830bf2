import { X509Certificate } from "node:crypto";
import type { AccountClaims, ClientMetadata, Configuration, interactionPolicy, JWK } from "oidc-provider";
import { deviceCodePage, deviceConfirmPage, messagePage, signOutPage } from "./oidc-server-pages.js";
import { adapterOf, type OidcStore } from "./oidc-server-store.js";

/** Someone who can sign in; without a password, an application that gets tokens of its own (its name is a client's). */
export interface OidcUser {
  readonly password?: string;
  /** Claim `groups` of its tokens. */
  readonly groups?: readonly string[];
}

/** What a provider is made from. */
export interface ProviderFacts {
  readonly audience: string;
  readonly accessTokenTtl: number;
  readonly users: ReadonlyMap<string, OidcUser>;
  readonly clients: readonly ClientMetadata[];
  readonly store: OidcStore;
  /** The first one signs. */
  readonly keys: readonly JWK[];
  readonly cookieKey: string;
  readonly policy: interactionPolicy.DefaultPolicy;
}

const day = 86_400;

/** The configuration of a provider that gives signed JWTs as access tokens, on pages without scripts of its own. */
export function configurationOf(facts: ProviderFacts): Configuration {
  const { audience, accessTokenTtl, users, clients, store, keys, cookieKey, policy } = facts;
  const groupsOf = (name: string): readonly string[] => users.get(name)?.groups ?? [];
  const claimsOf = (sub: string): AccountClaims => ({
    sub,
    name: sub,
    preferred_username: sub,
    email: `${sub}@users.test`,
    groups: groupsOf(sub),
  });
  return {
    adapter: adapterOf(store),
    clients: [...clients],
    jwks: { keys: [...keys] },
    cookies: { keys: [cookieKey] },
    clientBasedCORS: () => true,
    claims: {
      openid: ["sub"],
      profile: ["name", "preferred_username", "groups"],
      email: ["email"],
    },
    conformIdTokenClaims: false,
    findAccount: (_context, sub) => (users.has(sub) ? { accountId: sub, claims: () => claimsOf(sub) } : undefined),
    extraTokenClaims: (_context, token) => ({
      groups: groupsOf(("accountId" in token && token.accountId) || (token.clientId ?? "")),
    }),
    issueRefreshToken: async (_context, client) => client.grantTypeAllowed("refresh_token"),
    expiresWithSession: () => false,
    interactions: { policy, url: (_context, { uid }) => `/interaction/${uid}` },
    ttl: {
      AccessToken: accessTokenTtl,
      AuthorizationCode: 60,
      ClientCredentials: accessTokenTtl,
      DeviceCode: 600,
      Grant: day,
      IdToken: 3600,
      Interaction: 3600,
      RefreshToken: day,
      Session: day,
    },
    renderError: (context, { error, error_description = "" }) => {
      context.type = "html";
      context.body = messagePage("Something went wrong", `${error} ${error_description}`);
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      deviceFlow: {
        enabled: true,
        userCodeInputSource: (context, form, out, error) => {
          context.body = deviceCodePage(form, out || error ? "That code is not right, or was denied." : undefined);
        },
        userCodeConfirmSource: (context, form, client, _device, code) => {
          context.body = deviceConfirmPage(form, client.clientId, code);
        },
        successSource: (context) => {
          context.body = messagePage("Signed in", "The device is signed in. You can close this page.");
        },
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = signOutPage(form);
        },
        postLogoutSuccessSource: (context) => {
          context.body = messagePage("Signed out", "You are signed out.");
        },
      },
      resourceIndicators: {
        enabled: true,
        // What some providers call `audience` is taken too.
        defaultResource: (context, _client, oneOf) =>
          oneOf?.[0] ?? (context.oidc.body?.["audience"] as string | undefined) ?? audience,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource) => ({
          scope: "",
          audience: resource,
          accessTokenTTL: accessTokenTtl,
          accessTokenFormat: "jwt",
          jwt: { sign: { alg: "RS256" } },
        }),
      },
    },
  };
}

/** Where applications of this machine listen for the answer to a sign-in, on any port. */
const loopback = ["localhost", "127.0.0.1"].flatMap((host) =>
  ["", "/", "/callback", "/redirect"].map((path) => `http://${host}${path}`),
);

/** The clients that every server knows. */
export function knownClients(redirectUris: readonly string[], certificate: string): readonly ClientMetadata[] {
  const { publicKey } = new X509Certificate(certificate);
  const afterSignOut = redirectUris.flatMap((uri) => {
    const { origin } = new URL(uri);
    return [uri, new URL(".", uri).href, `${origin}/`, origin];
  });
  const alone = { grant_types: ["client_credentials"], redirect_uris: [], response_types: [] };
  return [
    {
      client_id: "spa",
      token_endpoint_auth_method: "none",
      response_types: ["code"],
      grant_types: ["authorization_code", "refresh_token"],
      redirect_uris: [...redirectUris],
      post_logout_redirect_uris: [...new Set(afterSignOut)],
    },
    {
      client_id: "native",
      token_endpoint_auth_method: "none",
      response_types: ["code"],
      application_type: "native",
      grant_types: ["authorization_code", "refresh_token"],
      redirect_uris: [...loopback],
    },
    {
      ...alone,
      client_id: "device",
      token_endpoint_auth_method: "none",
      grant_types: ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"],
    },
    { ...alone, client_id: "service", client_secret: "secret", token_endpoint_auth_method: "client_secret_basic" },
    {
      ...alone,
      client_id: "service-jwt",
      token_endpoint_auth_method: "private_key_jwt",
      jwks: { keys: [publicKey.export({ format: "jwk" }) as JWK] },
    },
  ];
}
