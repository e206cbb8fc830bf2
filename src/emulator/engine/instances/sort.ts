import type { SortKey } from "../../../models/index.js";
import { badRequest } from "../fault.js";
import type { ProjectState, StoredInstance } from "../state.js";
import { type Compare, sortComparison } from "./collation.js";
import type { Comparable } from "./compare.js";
import { propertyOperand } from "./operand.js";
import { resolveProperty } from "./property.js";

/** A place in an order: the sort values of an instance, null for missing ones, and its sequence. */
export interface Place {
  readonly values: readonly (Comparable | null)[];
  readonly sequence: number;
}

/** A sort order made ready. Instances with equal values keep creation order, so every order is total. */
export interface Order {
  readonly placeOf: (instance: StoredInstance) => Place;
  readonly compare: (a: Place, b: Place) => number;
}

/** Creation order. */
const CREATION: Order = {
  placeOf: ({ sequence }) => ({ values: [], sequence }),
  compare: (a, b) => a.sequence - b.sequence,
};

/**
 * Compiles a sort order (contract 9.3): nulls last in both directions unless `nullsFirst`.
 *
 * @throws {@link Fault} 400 for unknown properties, lists and JSON.
 */
export function compileSort(state: ProjectState, keys: readonly SortKey[] | undefined): Order {
  if (!keys || keys.length === 0) return CREATION;
  const columns = keys.map((key) => {
    const property = resolveProperty(state, key.property);
    if (property.list || property.kind === "json") {
      throw badRequest(`Cannot sort by property '${property.name}': lists and JSON have no order`);
    }
    return { read: propertyOperand(property), compare: columnOrder(key, sortComparison(property.type)) };
  });
  return {
    placeOf: (instance) => ({
      values: columns.map(({ read }) => read(instance) ?? null),
      sequence: instance.sequence,
    }),
    compare: (a, b) => {
      for (const [index, { compare }] of columns.entries()) {
        const order = compare(a.values[index] ?? null, b.values[index] ?? null);
        if (order !== 0) return order;
      }
      return a.sequence - b.sequence;
    },
  };
}

function columnOrder(
  { direction, nullsFirst }: SortKey,
  compare: Compare,
): (a: Comparable | null, b: Comparable | null) => number {
  const sign = direction === "descending" ? -1 : 1;
  const nulls = nullsFirst === true ? -1 : 1;
  return (a, b) => {
    if (a === null || b === null) return nulls * (Number(a === null) - Number(b === null));
    return sign * compare(a, b);
  };
}

/** The instances in an order. */
export function sorted(instances: Iterable<StoredInstance>, order: Order): readonly StoredInstance[] {
  return [...instances]
    .map((instance) => ({ instance, place: order.placeOf(instance) }))
    .sort((a, b) => order.compare(a.place, b.place))
    .map(({ instance }) => instance);
}
