import type { Lane } from "./lanes.js";

/** HTTP methods that the service uses. */
export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** How one kind of call is treated. */
export interface CallPolicy {
  readonly lane: Lane;
  /** Sending it twice does what sending it once does, so it may be repeated when its outcome is unknown. */
  readonly idempotent: boolean;
  /** Repeat after a 408. Not where asking for less is the remedy: the caller must know. */
  readonly retry408: boolean;
}

interface Rule extends CallPolicy {
  readonly method: Method;
  /** Relative to the project; matches from the start to the end. */
  readonly path: RegExp;
  readonly reason: string;
}

const rules: readonly Rule[] = [
  {
    method: "POST",
    path: /^\/models\/instances$/,
    lane: "write",
    idempotent: true,
    retry408: true,
    reason: "an upsert; one that names existingVersion is marked as not idempotent by its caller",
  },
  {
    method: "POST",
    path: /^\/models\/instances\/delete$/,
    lane: "delete",
    idempotent: true,
    retry408: true,
    reason: "what is gone already is ignored",
  },
  {
    method: "POST",
    path: /^\/models\/instances\/(byids|inspect)$/,
    lane: "read",
    idempotent: true,
    retry408: true,
    reason: "a read of bounded size",
  },
  {
    method: "POST",
    path: /^\/models\/instances\/(list|query|sync|search|aggregate)$/,
    lane: "read",
    idempotent: true,
    retry408: false,
    reason: "a read; a 408 means that it asks for too much, and the same again would too",
  },
  {
    method: "POST",
    path: /^\/models\/(spaces|containers|views|datamodels)(\/(byids|delete|inspect))?$/,
    lane: "schema",
    idempotent: true,
    retry408: true,
    reason: "upserts of whole definitions, deletes that ignore what is gone, and reads",
  },
  {
    method: "POST",
    path: /^\/models\/statistics\/spaces\/byids$/,
    lane: "schema",
    idempotent: true,
    retry408: true,
    reason: "a read",
  },
];

const anyRead: CallPolicy = { lane: "schema", idempotent: true, retry408: true };
const anyOther: CallPolicy = { lane: "schema", idempotent: false, retry408: false };

/** How a call is treated; one that is not in the table is repeated only when it is a GET. */
export function policyOf(method: Method, path: string): CallPolicy {
  const rule = rules.find((candidate) => candidate.method === method && candidate.path.test(path));
  return rule ?? (method === "GET" ? anyRead : anyOther);
}

/** What an attempt ended in, as far as repeating it is concerned. */
export interface Failure {
  /** `undefined`: no complete answer. */
  readonly status: number | undefined;
  /** The service says itself that the call may be repeated (contract 1.5, 2.1). */
  readonly autoRetryable: boolean;
}

const overloaded: ReadonlySet<number | undefined> = new Set([502, 503, 504]);

/**
 * Whether to send a call again (contract 2.4). A 429 means that nothing was done, so any call is repeated; other
 * failures leave the outcome open, so only idempotent calls are.
 */
export function isRetryable(policy: CallPolicy, failure: Failure): boolean {
  if (failure.status === 429 || failure.autoRetryable) return true;
  if (!policy.idempotent) return false;
  if (failure.status === 408) return policy.retry408;
  return failure.status === undefined || overloaded.has(failure.status);
}
