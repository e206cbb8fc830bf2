import type { StoredInstance } from "../state.js";
import { type Order, type Place, sorted } from "./sort.js";

/** Some of a result, and where to go on when there may be more. */
export interface InstancePage {
  readonly instances: readonly StoredInstance[];
  /** The place of the last instance, when the page is full. */
  readonly next: Place | undefined;
}

/** The first `limit` of instances that come in their order, without looking further. */
export function takeInOrder(instances: Iterable<StoredInstance>, order: Order, limit: number): InstancePage {
  const taken: StoredInstance[] = [];
  for (const instance of instances) {
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
  const rest = after
    ? [...instances].filter((instance) => order.compare(order.placeOf(instance), after) > 0)
    : instances;
  return pageOf(sorted(rest, order).slice(0, limit), order, limit);
}

function pageOf(instances: readonly StoredInstance[], order: Order, limit: number): InstancePage {
  const last = instances.at(-1);
  return { instances, next: last && instances.length === limit ? order.placeOf(last) : undefined };
}
