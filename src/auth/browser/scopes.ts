import type { SessionOptions } from "./options.js";

/** What makes the provider tell who signed in, and give a refresh token. */
export const identityScopes: readonly string[] = ["openid", "profile", "offline_access"];

/**
 * What a token is asked for. A client asks for `{origin}/.default`, which only Entra ID understands.
 *
 * @param requested - what the caller of `getToken` asked for
 */
export function scopesOf(options: SessionOptions, requested: readonly string[] | undefined): string[] {
  return [...new Set([...identityScopes, ...resourceScopes(options, requested)])];
}

function resourceScopes(options: SessionOptions, requested: readonly string[] | undefined): readonly string[] {
  if (options.scopes !== undefined) return options.scopes;
  if (options.tenantId === undefined) return (requested ?? []).filter((scope) => !scope.endsWith("/.default"));
  if (requested !== undefined && requested.length > 0) return requested;
  return options.cluster === undefined ? [] : [`https://${options.cluster}.cognitedata.com/.default`];
}
