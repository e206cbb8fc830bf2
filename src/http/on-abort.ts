import { InputError } from "../errors/index.js";

/** Those who follow a signal, and the one listener for all of them. */
interface Followers {
  readonly callbacks: Set<() => void>;
  readonly listener: () => void;
}

const followed = new WeakMap<AbortSignal, Followers>();

/**
 * Calls back when a signal is aborted, unless undone before. A signal has one listener, however many calls follow it:
 * runtimes warn of more than ten. It has none when nobody follows it any more.
 *
 * @returns what undoes it
 * @throws InputError `INPUT.SIGNAL` for what is no signal
 */
export function onAbort(signal: AbortSignal | undefined, callback: () => void): () => void {
  if (!signal) return () => {};
  const { callbacks, listener } = followed.get(signal) ?? follow(signal);
  callbacks.add(callback);
  return () => {
    if (!callbacks.delete(callback) || callbacks.size > 0) return;
    signal.removeEventListener("abort", listener);
    followed.delete(signal);
  };
}

function follow(signal: AbortSignal): Followers {
  if (!signal.addEventListener) {
    throw new InputError("INPUT.SIGNAL", "A signal must be an AbortSignal.", { path: "signal" });
  }
  const callbacks = new Set<() => void>();
  const listener = (): void => {
    for (const callback of callbacks) callback();
  };
  signal.addEventListener("abort", listener);
  followed.set(signal, { callbacks, listener });
  return { callbacks, listener };
}
