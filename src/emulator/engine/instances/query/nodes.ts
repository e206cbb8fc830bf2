import type { NodeExpression, Through } from "../../../../models/index.js";
import type { StoredInstance } from "../../state.js";
import { everything, narrowingOf } from "../narrowing.js";
import { takeSorted } from "../paging.js";
import { pageInstances } from "../plan.js";
import { compileSort, type Place } from "../sort.js";
import { DEFAULT_LIMIT, NONE, nodePredicateOf, type QueryContext, type ResultSet } from "./context.js";
import { inwards, nodeAt, outwards } from "./through.js";

/** Evaluates a node expression (contract 8.1): distinct nodes. */
export function evaluateNodes(context: QueryContext, expression: NodeExpression, after: Place | undefined): ResultSet {
  const { state } = context;
  const { nodes, sort, limit = DEFAULT_LIMIT } = expression;
  const matches = nodePredicateOf(context, nodes);
  if (nodes.from !== undefined) {
    const reached = [...reach(context, nodes, nodes.from)].filter(matches);
    const { instances, next } = takeSorted(reached, compileSort(state, sort), limit, after);
    return { members: instances, inwards: NONE, next };
  }
  const narrowing = nodes.filter ? narrowingOf(context.filters, nodes.filter) : everything;
  const { work } = context.filters;
  const request = { instanceType: "node", narrowing, matches, work, sort, limit, after } as const;
  const { instances, next } = pageInstances(state, request);
  return { members: instances, inwards: NONE, next };
}

function reach(
  context: QueryContext,
  { through, direction = "inwards", chainTo = "destination" }: NodeExpression["nodes"],
  from: string,
): Iterable<StoredInstance> {
  const source = context.result(from);
  return through
    ? follow(context, through, direction, source)
    : new Set(source.members.flatMap((edge) => nodeAt(context.state, endOf(edge, source.inwards.has(edge), chainTo))));
}

function follow(
  { filters }: QueryContext,
  through: Through,
  direction: "outwards" | "inwards",
  { members }: ResultSet,
): Iterable<StoredInstance> {
  return direction === "outwards" ? outwards(filters, through, members) : inwards(filters, through, members);
}

/** The end of an edge that a chain goes on from: walked against its direction, its start is its destination. */
export function endOf(
  edge: StoredInstance,
  walkedInwards: boolean,
  chainTo: "destination" | "source",
): StoredInstance["startNode"] {
  return walkedInwards === (chainTo === "destination") ? edge.startNode : edge.endNode;
}
