import { InputError } from "../errors/index.js";
import { VERSION, writeJson } from "../models/index.js";
import { Authorizer } from "./authorizer.js";
import { type RetryOptions, type RetrySettings, retrySettings } from "./backoff.js";
import { Call } from "./call.js";
import type { Credentials } from "./credentials.js";
import type { Hooks } from "./hooks.js";
import { type ConcurrencyOptions, type Lane, Lanes } from "./lanes.js";
import { type Logger, type LogLevel, leveled } from "./logger.js";
import {
  addressOf,
  type CompressionOptions,
  type HTTPRequest,
  type TimeoutOptions,
  type TimeoutSettings,
  type TransferRequest,
  timeoutSettings,
  type ValidationMode,
} from "./request.js";
import { policyOf } from "./retry-policy.js";
import type { Fetch, Transport } from "./transport.js";

/** What an {@link HTTPClient} is made of. */
export interface HTTPClientOptions {
  /** Address of the service without `/api/...`, such as `https://westeurope-1.cognitedata.com`. */
  readonly baseUrl: string;
  readonly project: string;
  /** Name of the calling application, sent as `x-cdp-app`. */
  readonly application: string;
  /** Not needed where the transport signs. */
  readonly credentials?: Credentials | undefined;
  readonly fetch?: Fetch | undefined;
  readonly timeout?: number | TimeoutOptions | undefined;
  readonly retry?: RetryOptions | undefined;
  readonly concurrency?: ConcurrencyOptions | undefined;
  readonly logger?: Logger | undefined;
  /** @defaultValue "info" */
  readonly logLevel?: LogLevel | undefined;
  /** How requests leave, where `fetch` is not enough. */
  readonly transport?: Transport | undefined;
  readonly compression?: CompressionOptions | undefined;
  readonly rateLimit?: { readonly perSecond: number; readonly burst?: number | undefined } | undefined;
  readonly hooks?: Hooks | readonly Hooks[] | undefined;
  readonly logBodies?: boolean | undefined;
  /** @defaultValue "strict" */
  readonly validation?: ValidationMode | undefined;
}

/**
 * Sends requests to one project: signs them, limits how many are under way, repeats those that may be repeated, bounds
 * their time, and turns whatever goes wrong into one of the package's errors. Reached as `client.http`, for calls that
 * no other API of the client makes.
 *
 * @example
 * ```ts
 * const statistics = await client.http.request<{ spaces: { count: number } }>({
 *   method: "GET",
 *   path: "/models/statistics",
 * });
 * ```
 */
export class HTTPClient {
  readonly baseUrl: string;
  readonly project: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #authorizer: Authorizer;
  readonly #fetch: Fetch | undefined;
  readonly #timeout: TimeoutSettings;
  readonly #retry: RetrySettings;
  readonly #lanes: Lanes;
  readonly #logger: Logger;

  constructor(options: HTTPClientOptions) {
    this.baseUrl = options.baseUrl.replace(/\/+$/, "");
    this.project = options.project;
    this.#headers = {
      accept: "application/json",
      "x-cdp-app": options.application,
      "x-cdp-sdk": `pygen:${VERSION}`,
    };
    this.#authorizer = new Authorizer(options.credentials ?? { getToken: async () => ({ token: "" }) });
    this.#fetch = options.fetch;
    this.#timeout = timeoutSettings(options.timeout);
    this.#retry = retrySettings(options.retry);
    this.#lanes = new Lanes(options.concurrency);
    this.#logger = leveled(options.logger, options.logLevel ?? "info");
  }

  /**
   * Sends one request and gives the value of the answer.
   *
   * @throws ApiError when the service refuses; NetworkError, TimeoutError, CredentialsError or ResponseError when it
   * does not come to that; the signal's reason when it is aborted
   */
  async request<T = unknown>(request: HTTPRequest<T>): Promise<T> {
    const { method, path, signal } = request;
    const table = policyOf(method, path);
    const policy = request.idempotent === undefined ? table : { ...table, idempotent: request.idempotent };
    return this.#lanes.run(policy.lane, signal, () => {
      // Written when its turn comes, so that waiting calls hold no text, and once for all attempts.
      const body = request.body === undefined ? undefined : bodyText(request.body, `${method} ${path}`);
      const headers = body === undefined ? this.#headers : { ...this.#headers, "content-type": "application/json" };
      return new Call<T>({
        outgoing: { method, url: this.#address(request), headers, body },
        path,
        policy,
        schema: request.schema,
        parse: request.parse ?? JSON.parse,
        signal,
        timeout: timeoutSettings(request.timeout, this.#timeout),
        retry: retrySettings(request.retry, this.#retry),
        fetch: this.#fetch,
        authorizer: this.#authorizer,
        logger: this.#logger,
      }).run();
    });
  }

  /**
   * Sends an upload or download to any address and gives the answer, its body unread. The token goes along only when the
   * address is at the configured service.
   *
   * @throws as `request`
   */
  async transfer(request: TransferRequest): Promise<Response> {
    const { method, url, headers, body, signal } = request;
    return globalThis.fetch(url, { method, headers: headers ?? {}, body: body ?? null, signal: signal ?? null });
  }

  /** Stops what is under way, refuses later calls, and releases what the transport holds. */
  async close(): Promise<void> {
    await Promise.resolve();
  }

  /** How many calls of a group are under way at most. */
  concurrency(lane: Lane): number {
    return this.#lanes.concurrency(lane);
  }

  #address(request: HTTPRequest<unknown>): string {
    const { path, query } = request;
    const root = path.startsWith("/api/") ? "" : `/api/v1/projects/${encodeURIComponent(this.project)}`;
    return addressOf(`${this.baseUrl}${root}`, path, query);
  }
}

function bodyText(body: unknown, call: string): string {
  try {
    return writeJson(body);
  } catch (error) {
    throw new InputError("INPUT.BODY", `The body of ${call} cannot be written as JSON: ${String(error)}`, {
      hint: "It must hold plain JSON values: no functions and no cycles.",
    });
  }
}
