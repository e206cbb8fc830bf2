import type { InstanceType, SortKey } from "../../../models/index.js";
import type { ProjectState, StoredInstance } from "../state.js";
import { type Access, accessesTo, fewest } from "./access.js";
import type { Predicate } from "./filter.js";
import type { Narrowing } from "./narrowing.js";
import { type InstancePage, takeInOrder, takeSorted } from "./paging.js";
import { compileSort, type Place } from "./sort.js";
import { sortedAccess } from "./sorted-access.js";
import type { Work } from "./work.js";

/** A page of instances that match. */
export interface PageRequest {
  readonly instanceType: InstanceType;
  readonly narrowing: Narrowing;
  readonly matches: Predicate;
  /** What looking at instances is counted in. */
  readonly work: Work;
  readonly sort: readonly SortKey[] | undefined;
  readonly limit: number;
  readonly after: Place | undefined;
}

/** How instances are found. */
export interface Plan {
  /** What they are found by, such as `id`, `btree space/Container byName`, `container space/Container`, `all nodes`. */
  readonly by: string;
  /** How many instances are looked at, as far as that can be told before. */
  readonly visits: number;
  /** Whether they come in the order that was asked for, so that no more than a page of them is looked at. */
  readonly ordered: boolean;
  /** Every way there was, this one among them. */
  readonly considered: readonly { readonly by: string; readonly visits: number }[];
}

interface ChosenPlan extends Plan {
  readonly walk: () => Iterable<StoredInstance>;
}

/** The first instances that match, after a place, in the order asked for. */
export function pageInstances(state: ProjectState, request: PageRequest): InstancePage {
  const { matches, sort, limit, after } = request;
  const plan = planPage(state, request);
  const order = compileSort(state, sort);
  return plan.ordered
    ? takeInOrder(plan.walk(), matches, order, limit)
    : takeSorted(matching(plan.walk(), matches), order, limit, after);
}

/** All instances that match, in creation order. */
export function* allInstances(
  state: ProjectState,
  { instanceType, narrowing, matches, work }: Pick<PageRequest, "instanceType" | "narrowing" | "matches" | "work">,
): Generator<StoredInstance, void, undefined> {
  const access = fewest(accessesTo(state, instanceType, narrowing));
  yield* matching(inCreationOrder(access, instanceType, 0, work), matches);
}

/** Chooses how to find a page: the way that has fewest instances to look at. */
export function planPage(
  state: ProjectState,
  { instanceType, narrowing, work, sort, limit, after }: Omit<PageRequest, "matches">,
): ChosenPlan {
  const accesses = accessesTo(state, instanceType, narrowing);
  const matches = Math.max(1, fewest(accesses).count);
  const sorts = sort !== undefined && sort.length > 0;
  const plans = accesses.map((access) => ({
    by: access.by,
    visits: sorts ? access.count : visitsOf(access, limit, matches),
    ordered: !sorts,
    walk: () => inCreationOrder(access, instanceType, sorts ? 0 : (after?.sequence ?? 0), work),
  }));
  const sorted = sorts ? sortedAccess(state, narrowing, sort, after) : undefined;
  if (sorted) {
    const { by, count, walk } = sorted;
    plans.push({
      by,
      visits: untilFull(count, limit, matches),
      ordered: true,
      walk: () => ofType(walk(), instanceType, work),
    });
  }
  const best = plans.reduce((one, other) => (other.visits < one.visits ? other : one));
  return { ...best, considered: plans.map(({ by, visits }) => ({ by, visits })) };
}

/** What is in creation order is left once the page is full; of what is not, all must be seen and sorted. */
function visitsOf({ count, ordered }: Access, limit: number, matches: number): number {
  return ordered ? untilFull(count, limit, matches) : 2 * count;
}

/** How many of some instances are looked at until so many matches are found, if those are spread evenly. */
function untilFull(count: number, limit: number, matches: number): number {
  return limit >= matches ? count : Math.ceil((limit * count) / matches);
}

function inCreationOrder(
  access: Access,
  instanceType: InstanceType,
  after: number,
  work: Work,
): Iterable<StoredInstance> {
  if (access.ordered) return ofType(access.walk(after), instanceType, work);
  const found: StoredInstance[] = [];
  for (const instance of access.walk(after)) {
    work.step();
    if (instance.instanceType === instanceType && instance.sequence > after) found.push(instance);
  }
  found.sort((a, b) => a.sequence - b.sequence);
  return found.filter((instance, at) => instance !== found[at - 1]);
}

function* ofType(
  instances: Iterable<StoredInstance>,
  instanceType: InstanceType,
  work: Work,
): Generator<StoredInstance, void, undefined> {
  for (const instance of instances) {
    work.step();
    if (instance.instanceType === instanceType) yield instance;
  }
}

function* matching(
  instances: Iterable<StoredInstance>,
  matches: Predicate,
): Generator<StoredInstance, void, undefined> {
  for (const instance of instances) if (matches(instance)) yield instance;
}
