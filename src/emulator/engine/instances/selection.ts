import type { Filter, InstanceType, ViewReference } from "../../../models/index.js";
import type { ProjectState, StoredInstance } from "../state.js";
import { always, compileFilter, type Predicate } from "./filter.js";
import { namedSpaces } from "./named-spaces.js";
import { both, candidates, everything, narrowingOf } from "./narrowing.js";
import { viewScope } from "./view-filter.js";

/** What to select by. */
export interface SelectionRequest {
  readonly instanceType: InstanceType;
  /** Views that all must show an instance. */
  readonly views: readonly ViewReference[];
  readonly filter: Filter | undefined;
}

/**
 * Compiles what lists, searches and aggregations select: what all views show and the filter matches, in creation order,
 * after a place in it. Instances of system spaces come only when the filter names their space (contract 7.5).
 *
 * @throws {@link Fault} 400 for unknown views and properties.
 */
export function selection(
  state: ProjectState,
  { instanceType, views, filter }: SelectionRequest,
): (after?: number) => Iterable<StoredInstance> {
  const scopes = views.map((view) => viewScope(state, view));
  const tests = [
    ...scopes.map(({ matches }) => matches),
    filter ? compileFilter({ state }, filter) : always,
    outsideSystemSpaces(state, filter),
  ];
  const own = filter ? narrowingOf(state, filter) : everything;
  const narrowing = both([own, ...scopes.map((scope) => scope.narrowing)]);
  return (after = 0) => matching(candidates(state, instanceType, narrowing, after), tests);
}

function* matching(
  instances: Iterable<StoredInstance>,
  tests: readonly Predicate[],
): Generator<StoredInstance, void, undefined> {
  for (const instance of instances) if (tests.every((test) => test(instance))) yield instance;
}

function outsideSystemSpaces(state: ProjectState, filter: Filter | undefined): Predicate {
  const named = filter ? namedSpaces(filter) : new Set<string>();
  const hidden = new Set([...state.spaces.values()].filter(isHidden).map(({ space }) => space));
  return hidden.size === 0 ? always : ({ space }) => !hidden.has(space);

  function isHidden({ isGlobal, space }: { readonly isGlobal: boolean; readonly space: string }): boolean {
    return isGlobal && !named.has(space);
  }
}
