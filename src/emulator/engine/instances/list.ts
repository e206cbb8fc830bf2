import type { InstancesListRequest, InstancesPage, ResultSetExpression } from "../../../models/index.js";
import type { ProjectState } from "../state.js";
import { fingerprint, readCursor, writeCursor } from "./cursor.js";
import { debugging, wantsResults } from "./debug/index.js";
import { type PageRequest, type Plan, pageInstances, planPage } from "./plan.js";
import { readInstance, readSources, typingOf } from "./read.js";
import { selection } from "./selection.js";
import type { Place } from "./sort.js";

/** Instances in a page where the request names no limit (contract 3.4). */
const DEFAULT_LIMIT = 1000;

/**
 * Lists instances as `POST /models/instances/list` does (contract 7.5). Without filter and sort a page costs
 * in proportion to itself. Cursors name a place, so inserts and deletes between pages neither repeat nor drop others.
 *
 * @throws {@link Fault} 400 for unknown views and properties, and for cursors of another request.
 */
export function listInstances(state: ProjectState, request: InstancesListRequest): InstancesPage {
  const { cursor, limit = DEFAULT_LIMIT, includeTyping, debug, ...asked } = request;
  const describe = debugging(state, debug);
  const print = fingerprint(asked);
  const after = typeof cursor === "string" ? readCursor(cursor, print) : undefined;
  const sources = readSources(state, asked.sources);
  const { instances, next } = pageInstances(state, pageRequest(state, request, after));
  const shown = wantsResults(debug);
  return {
    items: shown ? instances.map((instance) => readInstance(instance, sources)) : [],
    ...(next && shown ? { nextCursor: writeCursor(next, print) } : {}),
    ...(includeTyping === true ? { typing: typingOf(sources) } : {}),
    ...describe({ list: asExpression(asked, limit) }),
  };
}

/** A list as the expression of a query that it is. */
function asExpression({ filter, sort = [], instanceType }: InstancesListRequest, limit: number): ResultSetExpression {
  const inner = filter ? { filter } : {};
  return instanceType === "edge" ? { edges: inner, sort, limit } : { nodes: inner, sort, limit };
}

/** Tells how a list would be found, without reading it. */
export function explainList(state: ProjectState, request: InstancesListRequest): Plan {
  const { by, visits, ordered, considered } = planPage(state, pageRequest(state, request, undefined));
  return { by, visits, ordered, considered };
}

function pageRequest(
  state: ProjectState,
  { sources = [], filter, sort, instanceType = "node", limit = DEFAULT_LIMIT }: InstancesListRequest,
  after: Place | undefined,
): PageRequest {
  const views = sources.map(({ source }) => source);
  return { ...selection(state, { instanceType, views, filter }), sort, limit, after };
}
