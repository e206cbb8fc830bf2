import { pagesAhead, throwIfAborted } from "../../client/index.js";
import { isRecord } from "../../models/index.js";
import type { Row } from "../decode/row.js";
import type { QueryPlan } from "../plan/plan.js";
import type { PageReader, RowsPage } from "./page-reader.js";
import type { Position } from "./resume.js";

/** A list ready to run. */
export interface ListRun {
  readonly plan: QueryPlan;
  readonly reader: PageReader;
}

/** A page of a list, and where the next one begins, unless it is the last. */
export interface StreamedPage<Row> {
  readonly items: readonly Row[];
  readonly position?: Position;
}

/** The pages of a list, one read ahead: while a page is worked on the next one is on its way, and none after it. */
export async function* streamPages<Result = Row>(
  { plan, reader }: ListRun,
  from: Position | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<StreamedPage<Result>, void, undefined> {
  let left = from?.left ?? plan.limit ?? Number.POSITIVE_INFINITY;
  let taken = 0;
  throwIfAborted(signal);
  if (left <= 0) return;
  const pages = pagesAhead<RowsPage>({
    cursor: from?.cursor,
    signal,
    fetch: (cursor, page) => reader.page(cursor, page.signal, page.onBody),
    next: ({ rows, next }) => {
      taken = Math.min(rows.length, left);
      left -= taken;
      return left === 0 ? undefined : next;
    },
    // A page that may hold all that is left has probably none after it.
    guess: (cursorAtEnd) => (left > reader.pageSize ? rootCursor(plan, cursorAtEnd) : undefined),
  });
  for await (const { rows, next } of pages) {
    if (taken === 0) continue;
    // The types of callers promise what the plan selects: rows are decoded by it.
    const items = (taken < rows.length ? rows.slice(0, taken) : rows) as readonly unknown[] as readonly Result[];
    if (left === 0 || next === undefined) yield { items };
    else yield { items, position: positionOf(next, left) };
  }
}

/** The cursor of the root set, where no nested set has one: its further pages go with the root's page of now. */
function rootCursor({ stages: [stage] }: QueryPlan, cursor: unknown): string | undefined {
  if (stage.endpoint === "list") return typeof cursor === "string" ? cursor : undefined;
  if (!isRecord(cursor)) return undefined;
  const [[name, value] = [], ...others] = Object.entries(cursor);
  return others.length === 0 && name === stage.root.name && typeof value === "string" ? value : undefined;
}

/** Where a list stands after a page. */
export function positionOf(cursor: string, left: number): Position {
  return left === Number.POSITIVE_INFINITY ? { cursor } : { cursor, left };
}
