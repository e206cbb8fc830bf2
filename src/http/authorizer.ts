import { CredentialsError, isCredentialsError } from "../errors/index.js";
import type { AccessToken, Credentials, TokenRequest } from "./credentials.js";
import { untilAborted } from "./deadline.js";

/** Gives every attempt its token, and refreshes it once for all calls that met a 401 with the same one. */
export class Authorizer {
  readonly #credentials: Credentials;
  readonly #scopes: readonly string[];
  #refresh: Promise<string> | undefined;
  /** Calls that wait for the refresh. */
  #waiting = 0;
  #latest: string | undefined;

  /** @param scopes - what the tokens are for */
  constructor(credentials: Credentials, scopes: readonly string[]) {
    this.#credentials = credentials;
    this.#scopes = scopes;
  }

  /** The token for an attempt. */
  async token(signal: AbortSignal): Promise<string> {
    if (this.#refresh !== undefined) return this.#share(this.#refresh, signal);
    const token = await untilAborted(this.#ask({ signal }), signal);
    this.#latest = token;
    return token;
  }

  /**
   * A token to try after one was refused, or `undefined` when there is no other. Calls that come while a refresh is
   * under way share it; calls whose refused token has been replaced since need none.
   */
  async replacementOf(refused: string, signal: AbortSignal): Promise<string | undefined> {
    if (this.#refresh === undefined && this.#latest !== refused && this.#latest !== undefined) return this.#latest;
    // Shared by many calls, so the signal of one of them must not end it.
    this.#refresh ??= this.#ask({ forceRefresh: true });
    const token = await this.#share(this.#refresh, signal);
    return token === refused ? undefined : token;
  }

  /** Waits for the refresh. The last who does ends it, so that one which hangs does not hold up later calls. */
  async #share(refresh: Promise<string>, signal: AbortSignal): Promise<string> {
    this.#waiting += 1;
    try {
      this.#latest = await untilAborted(refresh, signal);
      return this.#latest;
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#refresh = undefined;
    }
  }

  async #ask(request: TokenRequest): Promise<string> {
    let given: AccessToken;
    try {
      given = await this.#credentials.getToken({ ...request, scopes: this.#scopes });
    } catch (error) {
      request.signal?.throwIfAborted();
      if (isCredentialsError(error)) throw error;
      throw new CredentialsError("CREDENTIALS.FAILED", `The credentials gave no token: ${messageOf(error)}`, {
        cause: error,
      });
    }
    return sendable(given?.token);
  }
}

/** A token that can stand in a header. What cannot would end up in the runtime's own error, in clear. */
function sendable(token: unknown): string {
  if (typeof token !== "string" || token === "") {
    throw new CredentialsError("CREDENTIALS.MISSING", "The credentials gave no token.", {
      hint: "getToken must resolve to { token } with a non-empty string.",
    });
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new CredentialsError("CREDENTIALS.INVALID", "The token has characters that cannot be sent in a header.", {
      hint: "Check for line ends, spaces and quotes around it.",
    });
  }
  return token;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
