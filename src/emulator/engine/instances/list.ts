import type { InstancesListRequest, InstancesPage } from "../../../models/index.js";
import type { ProjectState } from "../state.js";
import { fingerprint, readCursor, writeCursor } from "./cursor.js";
import { type InstancePage, takeInOrder, takeSorted } from "./paging.js";
import { readInstance, readSources, typingOf } from "./read.js";
import { selection } from "./selection.js";
import { compileSort, type Place } from "./sort.js";

/** Instances in a page where the request names no limit (contract 3.4). */
const DEFAULT_LIMIT = 1000;

/**
 * Lists instances as `POST /models/instances/list` does (contract 7.5). Without filter and sort a page costs
 * in proportion to itself. Cursors name a place, so inserts and deletes between pages neither repeat nor drop others.
 *
 * @throws {@link Fault} 400 for unknown views and properties, and for cursors of another request.
 */
export function listInstances(state: ProjectState, request: InstancesListRequest): InstancesPage {
  const { cursor, limit = DEFAULT_LIMIT, includeTyping, debug: _debug, ...asked } = request;
  const print = fingerprint(asked);
  const after = typeof cursor === "string" ? readCursor(cursor, print) : undefined;
  const sources = readSources(state, asked.sources);
  const { instances, next } = page(state, request, limit, after);
  return {
    items: instances.map((instance) => readInstance(instance, sources)),
    ...(next ? { nextCursor: writeCursor(next, print) } : {}),
    ...(includeTyping === true ? { typing: typingOf(sources) } : {}),
  };
}

function page(
  state: ProjectState,
  { sources = [], filter, sort, instanceType = "node" }: InstancesListRequest,
  limit: number,
  after: Place | undefined,
): InstancePage {
  const order = compileSort(state, sort);
  const views = sources.map(({ source }) => source);
  const select = selection(state, { instanceType, views, filter });
  if (sort && sort.length > 0) return takeSorted(select(), order, limit, after);
  return takeInOrder(select(after?.sequence), order, limit);
}
