import type { AccessToken, Credentials, TokenRequest } from "../../http/index.js";
import { TokenCache } from "../token-cache.js";
import { ProviderLine } from "./provider-line.js";
import { type Settings, scopesFor } from "./settings.js";
import type { UserSession, Wanted } from "./user-session.js";

/** Credentials that remember their tokens and get others by a function. */
export function credentialsOf(
  settings: Settings,
  fetchToken: (wanted: Wanted) => Promise<AccessToken>,
  until?: AbortSignal,
): Credentials {
  const { fetch, timeout, proof } = settings;
  const secrets = proof.secret === undefined ? [] : [proof.secret];
  const cache = new TokenCache(({ forceRefresh, scopes = [], signal }) => {
    const ends = until === undefined ? signal : AbortSignal.any([signal, until]);
    return fetchToken({ forceRefresh, scopes, line: new ProviderLine({ fetch, timeout, secrets, signal: ends }) });
  });
  return {
    getToken: async (request: TokenRequest = {}) =>
      cache.getToken({ ...request, scopes: scopesFor(settings, request.scopes) }),
  };
}

/** Credentials of a user, who is asked only when there is no other way. */
export function userCredentials(
  settings: Settings,
  open: (wanted: Wanted) => Promise<UserSession>,
  signIn: (session: UserSession, wanted: Wanted) => Promise<AccessToken>,
  until: AbortSignal | undefined,
): Credentials {
  return credentialsOf(
    settings,
    async (wanted) => {
      wanted.line.throwIfStopped();
      const session = await open(wanted);
      return (await session.silent()) ?? (await signIn(session, wanted));
    },
    until,
  );
}
