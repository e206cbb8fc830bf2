import { InputError } from "../errors/index.js";
import type { ResponseSchema } from "../models/responses/index.js";
import type { RetryOptions } from "./backoff.js";
import type { Method } from "./retry-policy.js";

/** Values of an address's query; those that are `undefined` are left out, lists become repeated parameters. */
export type QueryParameters = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** Time limits in milliseconds. */
export interface TimeoutOptions {
  /** For one attempt, from fetching the token to the last byte of the answer. @defaultValue 60_000 */
  readonly attempt?: number | undefined;
  /** For all attempts of a request and the waits between them. @defaultValue 300_000 */
  readonly total?: number | undefined;
}

/** Options that every method takes last. */
export interface RequestOptions {
  /** Stops the call; it then rejects with AbortError, which has the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Milliseconds for each request of the call, its retries included; or both limits. Waiting for a free place among
   * concurrent calls does not count.
   */
  readonly timeout?: number | TimeoutOptions | undefined;
  /**
   * Reads the text of the answer. `parseJson` gives integers beyond 2^53 as `bigint`, where numbers would round them (E104).
   * @defaultValue JSON.parse
   */
  readonly parse?: ((text: string) => unknown) | undefined;
  /**
   * Sees the text of a successful answer before it is read, and is waited for. Runs again when the answer turns out to
   * be cut off and the request is repeated.
   */
  readonly onBody?: ((text: string) => void | PromiseLike<void>) | undefined;
}

/** One request to the service. */
export interface HTTPRequest<T> extends RequestOptions {
  readonly method: Method;
  /** Relative to the project, such as `/models/spaces`; from the root of the service when it begins with `/api/`. */
  readonly path: string;
  readonly query?: QueryParameters | undefined;
  /** Anything that JSON can hold; a `bigint` is sent as an integer. Or what `prepare` made of it. */
  readonly body?: unknown;
  /** Checks the answer. Without it the answer's type is the caller's claim. */
  readonly schema?: ResponseSchema<T> | undefined;
  readonly retry?: RetryOptions | undefined;
  /** False when this very call must not be sent twice unless the service says that it did nothing. */
  readonly idempotent?: boolean | undefined;
  /**
   * Asked before a request whose outcome is unknown is sent again, after the wait: the value that it would have answered,
   * where it turns out to have been applied; `undefined` to send it. Its signal is aborted when the total time is over.
   */
  readonly settle?: ((signal: AbortSignal) => Promise<T | undefined>) | undefined;
}

/** What to make of an answer that is not as promised: fail, log it and go on, or not even look. */
export type ValidationMode = "strict" | "warn" | "off";

/** Which request bodies are packed: all, none, or those of so many characters. */
export type CompressionOptions = boolean | { readonly threshold: number };

/** One upload to, or download from, any address. */
export interface TransferRequest {
  readonly method: Method;
  /** Whole. The token goes along only when it is at the configured service. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Repeated when need be, unless it is a stream. */
  readonly body?: NonNullable<RequestInit["body"]> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Up to the headers of the answer. */
  readonly timeout?: number | TimeoutOptions | undefined;
}

/** {@link TimeoutOptions} with nothing left open. */
export interface TimeoutSettings {
  readonly attempt: number;
  readonly total: number;
}

export const defaultTimeout: TimeoutSettings = { attempt: 60_000, total: 300_000 };

/** Fills in what is left open. A single number limits the whole request. */
export function timeoutSettings(
  options: number | TimeoutOptions | undefined,
  base: TimeoutSettings = defaultTimeout,
): TimeoutSettings {
  const { attempt = base.attempt, total = base.total } = typeof options === "object" ? options : { total: options };
  if (!(attempt > 0 && total > 0)) {
    throw new InputError("INPUT.TIMEOUT", "A timeout must be a positive number of milliseconds.", { path: "timeout" });
  }
  return { attempt, total };
}

/** An address from its parts. */
export function addressOf(base: string, path: string, query: QueryParameters = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) parameters.append(name, String(one));
    }
  }
  const text = parameters.toString();
  return `${base}${path}${text && `?${text}`}`;
}
