import type {
  CompressionOptions,
  ConcurrencyOptions,
  Credentials,
  Fetch,
  Hooks,
  Logger,
  LogLevel,
  RetryOptions,
  TimeoutOptions,
  Transport,
  ValidationMode,
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
  /** Requests per second, and how many may go at once after a pause. @defaultValue no limit */
  readonly rateLimit?: { readonly perSecond: number; readonly burst?: number };
  /**
   * Packs request bodies with gzip: all of some length, none, or those of `threshold` characters.
   *
   * @defaultValue on; off in browsers, where the service may not allow the header that says so
   */
  readonly compression?: CompressionOptions;
  /** What to make of answers that are not as promised: fail, log and go on, or do not look. @defaultValue "strict" */
  readonly validation?: ValidationMode;
  /** What watches the calls. */
  readonly hooks?: Hooks | readonly Hooks[];
  /** Where log lines go; `console` fits. @defaultValue nowhere; standard error where the environment sets `PYGEN_LOG` */
  readonly logger?: Logger;
  /** @defaultValue `PYGEN_LOG` of the environment, or "info" */
  readonly logLevel?: LogLevel;
  /** Also logs bodies, without secrets and cut, at `debug`. @defaultValue false */
  readonly logBodies?: boolean;
}

/** How requests leave and who signs them. */
export type ClientAccess =
  | {
      /** What gives the tokens: `token("...")`, `tokenProvider(...)`, or your own. */
      readonly credentials: Credentials;
      /** Sends the requests. @defaultValue the global `fetch` */
      readonly fetch?: Fetch;
      readonly transport?: undefined;
    }
  | {
      readonly credentials: Credentials;
      /** How requests leave, where `fetch` is not enough. */
      readonly transport: Transport;
      readonly fetch?: undefined;
    }
  | {
      /** A transport that signs requests itself. */
      readonly transport: Transport & { readonly signsRequests: true };
      readonly credentials?: undefined;
      readonly fetch?: undefined;
    };

/** Options of {@link PygenClient}. */
export type PygenClientOptions = ServiceAddress & ClientAccess & CommonClientOptions;
