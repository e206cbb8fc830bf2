import type { EdgeExpression, Filter, InstanceType, NodeExpression, SortKey } from "../../models/index.js";

/** How a set is ordered and paged. */
export interface SetOrder {
  readonly sort: readonly SortKey[];
  readonly limit: number;
}

/** A set that hangs on nothing. */
export function setExpression(
  instanceType: InstanceType,
  filter: Filter | undefined,
  order: SetOrder,
): NodeExpression | EdgeExpression {
  return instanceType === "node"
    ? { nodes: filtered(filter), ...orderOf(order) }
    : { edges: { ...filtered(filter), maxDistance: 1 }, ...orderOf(order) };
}

/** The `filter` of an expression, where there is one. */
export function filtered(filter: Filter | undefined): { readonly filter?: Filter } {
  return filter === undefined ? {} : { filter };
}

/** The `sort` and `limit` of an expression. */
export function orderOf({ sort, limit }: SetOrder): { readonly sort?: readonly SortKey[]; readonly limit: number } {
  return { ...(sort.length === 0 ? {} : { sort }), limit };
}
