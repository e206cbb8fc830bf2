import type { Filter, InstancesListRequest, InstancesPage } from "../../../models/index.js";
import type { ProjectState, StoredInstance } from "../state.js";
import { fingerprint, readCursor, writeCursor } from "./cursor.js";
import { always, compileFilter, type Predicate } from "./filter.js";
import { namedSpaces } from "./named-spaces.js";
import { both, candidates, everything, narrowingOf } from "./narrowing.js";
import { type InstancePage, takeInOrder, takeSorted } from "./paging.js";
import { readInstance, readSources, typingOf } from "./read.js";
import { compileSort, type Place } from "./sort.js";
import { viewScope } from "./view-filter.js";

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
  { sources, filter, sort, instanceType = "node" }: InstancesListRequest,
  limit: number,
  after: Place | undefined,
): InstancePage {
  const scopes = (sources ?? []).map(({ source }) => viewScope(state, source));
  const order = compileSort(state, sort);
  const tests = [
    ...scopes.map(({ matches }) => matches),
    filter ? compileFilter({ state }, filter) : always,
    outsideSystemSpaces(state, filter),
  ];
  const own = filter ? narrowingOf(state, filter) : everything;
  const narrowing = both([own, ...scopes.map((scope) => scope.narrowing)]);
  if (sort && sort.length > 0) {
    return takeSorted(matching(candidates(state, instanceType, narrowing, 0), tests), order, limit, after);
  }
  return takeInOrder(matching(candidates(state, instanceType, narrowing, after?.sequence ?? 0), tests), order, limit);
}

function* matching(
  instances: Iterable<StoredInstance>,
  tests: readonly Predicate[],
): Generator<StoredInstance, void, undefined> {
  for (const instance of instances) if (tests.every((test) => test(instance))) yield instance;
}

/** Instances of system spaces come only when the filter names their space (contract 7.5). */
function outsideSystemSpaces(state: ProjectState, filter: Filter | undefined): Predicate {
  const named = filter ? namedSpaces(filter) : new Set<string>();
  const hidden = new Set([...state.spaces.values()].filter(isHidden).map(({ space }) => space));
  return hidden.size === 0 ? always : ({ space }) => !hidden.has(space);

  function isHidden({ isGlobal, space }: { readonly isGlobal: boolean; readonly space: string }): boolean {
    return isGlobal && !named.has(space);
  }
}
