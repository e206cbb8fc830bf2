import { QueryError } from "../../src/errors/index.js";
import type { UntypedRow, UntypedViewApi } from "../../src/runtime/index.js";

/** The handles of a view that are asked: for nodes, for edges, or for both. */
export type Handles = readonly [UntypedViewApi, ...UntypedViewApi[]];

/**
 * Rows of nodes, then of edges, as many as are wanted in all.
 *
 * @throws QueryError `QUERY.INVALID_VALUE` where both are to be sorted together
 */
export async function oneAfterTheOther(
  handles: Handles,
  isSorted: boolean,
  most: number,
  read: (handle: UntypedViewApi, limit: number) => PromiseLike<readonly UntypedRow[]>,
): Promise<UntypedRow[]> {
  if (handles.length > 1 && isSorted) throw notOfBoth("sort");
  const rows: UntypedRow[] = [];
  for (const handle of handles) {
    const limit = most - rows.length;
    if (limit <= 0) break;
    for (const row of await read(handle, limit)) rows.push(row);
  }
  return rows;
}

/** That something is to be told of nodes and edges together, which cannot be. */
export function notOfBoth(asked: string): QueryError {
  return new QueryError("QUERY.INVALID_VALUE", `'${asked}' cannot be told of nodes and edges together.`, {
    hint: 'Ask for each: { instanceTypes: "node" }, then { instanceTypes: "edge" }.',
  });
}
