import { AbortError, type ResponseError, redactUrl } from "../errors/index.js";
import { VERSION } from "../models/index.js";
import { readValue } from "./answer.js";
import { Authorizer } from "./authorizer.js";
import { type RetryOptions, type RetrySettings, retrySettings } from "./backoff.js";
import { Call, type CallPlan, type Surroundings } from "./call.js";
import type { Credentials } from "./credentials.js";
import { type Hooks, teller } from "./hooks.js";
import { type ConcurrencyOptions, type Lane, Lanes } from "./lanes.js";
import { loadPart } from "./load-part.js";
import { type Logger, type LogLevel, leveled } from "./logger.js";
import { emptyPayload, type JSONPayload, jsonPayload, type Packing, PreparedBody, packingOf } from "./payload.js";
import type { RateLimitOptions } from "./rate-limit.js";
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
import { type CallPolicy, policyOf } from "./retry-policy.js";
import { type Answer, exchange, type Fetch, type Send, sendBy, type Transport } from "./transport.js";

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
  /** How requests leave, where `fetch` is not enough. */
  readonly transport?: Transport | undefined;
  readonly timeout?: number | TimeoutOptions | undefined;
  readonly retry?: RetryOptions | undefined;
  readonly concurrency?: ConcurrencyOptions | undefined;
  readonly rateLimit?: RateLimitOptions | undefined;
  readonly compression?: CompressionOptions | undefined;
  /** @defaultValue "strict" */
  readonly validation?: ValidationMode | undefined;
  readonly hooks?: Hooks | readonly Hooks[] | undefined;
  readonly logger?: Logger | undefined;
  /** @defaultValue "info" */
  readonly logLevel?: LogLevel | undefined;
  readonly logBodies?: boolean | undefined;
}

/** The part of a plan that all kinds of calls share. */
type CommonPlan = Omit<CallPlan<unknown, unknown, Answer>, "payload" | "settle" | "send" | "read">;

