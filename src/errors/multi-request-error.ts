import { type ErrorDetails, type ErrorJSON, PygenError } from "./pygen-error.js";
import { setHidden } from "./safe-cause.js";

/** One thing of a call of several requests that was not done, and why. */
export interface ItemFailure<Id = unknown> {
  readonly id: Id;
  /** Shared by all that were in the same request. */
  readonly error: PygenError;
}

/** What became of the items of a call of several requests. Every item is in exactly one of the first four lists. */
export interface MultiRequestOutcome<Id = unknown, Item = unknown> {
  /** Applied. */
  readonly succeeded: readonly Id[];
  /** Refused: not applied. */
  readonly failed: readonly ItemFailure<Id>[];
  /** Sent, but no answer tells whether they were applied. Read them back, or send them again where that is harmless. */
  readonly unknown: readonly ItemFailure<Id>[];
  /** Never sent, because another part had failed or the call was aborted. */
  readonly unsent: readonly Id[];
  /** The error of each request that failed, first one first. */
  readonly errors: readonly PygenError[];
  /** The items that did not succeed, as they were given and in their order: to be given to the same method again. */
  readonly remaining: readonly Item[];
}

/** How many items are in each list. */
export interface MultiRequestCounts {
  readonly succeeded: number;
  readonly failed: number;
  readonly unknown: number;
  readonly unsent: number;
}

const shown = 1_000;

/**
 * A call that took several requests, of which some failed. The lists are as long as the call's; what is printed or
 * logged of them are `counts`.
 *
 * @example
 * ```ts
 * import { type InstanceWrite, isMultiRequestError } from "pygen";
 *
 * const items: InstanceWrite[] = [{ instanceType: "node", space: "data", externalId: "A1" }];
 * try {
 *   await client.instances.upsert(items);
 * } catch (error) {
 *   if (!isMultiRequestError<InstanceWrite>(error)) throw error;
 *   for (const { id, error: why } of error.failed) console.error(id, why.message);
 *   await client.instances.upsert(error.remaining); // once the cause is mended
 * }
 * ```
 */
export class MultiRequestError<Id = unknown, Item = unknown>
  extends PygenError
  implements MultiRequestOutcome<Id, Item>
{
  declare readonly code: "MULTI_REQUEST.PARTIAL";
  readonly counts: MultiRequestCounts;
  declare readonly succeeded: readonly Id[];
  declare readonly failed: readonly ItemFailure<Id>[];
  declare readonly unknown: readonly ItemFailure<Id>[];
  declare readonly unsent: readonly Id[];
  declare readonly errors: readonly PygenError[];
  declare readonly remaining: readonly Item[];

  constructor(outcome: MultiRequestOutcome<Id, Item>, details: ErrorDetails = {}) {
    const { succeeded, failed, unknown, unsent, errors } = outcome;
    const [first] = errors;
    const why = first === undefined ? "" : `. First error: ${first.message.slice(0, shown)}`;
    const counts = {
      succeeded: succeeded.length,
      failed: failed.length,
      unknown: unknown.length,
      unsent: unsent.length,
    };
    const told = Object.entries(counts).map(([list, count]) => `${count} ${list}`);
    super("multi-request", "MultiRequestError", "MULTI_REQUEST.PARTIAL", `A part failed: ${told.join(", ")}${why}`, {
      ...details,
      status: first?.status,
      requestId: first?.requestId,
      method: first?.method,
      url: first?.url,
      hint: "Give `remaining` to the same method again, once the cause is mended.",
      cause: first,
    });
    this.counts = counts;
    for (const [name, list] of Object.entries(outcome)) setHidden(this, name, list);
    // Node prints a list named errors in full, and the cause with all that it names.
    setHidden(this, Symbol.for("nodejs.util.inspect.custom"), () => `${this.stack} ${JSON.stringify(this, null, 2)}`);
  }

  /** As of every error, with the counts; of the cause only what it is, since it may name a thousand items. */
  override toJSON(): ErrorJSON {
    const [first] = this.errors;
    const json = super.toJSON();
    return first === undefined
      ? json
      : { ...json, cause: { name: first.name, code: first.code, message: first.message.slice(0, shown) } };
  }
}
