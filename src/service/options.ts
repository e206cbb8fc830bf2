import type { Fetch, Hooks, Logger } from "../client/index.js";
import type { ServiceAccess } from "./access.js";
import type { Job, JobResult } from "./job.js";
import type { ServiceLimits } from "./limits.js";
import type { ServiceStore } from "./store.js";

/** Does jobs, in this thread or in others. */
export interface Workers {
  /**
   * @param options - how long a job may wait, and then take
   * @throws Problem 503 where there are too many, or one waits too long, 422 where one takes too long
   */
  run(job: Job, options: { readonly signal: AbortSignal; readonly milliseconds: number }): Promise<JobResult>;
}

/** Whether a generated SDK was kept from before, was made, or was being made for an equal request. */
export type CacheUse = "hit" | "miss" | "shared";

/** A request was answered. Nothing of its headers and body is told. */
export interface ServedEvent {
  readonly requestId: string;
  readonly method: string;
  /** The path as the service names it, or `other`. */
  readonly route: string;
  readonly status: number;
  readonly milliseconds: number;
  /** Who asked, by the name of a key or the subject of a token. */
  readonly client?: string | undefined;
  /** Of a refusal. */
  readonly code?: string | undefined;
  readonly cache?: CacheUse | undefined;
}

/** Options of {@link createService}. */
export interface ServiceOptions extends ServiceAccess {
  /** Origins whose pages may ask; `*` is any. @defaultValue none */
  readonly cors?: readonly string[] | undefined;
  readonly limits?: Partial<ServiceLimits> | undefined;
  /** @defaultValue in memory, 64 MB */
  readonly store?: ServiceStore | undefined;
  /** Who does the work. @defaultValue this thread, one job after another */
  readonly workers?: Workers | undefined;
  /** Addresses of services that models may be fetched from, besides `https://<cluster>.cognitedata.com`. */
  readonly baseUrls?: readonly string[] | undefined;
  /** What CDF is asked by. @defaultValue the platform's `fetch` */
  readonly fetch?: Fetch | undefined;
  /** What watches the calls to CDF, such as `tracing()` of `pygen/tracing`. */
  readonly hooks?: Hooks | undefined;
  /** Where a line for each request goes, and what went wrong inside. */
  readonly logger?: Logger | undefined;
  /** Told of each answer, for metrics. */
  readonly onServed?: ((event: ServedEvent) => void) | undefined;
  /** What `GET /metrics` answers. @defaultValue there is no such path */
  readonly metrics?: (() => Promise<Response>) | undefined;
}

/** What is known of a request besides itself. */
export interface Caller {
  /** The address that it comes from; what limits go by where nobody has to say who it is, and of those who say it wrongly. */
  readonly address?: string | undefined;
  /** Ends its connection, where its answer is not taken in time. @defaultValue the body of the answer fails */
  readonly disconnect?: (() => void) | undefined;
}

/** Generation over HTTP. */
export interface Service {
  /** Answers a request; stands wherever a `fetch` handler does. It does not reject. */
  fetch(request: Request, caller?: Caller): Promise<Response>;
  /** Answers `GET /ready` with 503 from now on, so that no new work comes. */
  drain(): void;
}
