import type { EdgeExpression } from "../../../../models/index.js";
import { instanceKey, type StoredInstance } from "../../state.js";
import type { Predicate } from "../filter.js";
import { everything, narrowingOf } from "../narrowing.js";
import { takeSorted } from "../paging.js";
import { pageInstances } from "../plan.js";
import { compileSort, type Order, type Place, sorted } from "../sort.js";
import { DEFAULT_LIMIT, predicateOf, type QueryContext, type ResultSet } from "./context.js";
import { endOf } from "./nodes.js";
import { nodeAt } from "./through.js";

/**
 * Evaluates an edge expression (contract 8.1): distinct edges. `sort` decides the order of pages,
 * and `postSort` that within a page; alone it decides both.
 */
export function evaluateEdges(context: QueryContext, expression: EdgeExpression, after: Place | undefined): ResultSet {
  const { state } = context;
  const { edges, limit = DEFAULT_LIMIT } = expression;
  const postSort = nonEmpty(expression.postSort);
  const sort = nonEmpty(expression.sort) ?? postSort;
  const order = compileSort(state, sort);
  const walk = walkOf(context, edges);
  const page = (): { readonly instances: readonly StoredInstance[]; readonly next: Place | undefined } => {
    if (edges.from !== undefined)
      return takeSorted(traverse(context, edges, edges.from, walk, order), order, limit, after);
    const narrowing = edges.filter ? narrowingOf(context.filters, edges.filter) : everything;
    const matches: Predicate = (edge) => walk.follows(edge) && walk.farNode(edge).every(walk.accepts);
    const { work } = context.filters;
    return pageInstances(state, { instanceType: "edge", narrowing, matches, work, sort, limit, after });
  };
  const { instances, next } = page();
  const members = postSort ? sorted(instances, compileSort(state, postSort)) : instances;
  return { members, inwards: new Set(walk.inwards ? members : []), next };
}

/** How edges are walked from node to node. */
interface Walk {
  readonly inwards: boolean;
  readonly edgesFrom: (node: StoredInstance) => Iterable<StoredInstance>;
  readonly farNode: (edge: StoredInstance) => readonly StoredInstance[];
  /** Whether an edge may be walked. */
  readonly follows: Predicate;
  /** Whether the node at its far end lets the edge in. */
  readonly accepts: Predicate;
  /** Whether the walk ends in that node. */
  readonly ends: Predicate;
}

function walkOf(context: QueryContext, edges: EdgeExpression["edges"]): Walk {
  const { state } = context;
  const { work } = context.filters;
  const inwards = edges.direction === "inwards";
  const index = inwards ? state.edgesByEnd : state.edgesByStart;
  const matches = predicateOf(context, edges.filter);
  return {
    inwards,
    edgesFrom: (node) => index.get(instanceKey(node)) ?? [],
    farNode: (edge) => nodeAt(state, endOf(edge, inwards, "destination")),
    follows: (edge) => {
      work.step();
      return matches(edge);
    },
    accepts: predicateOf(context, edges.nodeFilter),
    ends: edges.terminationFilter ? predicateOf(context, edges.terminationFilter) : () => false,
  };
}

/** Breadth first, each node once, so that cycles end. */
function traverse(
  context: QueryContext,
  { maxDistance = 1, limitEach, chainTo = "destination" }: EdgeExpression["edges"],
  from: string,
  walk: Walk,
  order: Order,
): ReadonlySet<StoredInstance> {
  const edgesOf = (node: StoredInstance): readonly StoredInstance[] => {
    const edges = walkable(node, walk);
    return limitEach === undefined ? edges : sorted(edges, order).slice(0, limitEach);
  };
  const found = new Set<StoredInstance>();
  let frontier = startNodes(context, from, chainTo);
  const visited = new Set(frontier);
  for (let distance = 0; distance < maxDistance && frontier.size > 0; distance++) {
    const edges = [...frontier].flatMap(edgesOf);
    for (const edge of edges) found.add(edge);
    const reached = edges.flatMap(walk.farNode).filter((node) => !visited.has(node) && !walk.ends(node));
    frontier = new Set(reached);
    for (const node of frontier) visited.add(node);
  }
  return found;
}

function walkable(node: StoredInstance, walk: Walk): readonly StoredInstance[] {
  return [...walk.edgesFrom(node)].filter((edge) => walk.follows(edge) && walk.farNode(edge).every(walk.accepts));
}

/** Where a walk begins: the nodes of an expression, or the ends of its edges. */
function startNodes(context: QueryContext, from: string, chainTo: "destination" | "source"): Set<StoredInstance> {
  const { members, inwards } = context.result(from);
  return new Set(
    members.flatMap((member) =>
      member.instanceType === "node" ? [member] : nodeAt(context.state, endOf(member, inwards.has(member), chainTo)),
    ),
  );
}

function nonEmpty<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list && list.length > 0 ? list : undefined;
}
