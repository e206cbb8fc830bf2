import type { ViewReference } from "../../../models/index.js";
import { Fault } from "../fault.js";
import { versionedKey } from "../state.js";
import { compileFilter, hasRows, type Predicate } from "./filter.js";
import { mappedKeys } from "./has-data.js";
import { among, inContainers, type Narrowing, narrowingOf } from "./narrowing.js";
import type { FilterContext } from "./operand.js";

/** Which instances a view shows. */
export interface ViewScope {
  readonly matches: Predicate;
  readonly narrowing: Narrowing;
}

/**
 * Which instances a view shows where it is a source of list or byids (contract 6.5): those its filter matches or,
 * without one, those with data in every container it maps. A filter that names what is gone shows nothing.
 *
 * @throws {@link Fault} 400 when there is no such view.
 */
export function viewScope(context: FilterContext, reference: ViewReference): ViewScope {
  const { state } = context;
  const containers = mappedKeys(state, reference);
  const filter = state.views.get(versionedKey(reference))?.filter;
  if (!filter) {
    return { matches: hasRows(containers), narrowing: inContainers(containers) };
  }
  try {
    return { matches: compileFilter(context, filter), narrowing: narrowingOf(context, filter) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { matches: () => false, narrowing: among([]) };
  }
}
