import type { UntypedArgs } from "../src/runtime/index.js";
import { several } from "./arguments.js";
import type { InstanceSort, Order, SortDirection } from "./types/sorting.js";

/** Names of the arguments that say an order. */
export const sortNames = ["sort", "sortBy", "direction"] as const;

const orders: Readonly<Record<SortDirection, "asc" | "desc">> = { ascending: "asc", descending: "desc" };

/** The order that v1's arguments say. */
export function sortOf({ sort, sortBy, direction = "ascending" }: Order): readonly UntypedArgs[] | undefined {
  if (sort !== undefined) return several<InstanceSort>(sort).map(keyOf);
  return sortBy === undefined
    ? undefined
    : several<string>(sortBy).map((property) => ({ [property]: orders[direction] }));
}

function keyOf({ property, direction = "ascending", nullsFirst }: InstanceSort): UntypedArgs {
  const order = orders[direction];
  return { [property]: nullsFirst === undefined ? order : { order, nulls: nullsFirst ? "first" : "last" } };
}
