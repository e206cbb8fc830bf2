import type {
  EdgeExpression,
  Filter,
  InstanceType,
  NodeExpression,
  ResultSetExpression,
  SortKey,
} from "../../models/index.js";
import { allOf } from "./paths.js";

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

/** A set of nodes or edges of which only those are left that pass a filter too. */
export function narrowed(set: ResultSetExpression, filter: Filter): ResultSetExpression {
  if ("nodes" in set) return { ...set, nodes: { ...set.nodes, ...filtered(allOf(filter, set.nodes.filter)) } };
  if ("edges" in set) return { ...set, edges: { ...set.edges, ...filtered(allOf(filter, set.edges.filter)) } };
  return set;
}

/** The `filter` of an expression, where there is one. */
export function filtered(filter: Filter | undefined): { readonly filter?: Filter } {
  return filter === undefined ? {} : { filter };
}

/** The `sort` and `limit` of an expression. */
export function orderOf({ sort, limit }: SetOrder): { readonly sort?: readonly SortKey[]; readonly limit: number } {
  return { ...(sort.length === 0 ? {} : { sort }), limit };
}
