/** A token and, where it is known, when it ends (milliseconds since 1970). */
export interface AccessToken {
  readonly token: string;
  readonly expiresAt?: number | undefined;
}

/** How a token is asked for. */
export interface TokenRequest {
  /** The last token was refused: give a new one, not the same again. */
  readonly forceRefresh?: boolean | undefined;
  /** What the token is for, as identity providers name it: of a client's calls `["https://westeurope-1.cognitedata.com/.default"]`. */
  readonly scopes?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What gives the client its tokens. It is asked before every attempt, so it should remember its token; it is asked
 * with `forceRefresh` after a 401, once for all calls that met it.
 *
 * Use `token("...")` or `tokenProvider(async () => ...)`, or implement this.
 */
export interface Credentials {
  getToken(request?: TokenRequest): Promise<AccessToken>;
}
