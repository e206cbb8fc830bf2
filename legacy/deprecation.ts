import type { Logger } from "../src/client/index.js";

/** Where deprecated calls are told of: `console` fits, and so does the logger of a client. */
export type WarningSink = Pick<Logger, "warn">;

const told = new WeakMap<WarningSink, Set<string>>();

/** Tells that a call is deprecated and what to call now, once per call and sink. */
export function warnOnce(sink: WarningSink, call: string, now: string): void {
  const calls = told.get(sink) ?? new Set();
  if (calls.has(call)) return;
  told.set(sink, calls.add(call));
  sink.warn(`pygen/legacy: ${call} is deprecated, call ${now}`);
}
