import type { AccessToken, Credentials, TokenRequest } from "../http/index.js";
import { type SlotRules, TokenSlot } from "./token-slot.js";

/** A token that is asked for. */
export interface TokenFetchRequest {
  /** The last token was refused: get a new one. */
  readonly forceRefresh: boolean;
  readonly scopes: readonly string[] | undefined;
  /** Aborted when nobody waits for the token any more. */
  readonly signal: AbortSignal;
}

/** Gets a token from where it is made. */
export type TokenFetch = (request: TokenFetchRequest) => Promise<AccessToken>;

/** Options of {@link TokenCache}. */
export interface TokenCacheOptions {
  /**
   * Milliseconds before its end at which a token is renewed; of a short one, a quarter of its life at most.
   *
   * @defaultValue 60_000
   */
  readonly renewBefore?: number | undefined;
  /** Milliseconds after which a request that has not ended is given up by those who come then. @defaultValue no limit */
  readonly patience?: number | undefined;
  /** Whether a request ends with the last call that waits for it. @defaultValue true */
  readonly stoppable?: boolean | undefined;
}

/**
 * Remembers a token for each set of scopes and renews it before its end. However many calls wait, a token is asked for
 * once; a failure is not remembered. Life is counted from when the token came, so that clocks may differ.
 *
 * @throws CredentialsError, from calls: `CREDENTIALS.CANCELLED` or `CREDENTIALS.TIMEOUT` when the signal of the call is
 * aborted, and what the source throws
 */
export class TokenCache implements Credentials {
  readonly #fetch: TokenFetch;
  readonly #rules: SlotRules;
  readonly #slots = new Map<string, TokenSlot>();

  constructor(fetch: TokenFetch, options: TokenCacheOptions = {}) {
    const { renewBefore = 60_000, patience = Number.POSITIVE_INFINITY, stoppable = true } = options;
    this.#fetch = fetch;
    this.#rules = { renewBefore, patience, stoppable };
  }

  async getToken({ forceRefresh = false, scopes, signal }: TokenRequest = {}): Promise<AccessToken> {
    return this.#slot(scopes).get(forceRefresh, signal);
  }

  #slot(scopes: readonly string[] | undefined): TokenSlot {
    const key = [...(scopes ?? [])].sort().join(" ");
    const known = this.#slots.get(key);
    if (known !== undefined) return known;
    const slot = new TokenSlot((forceRefresh, signal) => this.#fetch({ forceRefresh, scopes, signal }), this.#rules);
    this.#slots.set(key, slot);
    return slot;
  }
}
