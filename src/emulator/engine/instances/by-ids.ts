import type { InstancesByIdsRequest, InstancesPage } from "../../../models/index.js";
import { instanceKey, type ProjectState } from "../state.js";
import { readInstance, readSources, typingOf } from "./read.js";
import { viewScope } from "./view-filter.js";
import { Work } from "./work.js";

/**
 * Reads instances by id as `POST /models/instances/byids` does (contract 7.4), in the order asked for and each once.
 * Unknown ones are left out, and so are those that one of the sources does not show.
 *
 * @throws {@link Fault} 400 for unknown views.
 */
export function instancesByIds(state: ProjectState, request: InstancesByIdsRequest): InstancesPage {
  const sources = readSources(state, request.sources);
  const context = { state, work: new Work(state.limits) };
  const scopes = sources.map(({ reference }) => viewScope(context, reference));
  const asked = new Map(request.items.map((id) => [`${id.instanceType}:${instanceKey(id)}`, id]));
  const items = [...asked.values()].flatMap((id) => {
    const instance = state.instances.get(id);
    if (!instance || instance.instanceType !== id.instanceType) return [];
    return scopes.every(({ matches }) => matches(instance)) ? [readInstance(instance, sources)] : [];
  });
  return { items, ...(request.includeTyping === true ? { typing: typingOf(sources) } : {}) };
}
