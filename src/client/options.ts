import type {
  ConcurrencyOptions,
  Credentials,
  Fetch,
  Logger,
  LogLevel,
  RetryOptions,
  TimeoutOptions,
} from "../http/index.js";

/** Where the service is: by the name of its cluster, or by a whole address. */
export type ServiceAddress =
  | {
      /** Name of the cluster, such as `westeurope-1`: the service is at `https://{cluster}.cognitedata.com`. */
      readonly cluster: string;
      readonly baseUrl?: undefined;
    }
  | {
      /** Address of the service without `/api/...`, for emulators, proxies and private links. */
      readonly baseUrl: string;
      readonly cluster?: undefined;
    };

/** Options of the client apart from the address. */
export interface CommonClientOptions {
  /** Name of the project, as in its address. */
  readonly project: string;
  /** Name of your application; the service's logs show it. */
  readonly application: string;
  /** What gives the tokens: `token("...")`, `tokenProvider(...)`, or your own. */
  readonly credentials: Credentials;
  /** Sends the requests. @defaultValue the global `fetch` */
  readonly fetch?: Fetch;
  /**
   * Milliseconds for each request with its retries, or both limits.
   *
   * @defaultValue 60 seconds an attempt, 300 in all
   */
  readonly timeout?: number | TimeoutOptions;
  /** How often and how patiently requests are repeated that may be. */
  readonly retry?: RetryOptions;
  /** Requests under way at once, by group. @defaultValue the service's limits: schema 2, read 8, write 4, delete 2 */
  readonly concurrency?: ConcurrencyOptions;
  /** Where log lines go; `console` fits. @defaultValue nowhere */
  readonly logger?: Logger;
  /** @defaultValue "info" */
  readonly logLevel?: LogLevel;
}

/** Options of {@link PygenClient}. */
export type PygenClientOptions = ServiceAddress & CommonClientOptions;
