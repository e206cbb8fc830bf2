import type { RowPage } from "../types/api.js";
import { decodePosition, encodePosition } from "./resume.js";
import { type ListRun, streamPages } from "./stream-pages.js";

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
