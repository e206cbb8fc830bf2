import type { Filter, InstanceType, ViewReference } from "../../../models/index.js";
import type { ProjectState } from "../state.js";
import { allOf, always, compileFilter, type Predicate } from "./filter.js";
import { namedSpaces } from "./named-spaces.js";
import { both, everything, type Narrowing, narrowingOf } from "./narrowing.js";
import { viewScope } from "./view-filter.js";
import { Work } from "./work.js";

/** What to select by. */
export interface SelectionRequest {
  readonly instanceType: InstanceType;
  /** Views that all must show an instance. */
  readonly views: readonly ViewReference[];
  readonly filter: Filter | undefined;
}

/** What is selected: how to tell a match, and where matches can be. */
export interface Selection {
  readonly instanceType: InstanceType;
  readonly narrowing: Narrowing;
  readonly matches: Predicate;
  /** What looking for matches is counted in. */
  readonly work: Work;
}

/**
 * Compiles what lists, searches and aggregations select: what all views show and the filter matches. Instances of system
 * spaces come only when the filter names their space (contract 7.5).
 *
 * @throws {@link Fault} 400 for unknown views and properties.
 */
export function selection(state: ProjectState, { instanceType, views, filter }: SelectionRequest): Selection {
  const work = new Work(state.limits);
  const context = { state, work };
  const scopes = views.map((view) => viewScope(context, view));
  const tests = [
    ...scopes.map(({ matches }) => matches),
    ...(filter ? [compileFilter(context, filter)] : []),
    outsideSystemSpaces(state, filter),
  ];
  const own = filter ? narrowingOf(context, filter) : everything;
  const narrowing = both([own, ...scopes.map((scope) => scope.narrowing)]);
  return { instanceType, narrowing, matches: allOf(tests), work };
}

/** What is not in a system space, but for those that a filter names. */
export function outsideSystemSpaces(state: ProjectState, filter: Filter | undefined): Predicate {
  const named = filter ? namedSpaces(filter) : new Set<string>();
  const hidden = new Set([...state.spaces.values()].filter(isHidden).map(({ space }) => space));
  return hidden.size === 0 ? always : ({ space }) => !hidden.has(space);

  function isHidden({ isGlobal, space }: { readonly isGlobal: boolean; readonly space: string }): boolean {
    return isGlobal && !named.has(space);
  }
}
