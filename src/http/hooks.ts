import { type PygenError, redact } from "../errors/index.js";
import type { Lane } from "./lanes.js";
import type { Logger } from "./logger.js";
import type { Method } from "./retry-policy.js";

/** One call of the client, which may take several attempts. */
export interface CallInfo {
  /** Unique for each call. */
  readonly id: string;
  readonly method: Method;
  /** As the call names it, without its query. */
  readonly path: string;
  /** The address, without secrets. */
  readonly url: string;
  readonly lane: Lane;
}

/** An attempt is about to be sent. */
export interface RequestEvent {
  readonly call: CallInfo;
  /** 1 is the first. */
  readonly attempt: number;
  /** Size of the body as it goes out, packed or not. */
  readonly requestBytes: number;
}

/** An attempt has its whole answer. */
export interface ResponseEvent {
  readonly call: CallInfo;
  readonly attempt: number;
  readonly status: number;
  /** The service's id of the request. */
  readonly requestId?: string | undefined;
  /** Since the attempt began. */
  readonly milliseconds: number;
  /** Size of the answer: as its headers say, which is as it was packed, else the length of its text. */
  readonly responseBytes: number;
}

/** An attempt failed, and another one follows. */
export interface RetryEvent {
  readonly call: CallInfo;
  readonly attempt: number;
  /** Of the error that the attempt ended in. */
  readonly code: string;
  readonly status?: number | undefined;
  readonly waitMilliseconds: number;
}

/** A call is done. */
export interface RequestEndEvent {
  readonly call: CallInfo;
  /** None when it was stopped before its turn came. */
  readonly attempts: number;
  readonly milliseconds: number;
  /** Of these, spent waiting for a turn among concurrent calls. */
  readonly queuedMilliseconds: number;
  readonly error?: PygenError | undefined;
}

/**
 * What watches the calls of a client: all optional, called as things happen. Whatever a hook throws is logged once and
 * breaks no call. Events hold no bodies, and no headers.
 */
export interface Hooks {
  /** A call begins. Runs synchronously, in the caller's own context. */
  onStart?(call: CallInfo): void;
  /** Gives headers to add to the attempt, if any; those that the client sets itself stay as they are. */
  // biome-ignore lint/suspicious/noConfusingVoidType: a hook that gives no headers need not say so
  onRequest?(event: RequestEvent): Readonly<Record<string, string>> | undefined | void;
  onResponse?(event: ResponseEvent): void;
  onRetry?(event: RetryEvent): void;
  onEnd?(event: RequestEndEvent): void;
}

/** Tells every hook of something, and gives what each answers. */
export type Tell = <T>(event: (hooks: Hooks) => T) => (T | undefined)[];

/** What hooks throw, or reject with, is logged once and goes no further. */
export function teller(hooks: Hooks | readonly Hooks[] | undefined = [], logger: Logger): Tell {
  let failed = false;
  const failure = (error: unknown): void => {
    if (!failed) logger.warn("hook failed", { error: redact(String(error)) });
    failed = true;
  };
  return (event) =>
    [hooks].flat().map((hook) => {
      try {
        const answer = event(hook);
        if (answer instanceof Promise) answer.catch(failure);
        return answer;
      } catch (error) {
        failure(error);
        return undefined;
      }
    });
}
