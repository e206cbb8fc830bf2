import type { Hooks } from "../../src/http/index.js";
import type { FaultEntry } from "../tools/fault-server.js";

/** What the client tells of its calls, counted. */
export interface ClientReport {
  readonly hooks: Hooks;
  /** Attempts sent. */
  readonly sent: () => number;
  /** Attempts repeated, by the code of what they ended in. */
  readonly repeated: () => Readonly<Record<string, number>>;
  /** Milliseconds that each attempt took which ran out of its time and was repeated, from the end of the one before it. */
  readonly outOfTime: () => readonly number[];
  readonly statuses: () => Readonly<Record<string, number>>;
  readonly ended: () => { readonly calls: number; readonly attempts: number; readonly errors: number };
}

/** Listens to a client. */
export function clientReport(): ClientReport {
  let sent = 0;
  const started = new Map<string, number>();
  const repeated = new Map<string, number>();
  const outOfTime: number[] = [];
  const statuses = new Map<string, number>();
  const ended = { calls: 0, attempts: 0, errors: 0 };
  return {
    hooks: {
      onStart: ({ id }) => started.set(id, performance.now()),
      onRequest: () => {
        sent += 1;
      },
      onResponse: ({ status }) => add(statuses, String(status)),
      onRetry: ({ call, code }) => {
        add(repeated, code);
        const now = performance.now();
        if (code === "TIMEOUT.ATTEMPT") outOfTime.push(now - (started.get(call.id) ?? 0));
        started.set(call.id, now);
      },
      onEnd: ({ attempts, error }) => {
        ended.calls += 1;
        ended.attempts += attempts;
        if (error !== undefined) ended.errors += 1;
      },
    },
    sent: () => sent,
    repeated: () => sorted(repeated),
    outOfTime: () => outOfTime,
    statuses: () => sorted(statuses),
    ended: () => ended,
  };
}

/** How often each value occurs. */
export function countBy<T>(items: readonly T[], keyOf: (item: T) => string | undefined): Record<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== undefined) add(counts, key);
  }
  return sorted(counts);
}

/** The server's faults under the codes that the client should know them by. */
export function codesOf(entries: readonly FaultEntry[]): Record<string, number> {
  return countBy(entries, ({ fault }) => (fault === undefined ? undefined : codeOf(fault)));
}

function codeOf(fault: string): string {
  if (fault.startsWith("429") || fault === "not-admitted") return "API.RATE_LIMITED";
  if (/^50\d/.test(fault)) return "API.SERVER";
  if (fault.startsWith("reset") || fault === "length-too-long") return "NETWORK.FAILED";
  return fault;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
