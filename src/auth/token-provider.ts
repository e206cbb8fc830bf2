import { CredentialsError, isPygenError } from "../errors/index.js";
import type { AccessToken, Credentials, TokenRequest } from "../http/index.js";

/**
 * Gets a token: a string, or a token with its end. `forceRefresh` asks for another than the last one.
 */
export type TokenSource = (request: TokenRequest) => string | AccessToken | Promise<string | AccessToken>;

/** Options of {@link tokenProvider}. */
export interface TokenProviderOptions {
  /** Milliseconds before its end at which a token is renewed. @defaultValue 60_000 */
  readonly renewBefore?: number;
}

/**
 * Credentials from a function of yours. Its token is remembered until shortly before `expiresAt` (without it: until the
 * service refuses it); however many calls wait, the function runs once at a time; a failure is not remembered.
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
  return new CachedTokens(source, options.renewBefore ?? 60_000);
}

/** Milliseconds after which a source that has not answered is asked again. */
const patience = 60_000;

class CachedTokens implements Credentials {
  readonly #source: TokenSource;
  readonly #renewBefore: number;
  #token: AccessToken | undefined;
  #pending: Promise<AccessToken> | undefined;
  #pendingForced = false;
  #pendingSince = 0;

  constructor(source: TokenSource, renewBefore: number) {
    this.#source = source;
    this.#renewBefore = renewBefore;
  }

  async getToken({ forceRefresh = false }: TokenRequest = {}): Promise<AccessToken> {
    if (!forceRefresh && this.#token !== undefined && this.#isFresh(this.#token)) return this.#token;
    // What is on its way serves all, but one begun without force may end in the very token that was refused.
    const joins = (this.#pendingForced || !forceRefresh) && Date.now() - this.#pendingSince < patience;
    if (this.#pending !== undefined && joins) return this.#pending;
    const pending = this.#fetch(forceRefresh);
    this.#pending = pending;
    this.#pendingForced = forceRefresh;
    this.#pendingSince = Date.now();
    try {
      const token = await pending;
      // One that a forced request has overtaken must not come after it.
      if (this.#pending === pending) this.#token = token;
      return token;
    } finally {
      if (this.#pending === pending) this.#pending = undefined;
    }
  }

  #isFresh(token: AccessToken): boolean {
    return token.expiresAt === undefined || Date.now() < token.expiresAt - this.#renewBefore;
  }

  async #fetch(forceRefresh: boolean): Promise<AccessToken> {
    // No signal: the token is shared by all callers, so none of them can stop it.
    const given = await this.#callSource({ forceRefresh });
    const token = typeof given === "string" ? { token: given } : given;
    if (typeof token?.token !== "string" || token.token === "") {
      throw new CredentialsError("CREDENTIALS.MISSING", "The token provider gave no token.", {
        hint: "It must return a non-empty string, or { token, expiresAt? }.",
      });
    }
    return token;
  }

  async #callSource(request: TokenRequest): Promise<string | AccessToken> {
    try {
      return await this.#source(request);
    } catch (error) {
      if (isPygenError(error)) throw error;
      const message = error instanceof Error ? error.message : String(error);
      throw new CredentialsError("CREDENTIALS.FAILED", `The token provider failed: ${message}`, { cause: error });
    }
  }
}
