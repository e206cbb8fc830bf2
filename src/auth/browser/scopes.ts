import type { SessionOptions } from "./options.js";

/** What makes the provider tell who signed in. */
export const identityScopes: readonly string[] = ["openid", "profile"];

/**
 * What a token is asked for. A client asks for `{origin}/.default`, which only Entra ID understands.
 *
 * @param requested - what the caller of `getToken` asked for
 */
export function tokenScopes(options: SessionOptions, requested: readonly string[] | undefined): string[] {
  return [...new Set([...identityScopes, ...resourceScopes(options, requested)])];
}

/**
 * What is asked for when signing in: a refresh token too. Providers may leave it out of what they grant, after which they
 * refuse to renew a token for more than they granted; so only this asks for it.
 */
export function signInScopes(options: SessionOptions, requested: readonly string[] | undefined): string[] {
  return [...new Set([...tokenScopes(options, requested), "offline_access"])];
}

function resourceScopes(options: SessionOptions, requested: readonly string[] | undefined): readonly string[] {
  if (options.scopes !== undefined) return options.scopes.filter((scope) => scope !== "offline_access");
  if (options.tenantId === undefined) return (requested ?? []).filter((scope) => !scope.endsWith("/.default"));
  if (requested !== undefined && requested.length > 0) return requested;
  return options.cluster === undefined ? [] : [`https://${options.cluster}.cognitedata.com/.default`];
}
