import { ConfigError } from "../errors/index.js";
import { VERSION, writeJson } from "../models/index.js";
import { Authorizer } from "./authorizer.js";
import { type RetryOptions, type RetrySettings, retrySettings } from "./backoff.js";
import { Call } from "./call.js";
import type { Credentials } from "./credentials.js";
import { type ConcurrencyOptions, type Lane, Lanes } from "./lanes.js";
import { type Logger, type LogLevel, leveled } from "./logger.js";
import { addressOf, type HTTPRequest, type TimeoutOptions, type TimeoutSettings, timeoutSettings } from "./request.js";
import { policyOf } from "./retry-policy.js";
import type { Fetch } from "./transport.js";

/** What an {@link HTTPClient} is made of. */
export interface HTTPClientOptions {
  /** Address of the service without `/api/...`, such as `https://westeurope-1.cognitedata.com`. */
  readonly baseUrl: string;
  readonly project: string;
  /** Name of the calling application, sent as `x-cdp-app`. */
  readonly application: string;
  readonly credentials: Credentials;
  readonly fetch?: Fetch | undefined;
  readonly timeout?: number | TimeoutOptions | undefined;
  readonly retry?: RetryOptions | undefined;
  readonly concurrency?: ConcurrencyOptions | undefined;
  readonly logger?: Logger | undefined;
  /** @defaultValue "info" */
  readonly logLevel?: LogLevel | undefined;
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
    this.#authorizer = new Authorizer(options.credentials);
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
        exactIntegers: request.exactIntegers ?? false,
        signal,
        timeout: timeoutSettings(request.timeout, this.#timeout),
        retry: retrySettings(request.retry, this.#retry),
        fetch: this.#fetch,
        authorizer: this.#authorizer,
        logger: this.#logger,
      }).run();
    });
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
    throw new ConfigError("CONFIG.BODY", `The body of ${call} cannot be written as JSON: ${String(error)}`, {
      hint: "It must hold plain JSON values: no functions and no cycles.",
    });
  }
}
