import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { onTestFinished } from "vitest";

/** What can go wrong with a request; the names up to `408` are answers, the rest are ways of answering. */
export type Fault =
  | "429"
  | "429-retry-after"
  | "429-date"
  | "500"
  | "500-retryable"
  | "500-retryable-header"
  | "502"
  | "503"
  | "503-retry-after"
  | "504"
  | "400"
  | "408"
  | "reset-before"
  | "reset-after"
  | "reset-within"
  | "reset-before-rival-first"
  | "reset-after-rival-last"
  | "503-after"
  | "stall-before"
  | "stall-headers"
  | "stall-body"
  | "truncated"
  | "corrupt"
  | "length-too-long"
  | "length-too-short"
  | "empty"
  | "drip"
  | "custom";

/** How the server fails. What is left out does not happen. */
export interface FaultPlan {
  readonly seed?: number;
  /** The fault of the first attempt of every request, of the second, ...; `null` for none. In place of `rates`. */
  readonly script?: readonly (Fault | null)[];
  /** Probabilities of faults, of every attempt. */
  readonly rates?: Partial<Record<Fault, number>>;
  /** Attempts of one request that may fail by chance. */
  readonly faultsPerBody?: number;
  /** The only paths that fail. */
  readonly paths?: readonly string[];
  /** Seconds, for the faults that send `Retry-After`. @defaultValue 1 */
  readonly retryAfter?: number;
  /** The tokens taken: the first one for `expireAfter` requests, then the second one. */
  readonly tokens?: readonly string[];
  readonly expireAfter?: number;
  /** Requests worked on at once; others get 429. */
  readonly admit?: number;
  /** Milliseconds that a request takes. */
  readonly serviceTime?: number;
  /** Requests of each lane that must be under way at once before any of them is answered. */
  readonly gather?: Readonly<Record<string, number>>;
  /** Items, or limit of a page, above which a request ends in 408. */
  readonly itemLimit?: number;
  readonly drip?: { readonly pieces: number; readonly every: number };
  /** The answer of the fault `custom`; `{authorization}` in it stands for the header received. */
  readonly custom?: { readonly status: number; readonly headers?: Record<string, string>; readonly text: string };
  /** Keeps what is stored. */
  readonly keep?: boolean;
}

/** One request as the server saw it. Times are milliseconds of the server's monotonic clock. */
export interface FaultEntry {
  readonly id: number;
  readonly at: number;
  readonly endedAt?: number;
  readonly closedAt?: number;
  readonly method: string;
  readonly path: string;
  readonly lane: string;
  /** Of the body. */
  readonly hash: string;
  /** How often this very request came, this time included. */
  readonly attempt: number;
  readonly items: number;
  readonly limit?: number;
  /** The first external ids. */
  readonly ids: readonly string[];
  readonly bytes: number;
  /** Milliseconds by which it came before the `Retry-After` of the attempt before it. */
  readonly early: number;
  /** Requests of its lane under way, itself included. */
  readonly active: number;
  readonly fault?: Fault | "401" | "not-admitted";
  readonly status?: number;
  /** The store did what was asked. */
  readonly applied: boolean;
  readonly closedByClient: boolean;
}

/** All that the server saw since its last plan. */
export interface FaultRecord {
  readonly requests: readonly FaultEntry[];
  /** The most requests of each lane under way at once. */
  readonly peaks: Readonly<Record<string, number>>;
}

/** An instance in the store; `by` is the id of the request that wrote it last, or `"rival"`. */
export interface StoredInstance {
  readonly externalId: string;
  readonly version: number;
  readonly by: number | "rival";
  readonly values: Readonly<Record<string, unknown>>;
}

/** A running fault server, in a process of its own. */
export interface FaultServer {
  readonly url: string;
  /** Forgets the record, and the store unless the plan keeps it, and goes on by another plan. */
  configure(plan: FaultPlan): Promise<void>;
  record(): Promise<FaultRecord>;
  stored(): Promise<StoredInstance[]>;
  /** External ids of what is stored, in the order of writing. */
  ids(): Promise<string[]>;
  stop(): Promise<void>;
}

/** Starts a server; it ends with the test that started it, or with this process. */
export async function faultServer(plan: FaultPlan = {}): Promise<FaultServer> {
  const server = await startFaultServer(plan);
  onTestFinished(() => server.stop());
  return server;
}

/** Starts a server that the caller stops. */
export async function startFaultServer(plan: FaultPlan = {}): Promise<FaultServer> {
  const child = fork(path.join(import.meta.dirname, "fault-server-process.mjs"), { execArgv: [] });
  const channel = new Channel(child);
  const port = await channel.answer<number>(0);
  await channel.ask("configure", plan);
  return {
    url: `http://127.0.0.1:${port}`,
    configure: (next) => channel.ask("configure", next),
    record: () => channel.ask("record"),
    stored: () => channel.ask("stored"),
    ids: () => channel.ask("ids"),
    stop: async () => {
      if (child.exitCode !== null) return;
      const exit = once(child, "exit");
      child.disconnect();
      await exit;
    },
  };
}

class Channel {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  #last = 0;

  constructor(child: ChildProcess) {
    this.#child = child;
    child.on("message", ({ id, value }: { id: number; value: unknown }) => {
      this.#waiting.get(id)?.resolve(value);
      this.#waiting.delete(id);
    });
    child.on("exit", () => {
      for (const { reject } of this.#waiting.values()) reject(new Error("The fault server has ended."));
    });
  }

  async answer<T>(id: number): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: (value) => resolve(value as T), reject });
    });
  }

  async ask<T>(command: string, argument?: unknown): Promise<T> {
    this.#last += 1;
    const answer = this.answer<T>(this.#last);
    this.#child.send({ id: this.#last, command, argument });
    return answer;
  }
}
