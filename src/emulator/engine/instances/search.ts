import type { InstancesSearchRequest, InstancesSearchResponse } from "../../../models/index.js";
import { badRequest } from "../fault.js";
import { instanceKey, type ProjectState, type StoredInstance } from "../state.js";
import { compareText } from "./compare.js";
import { allInstances } from "./plan.js";
import { readInstance, readSources, typingOf } from "./read.js";
import { type Selection, selection } from "./selection.js";
import { compileSort, sorted } from "./sort.js";
import { textMatch } from "./text-match.js";
import { fullPath, fullPaths, hasOperator } from "./view-paths.js";

/** Instances where the request names no limit (contract 3.4). */
const DEFAULT_LIMIT = 1000;

/**
 * Searches as `POST /models/instances/search` does (contract 9.4): those that match most terms come first, then by id.
 *
 * @throws {@link Fault} 400 for unknown views and properties, and for filters that a search cannot have.
 */
export function searchInstances(state: ProjectState, request: InstancesSearchRequest): InstancesSearchResponse {
  const { view, instanceType = "node", limit = DEFAULT_LIMIT, targetUnits } = request;
  const sources = readSources(state, [{ source: view, ...(targetUnits ? { targetUnits } : {}) }]);
  if (request.filter && hasOperator(request.filter, "overlaps")) {
    throw badRequest("Cannot use overlaps in the filter of a search.");
  }
  const filter = request.filter && fullPaths(view, request.filter);
  const selected = selection(state, { instanceType, views: [view], filter });
  const found = ranked(state, request, selected);
  return {
    items: found.slice(0, limit).map((instance) => readInstance(instance, sources)),
    ...(request.includeTyping === true ? { typing: typingOf(sources) } : {}),
  };
}

function ranked(state: ProjectState, request: InstancesSearchRequest, selected: Selection): readonly StoredInstance[] {
  const match = textMatch(state, request, selected.work);
  const keys = (request.sort ?? []).map((key) => ({ ...key, property: fullPath(request.view, key.property) }));
  const order = compileSort(state, keys);
  const matches = [...allInstances(state, selected)]
    .map((instance) => ({ instance, rank: match(instance), key: instanceKey(instance) }))
    .filter(({ rank }) => rank > 0);
  if (keys.length === 0) matches.sort((a, b) => b.rank - a.rank || compareText(a.key, b.key));
  const found = matches.map(({ instance }) => instance);
  return keys.length === 0 ? found : sorted(found, order);
}
