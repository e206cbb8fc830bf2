import { CredentialsError, isCredentialsError, isPygenError, type PygenError } from "../../errors/index.js";
import type { Fetch } from "../../http/index.js";
import { cancelled } from "./cancelled.js";
import { isPrivate } from "./check-options.js";
import { pause } from "./pause.js";
import { correlationIdOf, type Refusal, refusalOf, refusedError } from "./refusal.js";
import { unreachableError } from "./unreachable.js";

/** A request to an identity provider. */
export interface ProviderRequest {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** How requests reach the identity provider. */
export interface LineOptions {
  readonly fetch: Fetch | undefined;
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** Must not appear in errors. */
  readonly secrets: readonly string[];
}

const secretFields = ["client_secret", "client_assertion", "code", "code_verifier", "refresh_token", "device_code"];

/** Milliseconds before what got no answer is asked again: RFC 8628 has those who wait for a device ask ever less often. */
const waits = [5_000, 10_000, 20_000];

/**
 * The requests of one sign-in. It remembers what went wrong, for libraries that tell of it in words of their own, and what
 * must not appear in errors.
 */
export class ProviderLine {
  readonly signal: AbortSignal;
  readonly #options: LineOptions;
  readonly #secrets: Set<string>;
  #failure: CredentialsError | undefined;
  #refusal: Refusal | undefined;
  /** Runtimes hold a request but weakly: once it is collected, its signal stops nothing. */
  #sent: Request | undefined;

  constructor(options: LineOptions) {
    this.#options = options;
    this.signal = options.signal;
    this.#secrets = new Set(options.secrets);
  }

  /** Keeps a text out of errors. */
  hide(...secrets: readonly string[]): void {
    for (const secret of secrets) this.#secrets.add(secret);
  }

  /**
   * Sends a request and reads its answer, which is JSON: a token, or a refusal. While a user signs in on another device,
   * who asks for the token waits out a network or a provider that is away for half a minute.
   *
   * @throws CredentialsError `UNREACHABLE`, `TIMEOUT`, `CANCELLED`
   */
  async send(request: ProviderRequest): Promise<Response> {
    for (const wait of asksForDevice(request) ? waits : []) {
      try {
        return await this.#send(request);
      } catch (error) {
        if (!isLost(error)) throw error;
        await pause(wait, this.signal);
      }
    }
    return this.#send(request);
  }

  async #send(request: ProviderRequest): Promise<Response> {
    this.#hideSecretsOf(request);
    this.#failure = undefined;
    this.#refusal = undefined;
    const limit = AbortSignal.timeout(this.#options.timeout);
    try {
      return await this.#exchange(request, AbortSignal.any([this.signal, limit]));
    } catch (error) {
      this.#failure = this.#failureOf(error, request.url, limit);
      throw this.#failure;
    }
  }

  /** @throws CredentialsError `CANCELLED` when the sign-in was stopped */
  throwIfStopped(): void {
    if (this.signal.aborted) throw cancelled(this.signal.reason);
  }

  /** The error for what a library threw: what went wrong on the line, where something did. */
  errorFor(thrown: unknown, correlationId?: string): PygenError {
    if (isPygenError(thrown)) return thrown;
    if (this.#failure !== undefined) return this.#failure;
    if (this.#refusal !== undefined) {
      return this.refuse({ ...this.#refusal, correlationId: this.#refusal.correlationId ?? correlationId }, thrown);
    }
    const { message, code } = describe(thrown);
    return new CredentialsError("CREDENTIALS.FAILED", `Signing in failed: ${message}`, {
      providerCode: code,
      correlationId,
      secrets: [...this.#secrets],
      cause: thrown,
    });
  }

  /** The error for a refusal. */
  refuse(refusal: Refusal, cause?: unknown): CredentialsError {
    return refusedError(refusal, [...this.#secrets], cause);
  }

  /** What the provider refused last, where it did. */
  get refusal(): Refusal | undefined {
    return this.#refusal;
  }

  async #exchange({ url, method, headers, body }: ProviderRequest, signal: AbortSignal): Promise<Response> {
    const { fetch = globalThis.fetch } = this.#options;
    signal.throwIfAborted();
    if (URL.canParse(url) && !isPrivate(url)) throw notPrivate(url);
    const init: RequestInit = { method, redirect: "manual", signal, ...(body === undefined ? {} : { body }) };
    this.#sent = new Request(url, { ...init, headers: { accept: "application/json", ...headers } });
    const answer = await fetch(this.#sent);
    const text = await answer.text();
    this.#check(answer, jsonOf(text), url);
    return new Response(text, { status: answer.status, headers: answer.headers });
  }

  #check(answer: Response, body: unknown, url: string): void {
    const refusal = refusalOf(body, answer, url);
    if (refusal !== undefined && answer.status < 500) {
      this.#refusal = refusal;
      return;
    }
    if (answer.ok && body !== undefined) return;
    const what = answer.ok ? "with something that is not JSON" : `HTTP ${answer.status}`;
    throw new CredentialsError("CREDENTIALS.UNREACHABLE", `The identity provider answered ${what}.`, {
      status: answer.status,
      url,
      providerCode: refusal?.error,
      correlationId: refusal?.correlationId ?? correlationIdOf(answer.headers),
      hint:
        answer.status >= 500 || answer.status === 429
          ? "It has trouble of its own: try again later."
          : "Check its address: tenantId, authority or tokenUrl.",
    });
  }

  #failureOf(error: unknown, url: string, limit: AbortSignal): CredentialsError {
    if (isCredentialsError(error)) return error;
    if (this.signal.aborted) return cancelled(this.signal.reason);
    if (!limit.aborted) return unreachableError(error, url, [...this.#secrets]);
    const message = `The identity provider gave no answer within ${this.#options.timeout} ms.`;
    const hint = "Check the network and the address of the identity provider, or raise timeout.";
    return new CredentialsError("CREDENTIALS.TIMEOUT", message, { url, hint });
  }

  #hideSecretsOf({ headers, body }: ProviderRequest): void {
    const fields = new URLSearchParams(body);
    for (const name of secretFields) this.hide(...fields.getAll(name));
    for (const [name, value] of Object.entries(headers ?? {})) {
      if (name.toLowerCase() === "authorization") this.hide(value.replace(/^Basic /i, ""));
    }
  }
}

/** A provider behind a proxy may not know that it is reached by https, and name addresses without it. */
function notPrivate(url: string): CredentialsError {
  return new CredentialsError("CREDENTIALS.FAILED", "The identity provider names an address that is not https.", {
    url,
    hint: "Nothing was sent there. Set the provider's public address to https, or give tokenUrl.",
  });
}

/** The grant of RFC 8628, and what MSAL calls it. */
function asksForDevice({ body }: ProviderRequest): boolean {
  return /(^|:)device_code$/.test(new URLSearchParams(body).get("grant_type") ?? "");
}

function isLost(error: unknown): boolean {
  return isCredentialsError(error) && ["CREDENTIALS.UNREACHABLE", "CREDENTIALS.TIMEOUT"].includes(error.code);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The words of an error of MSAL or of OAuth libraries, and its code. */
function describe(error: unknown): { message: string; code: string | undefined } {
  if (!(error instanceof Error)) return { message: String(error), code: undefined };
  const code: unknown = "errorCode" in error ? error.errorCode : undefined;
  return { message: error.message, code: typeof code === "string" ? code : undefined };
}
