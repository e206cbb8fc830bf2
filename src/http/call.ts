import { type ErrorDetails, isPygenError, NetworkError, type PygenError, TimeoutError } from "../errors/index.js";
import type { ResponseSchema } from "../models/responses/index.js";
import { isSuccess, readRefusal, readValue } from "./answer.js";
import type { Authorizer } from "./authorizer.js";
import { backoffDelay, type RetrySettings, retryAfter } from "./backoff.js";
import { type Deadline, sleep, startDeadline, untilAborted } from "./deadline.js";
import type { Logger } from "./logger.js";
import type { TimeoutSettings } from "./request.js";
import { type CallPolicy, isRetryable } from "./retry-policy.js";
import { type Answer, exchange, type Fetch, type Outgoing } from "./transport.js";

/** All that one call needs. */
export interface CallPlan<T> {
  readonly outgoing: Outgoing;
  readonly path: string;
  readonly policy: CallPolicy;
  readonly schema: ResponseSchema<T> | undefined;
  readonly parse: (text: string) => unknown;
  readonly signal: AbortSignal | undefined;
  readonly timeout: TimeoutSettings;
  readonly retry: RetrySettings;
  readonly fetch: Fetch | undefined;
  readonly authorizer: Authorizer;
  readonly logger: Logger;
}

/** How an attempt failed, and how long the service asks to wait. */
interface Failed {
  readonly error: PygenError;
  readonly retryable: boolean;
  readonly wait: number | undefined;
}

/** One call: attempts, waits between them, one refresh of the token, bounded in number and in time. */
export class Call<T> {
  readonly #plan: CallPlan<T>;
  #attempts = 0;
  #token: string | undefined;
  #refreshed = false;

  constructor(plan: CallPlan<T>) {
    this.#plan = plan;
  }

  async run(): Promise<T> {
    const { timeout, signal } = this.#plan;
    const end = performance.now() + timeout.total;
    const total = startDeadline(timeout.total, signal);
    try {
      for (;;) {
        const answer = await this.#attempt(total);
        if ("status" in answer && isSuccess(answer)) return readValue(answer, this.#plan, this.#details(answer));
        const failed = "status" in answer ? await this.#refused(answer, total) : answer;
        if (failed === undefined) continue;
        await this.#waitOrGiveUp(failed, end, total);
      }
    } finally {
      total.release();
    }
  }

  async #attempt(total: Deadline): Promise<Answer | Failed> {
    this.#attempts += 1;
    const { timeout, outgoing, fetch, authorizer } = this.#plan;
    const deadline = startDeadline(timeout.attempt, total.signal);
    const started = performance.now();
    try {
      this.#token = await authorizer.token(deadline.signal);
      const headers = { ...outgoing.headers, authorization: `Bearer ${this.#token}` };
      const answer = await untilAborted(exchange(fetch, { ...outgoing, headers }, deadline.signal), deadline.signal);
      this.#log("answer", started, { status: answer.status, requestId: requestIdOf(answer) });
      return answer;
    } catch (error) {
      const failed = this.#interrupted(error, deadline, total);
      this.#log("no answer", started, { code: failed.error.code });
      return failed;
    } finally {
      deadline.release();
    }
  }

  /** What stopped an attempt: its caller, time, the credentials, or the connection. */
  #interrupted(error: unknown, deadline: Deadline, total: Deadline): Failed {
    const { signal, timeout, policy } = this.#plan;
    signal?.throwIfAborted();
    if (total.expired)
      return { error: this.#outOfTime("TIMEOUT.TOTAL", timeout.total), retryable: false, wait: undefined };
    if (!deadline.expired && isPygenError(error)) return { error, retryable: false, wait: undefined };
    const retryable = isRetryable(policy, { status: undefined, autoRetryable: false });
    if (deadline.expired)
      return { error: this.#outOfTime("TIMEOUT.ATTEMPT", timeout.attempt), retryable, wait: undefined };
    // The library's own error holds the request with its headers; what it wraps says what happened.
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const failure = new NetworkError("NETWORK.FAILED", `The connection failed: ${reasonOf(cause)}`, {
      ...this.#details(),
      cause,
    });
    return { error: failure, retryable, wait: undefined };
  }

  /** What to make of a refusal; `undefined` means: the token is fresh now, send at once. */
  async #refused(answer: Answer, total: Deadline): Promise<Failed | undefined> {
    if (answer.status === 401 && !this.#refreshed && (await this.#refresh(total))) return undefined;
    const { error, autoRetryable } = readRefusal(answer, this.#details(answer));
    return {
      error,
      retryable: isRetryable(this.#plan.policy, { status: answer.status, autoRetryable }),
      wait: retryAfter(answer.headers.get("retry-after"), Date.now()),
    };
  }

  async #refresh(total: Deadline): Promise<boolean> {
    this.#refreshed = true;
    try {
      return (await this.#plan.authorizer.replacementOf(this.#token ?? "", total.signal)) !== undefined;
    } catch (error) {
      throw this.#interrupted(error, total, total).error;
    }
  }

  async #waitOrGiveUp(failed: Failed, end: number, total: Deadline): Promise<void> {
    const { retry, logger, outgoing, path } = this.#plan;
    if (!failed.retryable || this.#attempts >= retry.attempts) throw failed.error;
    const wait = Math.max(failed.wait ?? 0, backoffDelay(this.#attempts, retry, Math.random()));
    if (performance.now() + wait >= end) throw failed.error;
    logger.warn("retry", {
      method: outgoing.method,
      path,
      code: failed.error.code,
      attempt: this.#attempts,
      waitMs: wait,
    });
    // Timers may fire a little early.
    await sleep(Math.ceil(wait) + 1, total.signal);
  }

  #outOfTime(code: "TIMEOUT.ATTEMPT" | "TIMEOUT.TOTAL", limit: number): TimeoutError {
    return new TimeoutError(code, `No complete answer within ${limit} ms.`, {
      ...this.#details(),
      hint: "Ask for less at once, or give more time with the timeout option.",
    });
  }

  #details(answer?: Answer): ErrorDetails {
    const { outgoing } = this.#plan;
    return {
      method: outgoing.method,
      url: outgoing.url,
      status: answer?.status,
      requestId: answer && requestIdOf(answer),
      hint: this.#attempts > 1 ? `Sent ${this.#attempts} times.` : undefined,
      secrets: this.#token === undefined ? [] : [this.#token],
    };
  }

  #log(message: string, started: number, fields: Record<string, string | number | undefined>): void {
    const { outgoing, path, logger } = this.#plan;
    const ms = Math.round(performance.now() - started);
    logger.debug(message, { method: outgoing.method, path, attempt: this.#attempts, ms, ...fields });
  }
}

function requestIdOf(answer: Answer): string | undefined {
  return answer.headers.get("x-request-id") ?? undefined;
}

/** A connection error in words; the runtimes put the telling part at the end of the chain of causes. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error.cause;
  const code = inner instanceof Error && "code" in inner ? ` (${String(inner.code)})` : "";
  const detail = inner instanceof Error && inner.message !== "" ? `: ${inner.message}` : "";
  return `${error.message}${detail}${code}`;
}
