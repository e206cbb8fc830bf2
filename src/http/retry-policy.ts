import type { Lane } from "./lanes.js";

/** HTTP methods that the service uses. */
export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** How one kind of call is treated. */
export interface CallPolicy {
  readonly lane: Lane;
  /** Sending it twice does what sending it once does, so it may be repeated when its outcome is unknown. */
  readonly idempotent: boolean;
}

/** Paths below the project, the lane of their calls, and whether a POST to them may be repeated. */
const rules: readonly (readonly [path: RegExp, lane: Lane, idempotent: boolean])[] = [
  // An upsert writes the same again. For one that names versions, what is stored is read before (HTTPRequest.settle).
  [/^\/models\/instances$/, "write", true],
  // What is gone already is ignored.
  [/^\/models\/instances\/delete$/, "delete", true],
  // Reads.
  [/^\/models\/instances\/(byids|inspect|list|query|sync)$/, "read", true],
  [/^\/models\/instances\/(search|aggregate)$/, "search", true],
  // Upserts of whole definitions, deletes that ignore what is gone, and reads.
  [
    /^\/models\/(spaces|containers|views|datamodels)(\/((constraints|indexes)\/)?(byids|delete|inspect))?$/,
    "schema",
    true,
  ],
  [/^\/models\/statistics\//, "schema", true],
  // A query of GraphQL may be repeated, a mutation not: the caller says.
  [/\/graphql$/, "read", false],
  // Points and rows overwrite those of the same time or number.
  [/^\/(timeseries|sequences)\/(data(\/|$)|byids$)/, "datapoints", true],
  [/^\/(timeseries|sequences)(\/|$)/, "datapoints", false],
  // Links are as good the second time. A completed upload that is completed again is refused: its outcome is then unknown.
  [/^\/files\/(byids|(multi)?uploadlink|downloadlink|completemultipartupload)$/, "files", true],
  [/^\/files(\/|$)/, "files", false],
];

/** How a call is treated; one that is not in the table is repeated only when it is a GET. */
export function policyOf(method: Method, path: string): CallPolicy {
  const [, lane, idempotent] = rules.find(([pattern]) => pattern.test(path)) ?? [path, "schema" as const, false];
  return { lane, idempotent: method === "GET" || (method === "POST" && idempotent) };
}

/** What an attempt ended in, as far as repeating it is concerned. */
export interface Failure {
  /** `undefined`: no complete answer. */
  readonly status?: number | undefined;
  /** The service says itself that the call may be repeated (contract 1.5, 2.1). */
  readonly autoRetryable?: boolean | undefined;
}

/**
 * Whether to send a call again (contract 2.4). A 429 means that nothing was done, so any call is repeated; other
 * failures leave the outcome open, so only idempotent calls are. After a 408 of calls on instances to ask for less is
 * the remedy: the same again would take as long, so that their caller must know.
 */
export function isRetryable({ lane, idempotent }: CallPolicy, { status, autoRetryable }: Failure): boolean {
  if (status === 429 || autoRetryable) return true;
  if (status === 408) return idempotent && /schema|datapoints|files/.test(lane);
  return idempotent && (status === undefined || (status > 501 && status < 505));
}
