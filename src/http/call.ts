import {
  CredentialsError,
  type ErrorDetails,
  isCredentialsError,
  isPygenError,
  isResponseError,
  NetworkError,
  type Outcome,
  type PygenError,
  redact,
  TimeoutError,
} from "../errors/index.js";
import { abortErrorOf } from "./aborted.js";
import { isSuccess, readRefusal } from "./answer.js";
import type { Authorizer } from "./authorizer.js";
import { backoffDelay, type RetrySettings, retryAfter } from "./backoff.js";
import { type Deadline, sleep, startDeadline, untilAborted } from "./deadline.js";
import type { CallInfo, Tell } from "./hooks.js";
import type { Lanes } from "./lanes.js";
import type { LogFields, Logger } from "./logger.js";
import { outcomeOfStatus } from "./outcome.js";
import type { Payload } from "./payload.js";
import type { TimeoutSettings } from "./request.js";
import { type CallPolicy, isRetryable } from "./retry-policy.js";
import type { Answer } from "./transport.js";

/** What all calls of a client share. */
export interface Surroundings {
  readonly lanes: Lanes;
  readonly tell: Tell;
  readonly logger: Logger;
  readonly logBodies: boolean;
  /** Aborted when the client is closed. */
  readonly closing: AbortSignal;
}

/** All that one call needs. */
export interface CallPlan<T, Body, Got extends Answer> {
  readonly info: CallInfo;
  readonly policy: CallPolicy;
  /** `undefined`: the call goes without a token. */
  readonly authorizer: Authorizer | undefined;
  /** Whether hooks may add headers. */
  readonly ours: boolean;
  /** Whether it may be sent more than once at all. */
  readonly repeatable: boolean;
  readonly signal: AbortSignal | undefined;
  readonly timeout: TimeoutSettings;
  readonly retry: RetrySettings;
  readonly secrets: readonly string[];
  /** Makes the body ready; asked when the first attempt begins, so that waiting calls hold none. */
  readonly payload: () => Promise<Payload<Body>>;
  readonly send: (body: Body | undefined, headers: Record<string, string>, signal: AbortSignal) => Promise<Got>;
  readonly read: (answer: Got, details: ErrorDetails) => Promise<T>;
  /** Asked before a call whose outcome is unknown is sent again: its value, where it was applied. */
  readonly settle?: ((signal: AbortSignal) => Promise<T | undefined>) | undefined;
}

/** How an attempt failed, whether another one may follow, and how long to wait for it. */
interface Failed {
  readonly error: PygenError;
  readonly retryable: boolean;
  /** Milliseconds that the service asks to wait. */
  readonly wait?: number | undefined;
}

/** One call: attempts, waits between them, one refresh of the token, bounded in number and in time. */
export class Call<T, Body, Got extends Answer> {
  readonly #plan: CallPlan<T, Body, Got>;
  readonly #around: Surroundings;
  readonly #link: Deadline;
  #payload: Payload<Body> | undefined;
  #attempts = 0;
  #refreshed = false;
  #token: string | undefined;
  #sent = false;
  #outcome: Outcome = "unsent";
  /** Milliseconds left of the total; waiting for a turn takes none of them. */
  #left: number;
  #queued = 0;
  /** The lane holds the next attempt back until there is room. */
  #held = false;
  #last: PygenError | undefined;

  constructor(plan: CallPlan<T, Body, Got>, around: Surroundings) {
    this.#plan = plan;
    this.#around = around;
    this.#left = plan.timeout.total;
    this.#link = startDeadline(Number.POSITIVE_INFINITY, plan.signal, around.closing);
  }

