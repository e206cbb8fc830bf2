import { LoopGuard, throwIfAborted } from "../../client/index.js";
import type { RowPage } from "../types/api.js";
import { decodePosition, encodePosition } from "./resume.js";
import { type ListRun, positionOf, streamPages } from "./stream-pages.js";

/** The pages of a list, each with the cursor that resumes after it; from the start, or from such a cursor. */
export async function* resumablePages<Row>(
  run: ListRun,
  cursor: string | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<RowPage<Row>, void, undefined> {
  const from = cursor === undefined ? undefined : decodePosition(run.plan, cursor);
  for await (const { items, position } of streamPages<Row>(run, from, signal)) {
    yield position === undefined ? { items } : { items, cursor: encodePosition(run.plan, position) };
  }
}

/** One page of a list, and no request but its own. */
export async function onePage<Row>(
  { plan, reader }: ListRun,
  cursor: string | undefined,
  signal: AbortSignal = new AbortController().signal,
): Promise<RowPage<Row>> {
  const from = cursor === undefined ? undefined : decodePosition(plan, cursor);
  const most = from?.left ?? plan.limit ?? Number.POSITIVE_INFINITY;
  const guard = new LoopGuard(from?.cursor);
  throwIfAborted(signal);
  if (most === 0) return { items: [] };
  for (let at = from?.cursor; ; ) {
    const { rows, next } = await reader.page(at, signal, () => {});
    throwIfAborted(signal);
    // The types of callers promise what the plan selects: rows are decoded by it.
    const items = rows.slice(0, most) as readonly unknown[] as readonly Row[];
    if (next === undefined || items.length === most) return { items };
    if (items.length > 0) return { items, cursor: encodePosition(plan, positionOf(next, most - items.length)) };
    at = guard.check(next);
  }
}
