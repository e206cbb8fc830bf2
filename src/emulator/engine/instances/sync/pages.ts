import type { SyncExpression } from "../../../../models/index.js";
import type { ProjectState, StoredInstance } from "../../state.js";
import { takeSorted } from "../paging.js";
import { compileSort } from "../sort.js";
import type { Position } from "./position.js";
import type { SyncSet } from "./sets.js";

/** Instances in a page where an expression names no limit (contract 3.4). */
const DEFAULT_LIMIT = 100;

/** A page of a sync, and where it goes on: always somewhere. */
export interface SyncPage {
  readonly instances: readonly StoredInstance[];
  readonly next: Exclude<Position, { phase: "start" }>;
}

/** The page of a set that comes after a position. */
export function pageOf(state: ProjectState, expression: SyncExpression, set: SyncSet, position: Position): SyncPage {
  if (position.phase === "changes") return changes(state, expression, set, position);
  const began = position.phase === "backfill" ? position.began : state.changes.last;
  if (expression.mode !== "twoPhase") {
    return changes(state, expression, set, { phase: "changes", began, after: 0 });
  }
  const order = compileSort(state, expression.backfillSort);
  const limit = expression.limit ?? DEFAULT_LIMIT;
  const there = [...set(0)].filter((instance) => instance.change <= began && isWanted(instance, expression, began));
  const { instances, next } = takeSorted(
    there,
    order,
    limit,
    position.phase === "backfill" ? position.after : undefined,
  );
  return {
    instances,
    next: next ? { phase: "backfill", began, after: next } : { phase: "changes", began, after: began },
  };
}

function changes(
  state: ProjectState,
  expression: SyncExpression,
  set: SyncSet,
  { began, after }: { readonly began: number; readonly after: number } & { readonly phase: "changes" },
): SyncPage {
  const limit = expression.limit ?? DEFAULT_LIMIT;
  const instances: StoredInstance[] = [];
  for (const instance of set(after)) {
    if (!isWanted(instance, expression, began)) continue;
    instances.push(instance);
    if (instances.length === limit) return { instances, next: { phase: "changes", began, after: instance.change } };
  }
  return { instances, next: { phase: "changes", began, after: state.changes.last } };
}

/** What was deleted before the sync began is left out unless asked for (contract 8.2). */
function isWanted(
  { deletedTime, change }: StoredInstance,
  { skipAlreadyDeleted = true }: SyncExpression,
  began: number,
): boolean {
  return deletedTime === undefined || !skipAlreadyDeleted || change > began;
}
