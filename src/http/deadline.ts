import { onAbort } from "./on-abort.js";

/** A signal that follows others and ends by itself after a time. Release it, or its timer and listeners stay. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** True when time ran out, false when a followed signal was aborted or nothing happened. */
  readonly expired: boolean;
  release(): void;
}

/** The longest delay a timer takes; longer ones would fire at once. */
export const maxTimerDelay: number = 2 ** 31 - 1;

/** Starts a {@link Deadline}; `milliseconds` may be infinite. */
export function startDeadline(milliseconds: number, ...follow: readonly (AbortSignal | undefined)[]): Deadline {
  const controller = new AbortController();
  let expired = false;
  const undo = follow.map((signal) => {
    const stop = () => controller.abort(signal?.reason);
    if (signal?.aborted) stop();
    return onAbort(signal, stop);
  });
  const expire = () => {
    expired = true;
    controller.abort(new DOMException("time ran out", "TimeoutError"));
  };
  const timer = milliseconds <= maxTimerDelay ? setTimeout(expire, Math.max(0, milliseconds)) : undefined;
  return {
    signal: controller.signal,
    get expired() {
      return expired;
    },
    release() {
      clearTimeout(timer);
      for (const one of undo) one();
    },
  };
}

/** Waits for a promise, but no longer than until the signal is aborted: then rejects with its reason. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  // Nobody waits for it any more once the signal is aborted, so its failure must not count as unhandled.
  promise.catch(() => {});
  signal.throwIfAborted();
  let undo: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    undo = onAbort(signal, () => reject(signal.reason));
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    undo?.();
  }
}

/** Waits some time, or rejects with the signal's reason as soon as it is aborted. */
export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  const pause = startDeadline(milliseconds, signal);
  try {
    await untilAborted(new Promise<never>(() => {}), pause.signal);
  } catch {
    signal?.throwIfAborted();
  } finally {
    pause.release();
  }
}
