import type { Filter, ResultSetExpression } from "../../models/index.js";
import { allOf } from "./paths.js";
import { filtered } from "./set-expression.js";

/** A set of nodes or edges of which only those are left that pass a filter too. */
export function narrowed(set: ResultSetExpression, filter: Filter): ResultSetExpression {
  if ("nodes" in set) return { ...set, nodes: { ...set.nodes, ...filtered(allOf(filter, set.nodes.filter)) } };
  if ("edges" in set) return { ...set, edges: { ...set.edges, ...filtered(allOf(filter, set.edges.filter)) } };
  return set;
}
