import { type ErrorDetails, type ErrorJSON, PygenError } from "./pygen-error.js";

/** What became of the items of a batch, by their ids. Every item is in exactly one list. */
export interface BatchOutcome {
  /** Applied. */
  readonly succeeded: readonly unknown[];
  /** Refused: not applied. */
  readonly failed: readonly unknown[];
  /** Sent, but no answer tells whether they were applied. Read them back, or send them again where that is harmless. */
  readonly unknown: readonly unknown[];
  /** Never sent, because another part of the batch had failed. */
  readonly unsent: readonly unknown[];
  /** The error of each part that failed, first one first. */
  readonly errors: readonly PygenError[];
}

/**
 * A batch of several requests of which some failed. To resume, send `failed` (once the cause is mended), `unknown` and
 * `unsent` again.
 */
export class BatchError extends PygenError implements BatchOutcome {
  declare readonly code: "BATCH.PARTIAL";
  readonly succeeded: readonly unknown[];
  readonly failed: readonly unknown[];
  readonly unknown: readonly unknown[];
  readonly unsent: readonly unknown[];
  readonly errors: readonly PygenError[];

  constructor(outcome: BatchOutcome, details: ErrorDetails = {}) {
    const { succeeded, failed, unknown, unsent, errors } = outcome;
    const counts = `${succeeded.length} succeeded, ${failed.length} failed, ${unknown.length} unknown, ${unsent.length} not sent`;
    const first = errors[0];
    const why = first === undefined ? "" : `. First error: ${first.message}`;
    super("batch", "BatchError", "BATCH.PARTIAL", `A part of the batch failed: ${counts}${why}`, {
      ...details,
      status: first?.status,
      requestId: first?.requestId,
      method: first?.method,
      url: first?.url,
      hint: "Send the items of failed (once the cause is mended), unknown and unsent again.",
      cause: first,
    });
    this.succeeded = succeeded;
    this.failed = failed;
    this.unknown = unknown;
    this.unsent = unsent;
    this.errors = errors;
  }

  /** As of every error, with counts in place of the lists of ids, which can be very long. */
  override toJSON(): ErrorJSON {
    const { succeeded, failed, unknown, unsent, errors } = this;
    return {
      ...super.toJSON(),
      succeeded: succeeded.length,
      failed: failed.length,
      unknown: unknown.length,
      unsent: unsent.length,
      errors: errors.length,
    };
  }
}
