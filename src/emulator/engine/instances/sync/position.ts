import type { SyncExpression } from "../../../../models/index.js";
import { badRequest } from "../../fault.js";
import type { ProjectState } from "../../state.js";
import { readCursor, writeCursor } from "../cursor.js";
import type { Place } from "../sort.js";
import { RETENTION } from "../store.js";

/** Where a sync stands. */
export type Position =
  /** Before its first page. */
  | { readonly phase: "start" }
  /** Among what was there when it began, by an order of its own. */
  | { readonly phase: "backfill"; readonly began: number; readonly after: Place }
  /** Among changes: after this one. `began` is the last change before the sync began. */
  | { readonly phase: "changes"; readonly began: number; readonly after: number };

/** What a cursor must fit. */
export interface PositionRules {
  readonly print: string;
  /** Cursors may be too old. */
  readonly lenient: boolean;
  readonly expression: SyncExpression;
}

/** The cursor of a position; the time in it tells when it becomes too old. */
export function writePosition(
  state: ProjectState,
  position: Exclude<Position, { phase: "start" }>,
  print: string,
): string {
  const { phase, began, after } = position;
  const place = typeof after === "number" ? { sequence: after, values: [] } : after;
  return writeCursor({ sequence: place.sequence, values: [phase, began, state.now(), ...place.values] }, print);
}

/**
 * The position of a cursor; none, or null, is the start.
 *
 * @throws {@link Fault} 400 for texts that are no cursors of this set, and for those older than 3 days unless lenient.
 */
export function readPosition(
  state: ProjectState,
  cursor: string | null | undefined,
  { print, lenient, expression }: PositionRules,
): Position {
  if (typeof cursor !== "string") {
    const began = state.changes.last;
    return expression.mode === "noBackfill" ? { phase: "changes", began, after: began } : { phase: "start" };
  }
  const { sequence, values } = readCursor(cursor, print);
  const [phase, began, time, ...sortValues] = values;
  if (typeof began !== "number" || typeof time !== "number") {
    throw badRequest("Invalid cursor. Use the nextCursor of the previous answer of the same sync, unchanged.");
  }
  if (!lenient && state.now() - time > RETENTION) {
    throw badRequest(
      "The cursor is older than 3 days, so deletes may be missed. Start anew, or set allowExpiredCursorsAndAcceptMissedDeletes.",
    );
  }
  return phase === "backfill"
    ? { phase, began, after: { sequence, values: sortValues } }
    : { phase: "changes", began, after: sequence };
}
