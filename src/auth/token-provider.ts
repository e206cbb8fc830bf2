import { CredentialsError, isPygenError } from "../errors/index.js";
import type { AccessToken, Credentials, TokenRequest } from "../http/index.js";
import { TokenCache } from "./token-cache.js";

/**
 * Gets a token: a string, or a token with its end. `forceRefresh` asks for another than the last one; `scopes` say what
 * it is for.
 */
export type TokenSource = (request: TokenRequest) => string | AccessToken | Promise<string | AccessToken>;

/** Options of {@link tokenProvider}. */
export interface TokenProviderOptions {
  /**
   * Milliseconds before its end at which a token is renewed; of a short one, a quarter of its life at most.
   *
   * @defaultValue 60_000
   */
  readonly renewBefore?: number;
}

/**
 * Credentials from a function of yours. Its token is remembered until shortly before `expiresAt` (without it: until the
 * service refuses it), for each set of scopes; however many calls wait, the function runs once at a time; a failure is not remembered.
 *
 * @throws CredentialsError, from calls: `CREDENTIALS.FAILED` when the function fails, `CREDENTIALS.MISSING` when it gives
 * no token
 *
 * @example
 * ```ts
 * import { tokenProvider } from "pygen";
 *
 * const credentials = tokenProvider(async () => {
 *   const answer = await fetch("/sign-in/token");
 *   const { token, expiresAt } = await answer.json();
 *   return { token, expiresAt };
 * });
 * ```
 */
export function tokenProvider(source: TokenSource, options: TokenProviderOptions = {}): Credentials {
  const { renewBefore } = options;
  // No signal for the source: the token is shared by all callers, so none of them can stop it.
  return new TokenCache(({ forceRefresh, scopes }) => fromSource(source, { forceRefresh, scopes }), {
    renewBefore,
    patience: 60_000,
    stoppable: false,
  });
}

async function fromSource(source: TokenSource, request: TokenRequest): Promise<AccessToken> {
  const given = await callSource(source, request);
  const token = typeof given === "string" ? { token: given } : given;
  if (typeof token?.token !== "string" || token.token === "") {
    throw new CredentialsError("CREDENTIALS.MISSING", "The token provider gave no token.", {
      hint: "It must return a non-empty string, or { token, expiresAt? }.",
    });
  }
  return token;
}

async function callSource(source: TokenSource, request: TokenRequest): Promise<string | AccessToken> {
  try {
    return await source(request);
  } catch (error) {
    if (isPygenError(error)) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new CredentialsError("CREDENTIALS.FAILED", `The token provider failed: ${message}`, { cause: error });
  }
}