  async run(): Promise<T> {
    const call = this.#plan.info;
    const { tell } = this.#around;
    const started = performance.now();
    let error: PygenError | undefined;
    tell((hooks) => hooks.onStart?.(call));
    try {
      return await this.#repeat();
    } catch (thrown) {
      if (isPygenError(thrown)) error = thrown;
      throw thrown;
    } finally {
      this.#link.release();
      const milliseconds = performance.now() - started;
      const queuedMilliseconds = this.#queued;
      tell((hooks) => hooks.onEnd?.({ call, attempts: this.#attempts, milliseconds, queuedMilliseconds, error }));
    }
  }

  async #repeat(): Promise<T> {
    for (;;) {
      const step = await this.#turn();
      const result = "answer" in step ? await this.#judge(step.answer) : step;
      if (result === undefined) continue;
      if ("value" in result) return result.value;
      await this.#waitOrGiveUp(result);
      const value = await this.#settled();
      if (value !== undefined) return value;
    }
  }

  /** The value of a call that turns out to have been applied. */
  async #settled(): Promise<T | undefined> {
    const { settle } = this.#plan;
    if (this.#outcome !== "unknown" || !settle) return undefined;
    const deadline = startDeadline(this.#left, this.#link.signal);
    const started = performance.now();
    try {
      const value = await settle(deadline.signal);
      if (value === undefined && deadline.expired) throw this.#final(this.#outOfTime(true));
      return value;
    } finally {
      deadline.release();
      this.#left -= performance.now() - started;
    }
  }

  /** Waits for a turn, then sends. */
  async #turn(): Promise<{ readonly answer: Got } | Failed> {
    const { signal } = this.#link;
    const asked = performance.now();
    const begun = (): void => {
      this.#queued += performance.now() - asked;
    };
    try {
      return await this.#around.lanes.run(this.#plan.policy.lane, { signal, urgent: this.#attempts > 0 }, () => {
        begun();
        return this.#attempt();
      });
    } catch (error) {
      begun();
      if (!signal.aborted) throw error;
      return { error: abortErrorOf(signal.reason, this.#details()), retryable: false };
    }
  }

  async #attempt(): Promise<{ readonly answer: Got } | Failed> {
    const { authorizer, payload, send } = this.#plan;
    const deadline = this.#deadline();
    const started = performance.now();
    this.#attempts += 1;
    this.#sent = false;
    this.#held = false;
    try {
      this.#payload ??= await payload();
      this.#token = await authorizer?.token(deadline.signal);
      const headers = this.#headers(this.#payload);
      this.#sent = true;
      const answer = await untilAborted(send(this.#payload.body, headers, deadline.signal), deadline.signal);
      this.#answered(answer, started);
      return { answer };
    } catch (error) {
      const failed = this.#interrupted(error, deadline);
      this.#log("no answer", { ms: Math.round(performance.now() - started), code: failed.error.code });
      return failed;
    } finally {
      deadline.release();
      this.#left -= performance.now() - started;
    }
  }

  /** Bounds an attempt by its own limit and by what is left of the total. */
  #deadline(): Deadline {
    return startDeadline(Math.min(this.#plan.timeout.attempt, this.#left), this.#link.signal);
  }

  /** What goes out with the body; names that hooks give in capitals must not stand beside ours. */
  #headers({ headers, bytes, text }: Payload<Body>): Record<string, string> {
    const { info: call, ours } = this.#plan;
    const event = { call, attempt: this.#attempts, requestBytes: bytes };
    const added = this.#around
      .tell((hooks) => hooks.onRequest?.(event))
      .flatMap((given) => Object.entries(given ?? {}))
      .filter(([, value]) => value !== undefined);
    if (this.#around.logBodies) this.#log("request", { body: this.#excerpt(text) });
    return {
      ...(ours && Object.fromEntries(added.map(([name, value]) => [name.toLowerCase(), value]))),
      ...headers,
      ...(this.#token && { authorization: `Bearer ${this.#token}` }),
    };
  }

  /** Takes note of an answer, while the attempt still has its place in the lane. */
  #answered(answer: Got, started: number): void {
    const { lanes, tell, logBodies } = this.#around;
    const { info: call, policy } = this.#plan;
    const { status, headers, text } = answer;
    const milliseconds = performance.now() - started;
    const requestId = this.#requestId(answer);
    this.#concluded(outcomeOfStatus(status));
    this.#held = status === 429 && lanes.throttled(policy.lane);
    if (status !== 429) lanes.succeeded(policy.lane);
    tell((hooks) =>
      hooks.onResponse?.({
        call,
        attempt: this.#attempts,
        status,
        requestId,
        milliseconds,
        responseBytes: Number(headers.get("content-length") ?? text.length),
      }),
    );
    const body = logBodies ? this.#excerpt(text) : undefined;
    this.#log("answer", { ms: Math.round(milliseconds), status, requestId, body });
  }

  /** What stopped an attempt: its caller, time, the credentials, the body, or the connection. */
  #interrupted(error: unknown, deadline: Deadline): Failed {
    const { timeout, policy } = this.#plan;
    const { signal } = this.#link;
    const left = this.#sent && !isUnconnected(error);
    if (left) this.#concluded("unknown");
    if (signal.aborted) return { error: abortErrorOf(signal.reason, this.#details()), retryable: false };
    const repeat = policy.idempotent || !left;
    if (deadline.expired) {
      const total = this.#left <= timeout.attempt;
      return { error: this.#outOfTime(total), retryable: !total && repeat };
    }
    // Transports too may refuse, such as one that is closed.
    if (!this.#sent || isPygenError(error)) return { error: this.#unready(error), retryable: false };
    const message = `The connection failed: ${reasonOf(error)}`;
    const details = { ...this.#details(), cause: error };
    return { error: new NetworkError("NETWORK.FAILED", message, details), retryable: repeat };
  }

  /** What kept an attempt from being sent. Errors of the credentials may be shared by many calls: each gets its own. */
  #unready(error: unknown): PygenError {
    if (!isPygenError(error) || !isCredentialsError(error)) return error as PygenError;
    const { code, message, hint, cause, providerCode, correlationId } = error;
    return new CredentialsError(code, message, { ...this.#details(), hint, cause, providerCode, correlationId });
  }

  #outOfTime(total: boolean): TimeoutError {
    const { timeout } = this.#plan;
    const limit = total ? timeout.total : timeout.attempt;
    const [what, less] = this.#sent
      ? ["No complete answer", "Ask for less at once, or give"]
      : ["The credentials gave no token", "Give"];
    return new TimeoutError(total ? "TIMEOUT.TOTAL" : "TIMEOUT.ATTEMPT", `${what} within ${limit} ms.`, {
      ...this.#details(),
      cause: this.#last,
      hint: `${less} more time with the timeout option.`,
    });
  }

  /** The value of an answer, or why there is none; `undefined` means: the token is fresh now, send at once. */
  async #judge(answer: Got): Promise<{ readonly value: T } | Failed | undefined> {
    const { policy, read, authorizer, repeatable } = this.#plan;
    const details = this.#details(answer);
    if (isSuccess(answer)) {
      try {
        return { value: await read(answer, details) };
      } catch (error) {
        if (!isResponseError(error)) throw error;
        // A proxy or a cut connection did it; a page in place of the answer will come again.
        const cut = error.code === "RESPONSE.NOT_JSON" && !answer.text.trimStart().startsWith("<");
        return { error, retryable: cut && policy.idempotent };
      }
    }
    if (answer.status === 401 && authorizer && repeatable && !this.#refreshed) {
      const renewed = await this.#refresh(authorizer);
      if (renewed) return renewed === true ? undefined : renewed;
    }
    const { error, autoRetryable } = readRefusal(answer, details);
    return {
      error,
      retryable: isRetryable(policy, { status: answer.status, autoRetryable }),
      wait: retryAfter(answer.headers.get("retry-after"), Date.now()),
    };
  }

  /** Asks for another token than the one that was refused; true when there is one. */
  async #refresh(authorizer: Authorizer): Promise<boolean | Failed> {
    const deadline = this.#deadline();
    const started = performance.now();
    this.#refreshed = true;
    this.#sent = false;
    try {
      return (await authorizer.replacementOf(this.#token ?? "", deadline.signal)) !== undefined;
    } catch (error) {
      return this.#interrupted(error, deadline);
    } finally {
      deadline.release();
      this.#left -= performance.now() - started;
    }
  }

  async #waitOrGiveUp({ error, retryable, wait = 0 }: Failed): Promise<void> {
    const { retry, repeatable, info: call } = this.#plan;
    const attempt = this.#attempts;
    this.#last = error;
    if (!retryable || !repeatable || attempt - Number(this.#refreshed) >= retry.attempts) throw this.#final(error);
    const own = backoffDelay(attempt, retry, Math.random()) * (this.#held ? 0.1 : 1);
    const delay = Math.max(wait, own);
    if (delay >= this.#left) {
      const who = wait < own ? "" : ", which the service asks for,";
      throw this.#final(error, `Not repeated: a wait of ${Math.ceil(delay)} ms${who} would exceed the total time.`);
    }
    const { code, status } = error;
    this.#log("retry", { code, waitMs: Math.ceil(delay) }, "warn");
    this.#around.tell((hooks) => hooks.onRetry?.({ call, attempt, code, status, waitMilliseconds: delay }));
    const started = performance.now();
    try {
      // Timers may fire a little early.
      await sleep(Math.ceil(delay) + 1, this.#link.signal);
    } catch (reason) {
      throw this.#final(abortErrorOf(reason, this.#details()));
    }
    this.#left -= performance.now() - started;
  }

  /** An error as it leaves the call: with what the attempts before it tell. */
  #final(error: PygenError, note?: string): PygenError {
    const times = this.#attempts > 1 && `Sent ${this.#attempts} times.`;
    const hint = [error.hint, times, note].filter(Boolean).join(" ");
    return Object.assign(error, { outcome: this.#outcome }, hint && { hint });
  }

  /** What one attempt tells about the outcome; once it is open, it stays so. */
  #concluded(outcome: Outcome): void {
    if (outcome === "unknown" || this.#outcome === "unsent") this.#outcome = outcome;
  }

  #details(answer?: Answer): ErrorDetails {
    const { info } = this.#plan;
    return {
      method: info.method,
      // Cleaned only where there is an error to tell it.
      get url() {
        return info.url;
      },
      status: answer?.status,
      requestId: answer && this.#requestId(answer),
      secrets: this.#secrets(),
    };
  }

  #secrets(): string[] {
    return [...this.#plan.secrets, ...(this.#token ? [this.#token] : [])];
  }

  #excerpt(text: string): string {
    return redact(text.slice(0, 65_536), this.#secrets()).slice(0, 2_000);
  }

  #requestId({ headers }: Answer): string | undefined {
    const id = headers.get("x-request-id");
    return id === null ? undefined : redact(id, this.#secrets());
  }

  #log(message: string, fields: LogFields, level: "debug" | "warn" = "debug"): void {
    const { id, method, path } = this.#plan.info;
    this.#around.logger[level](message, { id, method, path, attempt: this.#attempts, ...fields });
  }
}

/** Whether there was no connection, so that nothing was sent. Runtimes put the code some way down the chain of causes. */
function isUnconnected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/.test(code) || isUnconnected(error.cause);
}

/** A connection error in words; the runtimes put the telling part at the end of the chain of causes. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error.cause instanceof Error ? error.cause : undefined;
  const told = inner ?? error;
  const code = "code" in told ? ` (${String(told.code)})` : "";
  return `${error.message}${inner?.message ? `: ${inner.message}` : ""}${code}`;
}
