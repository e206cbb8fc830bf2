import type { StoredInstance } from "../state.js";
import type { Predicate } from "./filter.js";
import type { Order, Place } from "./sort.js";

/** Some of a result, and where to go on when there may be more. */
export interface InstancePage {
  readonly instances: readonly StoredInstance[];
  /** The place of the last instance, when the page is full. */
  readonly next: Place | undefined;
}

/** The first `limit` that match of instances that come in their order, without looking further. */
export function takeInOrder(
  instances: Iterable<StoredInstance>,
  matches: Predicate,
  order: Order,
  limit: number,
): InstancePage {
  const taken: StoredInstance[] = [];
  for (const instance of instances) {
    if (!matches(instance)) continue;
    taken.push(instance);
    if (taken.length === limit) break;
  }
  return pageOf(taken, order, limit);
}

/** The first `limit` after a place, of instances that come in any order. */
export function takeSorted(
  instances: Iterable<StoredInstance>,
  order: Order,
  limit: number,
  after: Place | undefined,
): InstancePage {
  let best: Placed[] = [];
  let worst: Place | undefined;
  for (const instance of instances) {
    const place = order.placeOf(instance);
    if ((worst && order.compare(place, worst) >= 0) || (after && order.compare(place, after) <= 0)) continue;
    best.push({ instance, place });
    if (best.length < 2 * limit + SPARE) continue;
    best = first(best, order, limit);
    worst = best.at(-1)?.place;
  }
  return pageOf(
    first(best, order, limit).map(({ instance }) => instance),
    order,
    limit,
  );
}

interface Placed {
  readonly instance: StoredInstance;
  readonly place: Place;
}

/** So many more than two pages are kept at a time, so that pages of a few do not sort at every step. */
const SPARE = 1000;

function first(found: Placed[], order: Order, limit: number): Placed[] {
  return found.sort((a, b) => order.compare(a.place, b.place)).slice(0, limit);
}

function pageOf(instances: readonly StoredInstance[], order: Order, limit: number): InstancePage {
  const last = instances.at(-1);
  return { instances, next: last && instances.length === limit ? order.placeOf(last) : undefined };
}