/** Sets the ids of calls of several clients apart. */
const prefix = Math.random().toString(36).slice(2, 8);

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
  readonly #authorizer: Authorizer | undefined;
  readonly #transport: Transport;
  readonly #send: Send;
  readonly #packing: Packing;
  readonly #timeout: TimeoutSettings;
  readonly #retry: RetrySettings;
  readonly #validation: ValidationMode;
  readonly #around: Surroundings;
  readonly #closing = new AbortController();
  #calls = 0;

  constructor(options: HTTPClientOptions) {
    const { credentials } = options;
    const transport: Transport = options.transport ?? { fetch: options.fetch ?? globalThis.fetch };
    this.baseUrl = options.baseUrl.replace(/\/+$/, "");
    this.project = options.project;
    this.#headers = { "x-cdp-app": options.application, "x-cdp-sdk": `pygen:${VERSION}` };
    const signs = credentials !== undefined && !transport.signsRequests;
    this.#authorizer = signs ? new Authorizer(credentials, [`${new URL(this.baseUrl).origin}/.default`]) : undefined;
    this.#transport = transport;
    this.#send = sendBy(transport);
    this.#packing = packingOf(options.compression, transport);
    this.#timeout = timeoutSettings(options.timeout);
    this.#retry = retrySettings(options.retry);
    this.#validation = options.validation ?? "strict";
    const logger = leveled(options.logger, options.logLevel);
    this.#around = {
      lanes: new Lanes(options.concurrency, options.rateLimit),
      logger,
      logBodies: options.logBodies ?? false,
      tell: teller(options.hooks, logger),
      closing: this.#closing.signal,
    };
  }

  /**
   * Sends one request and gives the value of the answer.
   *
   * @throws ApiError when the service refuses; NetworkError, TimeoutError, CredentialsError or ResponseError when it
   * does not come to that; InputError for a body that JSON cannot hold; AbortError when it is stopped. Their `outcome`
   * says whether what was asked for may have been applied
   */
  async request<T = unknown>(request: HTTPRequest<T>): Promise<T> {
    const { method, path, schema, idempotent, parse = JSON.parse, onBody } = request;
    const policy = policyOf(method, path);
    const url = this.#address(request);
    const transport = this.#transport;
    const accept = { accept: "application/json", ...this.#headers };
    const reading = { schema, parse, validation: this.#validation, logger: this.#around.logger };
    return this.#run({
      ...this.#plan(request, url, path, { ...policy, idempotent: idempotent ?? policy.idempotent }),
      payload: async () => this.#payload(request),
      send: (sent, headers, signal) => {
        const outgoing = { method, url, headers: { ...headers, ...accept }, body: sent };
        return transport.exchange?.(outgoing, signal) ?? exchange(this.#send, outgoing, signal);
      },
      read: async (answer, details) => {
        await onBody?.(answer.text);
        return readValue(answer, reading, details);
      },
      settle: request.settle,
    });
  }

  /**
   * Writes and packs the `body` of a request that will be sent soon. Given to `request` in place of it, none of its turn
   * among concurrent calls goes to that.
   */
  prepare(request: Pick<HTTPRequest<unknown>, "method" | "path" | "body">): PreparedBody {
    return new PreparedBody(this.#payload(request));
  }

  /**
   * Sends an upload or download to any address and gives the answer, its body unread. The token and the headers of this
   * client go along only when the address is at the configured service. Limits of time hold up to the headers of the
   * answer, and are longer by 10 s for each MB to send; a stream has none but what `timeout` says.
   *
   * @throws as `request`; InputError `INPUT.URL` for what is no address
   */
  async transfer(request: TransferRequest): Promise<Response> {
    const { method, body, headers, signal, timeout } = request;
    const { addressIn, allowanceOf, isStream, sendTransfer } = await loadPart(
      "transfers",
      () => import("./transfer.js"),
      { signal },
    );
    const address = addressIn(this.baseUrl, request.url);
    const ours = address.origin === new URL(this.baseUrl).origin;
    const allowance = timeout === undefined ? allowanceOf(body) : 0;
    const limits = timeoutSettings(timeout, this.#timeout);
    const plan = this.#plan(request, `${address.origin}${address.pathname}`, address.pathname, {
      lane: "files",
      idempotent: method !== "POST",
    });
    const { response } = await this.#run({
      ...plan,
      ours,
      authorizer: ours ? this.#authorizer : undefined,
      repeatable: plan.repeatable && !isStream(body),
      timeout: { attempt: limits.attempt + allowance, total: limits.total + allowance },
      // Addresses of storage carry their own signature.
      secrets: [...address.searchParams.values()],
      payload: async () => ({ ...emptyPayload, body }),
      send: (given, added, deadline) => {
        const own = ours ? this.#headers : {};
        const until = AbortSignal.any([deadline, this.#closing.signal, ...(signal ? [signal] : [])]);
        const init = { method, headers: { ...headers, ...added, ...own }, body: given ?? null, signal: until };
        return sendTransfer(this.#send, address, init, ours);
      },
      read: async (answer) => answer,
    });
    return response;
  }

  /** Meets something in an answer that is not as promised, as the option `validation` says: throws, logs, or nothing. */
  mismatch(error: () => ResponseError): void {
    if (this.#validation === "strict") throw error();
    if (this.#validation === "warn") this.#around.logger.warn(error().message);
  }

  /** How many calls of a group are under way at most. */
  concurrency(lane: Lane): number {
    return this.#around.lanes.concurrency(lane);
  }

  /** Stops what is under way and refuses later calls, both with AbortError `ABORT.CLOSED`; releases what the transport holds. */
  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort(new AbortError("ABORT.CLOSED", "The client was closed."));
    await this.#transport.close?.();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #run<T, Body, Got extends Answer>(plan: CallPlan<T, Body, Got>): Promise<T> {
    return new Call(plan, this.#around).run();
  }

  #plan(request: HTTPRequest<unknown> | TransferRequest, url: string, path: string, policy: CallPolicy): CommonPlan {
    const { method, signal } = request;
    this.#calls += 1;
    return {
      info: {
        id: `${prefix}-${this.#calls}`,
        method,
        path,
        lane: policy.lane,
        get url() {
          return redactUrl(url);
        },
      },
      policy,
      authorizer: this.#authorizer,
      ours: true,
      repeatable: !this.#transport.repeatsRequests,
      signal,
      timeout: timeoutSettings(request.timeout, this.#timeout),
      retry: retrySettings("retry" in request ? request.retry : undefined, this.#retry),
      secrets: [],
    };
  }

  async #payload({ method, path, body }: Pick<HTTPRequest<unknown>, "method" | "path" | "body">): Promise<JSONPayload> {
    if (body === undefined) return emptyPayload;
    return body instanceof PreparedBody ? body.payload : jsonPayload(body, this.#packing, `${method} ${path}`);
  }

  #address({ path, query }: HTTPRequest<unknown>): string {
    const root = path.startsWith("/api/") ? "" : `/api/v1/projects/${encodeURIComponent(this.project)}`;
    return addressOf(`${this.baseUrl}${root}`, path, query);
  }
}
