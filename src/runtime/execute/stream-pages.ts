import type { Row } from "../decode/row.js";
import type { QueryPlan } from "../plan/plan.js";
import type { RowPage } from "../types/api.js";
import type { CompiledStage } from "./compile.js";
import { LoopGuard } from "./loop-guard.js";
import { type EntryPage, type ReadCalls, Reader, type ReadOptions } from "./reader.js";
import { encodePosition, type Position } from "./resume.js";

/** A list ready to run. */
export interface ListRun {
  readonly plan: QueryPlan;
  readonly root: CompiledStage;
  readonly calls: ReadCalls;
  readonly options: ReadOptions;
}

/**
 * The pages of a list, one read ahead: while a page is worked on the next one is on its way, and none after it.
 * Leaving early aborts that request and waits until it is gone.
 */
export async function* streamPages(
  run: ListRun,
  from: Position | undefined,
): AsyncGenerator<RowPage<Row>, void, undefined> {
  const { plan, root, calls, options } = run;
  options.signal?.throwIfAborted();
  const controller = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, controller.signal]) : controller.signal;
  const reader = new Reader(calls, { ...options, signal });
  const guard = new LoopGuard();
  let left = from?.left ?? plan.limit ?? Number.POSITIVE_INFINITY;
  const read = (cursor: string | undefined): Promise<EntryPage> => {
    const page = reader.page(root, cursor);
    // Its failure is met when the page is asked for; until then it is nobody's.
    page.catch(() => {});
    return page;
  };
  let ahead = left > 0 ? read(from?.cursor) : undefined;
  try {
    while (ahead !== undefined) {
      const { entries, next } = await ahead;
      // The page may have come before the signal.
      options.signal?.throwIfAborted();
      const items = entries.slice(0, left).map(({ row }) => row);
      left -= items.length;
      const cursor = next === undefined || left === 0 ? undefined : guard.check(next);
      ahead = cursor === undefined ? undefined : read(cursor);
      if (items.length === 0) continue;
      yield cursor === undefined ? { items } : { items, cursor: encodePosition(plan, positionOf(cursor, left)) };
    }
  } finally {
    controller.abort();
    await ahead?.catch(() => {});
  }
}

function positionOf(cursor: string, left: number): Position {
  return left === Number.POSITIVE_INFINITY ? { cursor } : { cursor, left };
}
