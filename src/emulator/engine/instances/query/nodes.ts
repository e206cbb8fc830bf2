import type { NodeExpression, Through } from "../../../../models/index.js";
import type { StoredInstance } from "../../state.js";
import type { Predicate } from "../filter.js";
import { candidates, everything, narrowingOf } from "../narrowing.js";
import { takeInOrder, takeSorted } from "../paging.js";
import { compileSort, type Place } from "../sort.js";
import { DEFAULT_LIMIT, NONE, predicateOf, type QueryContext, type ResultSet } from "./context.js";
import { inwards, nodeAt, outwards } from "./through.js";

/** Evaluates a node expression (contract 8.1): distinct nodes. */
export function evaluateNodes(context: QueryContext, expression: NodeExpression, after: Place | undefined): ResultSet {
  const { state } = context;
  const { nodes, sort, limit = DEFAULT_LIMIT } = expression;
  const matches = predicateOf(context, nodes.filter);
  const order = compileSort(state, sort);
  if (nodes.from !== undefined) {
    const reached = [...reach(context, nodes, nodes.from)].filter(matches);
    const { instances, next } = takeSorted(reached, order, limit, after);
    return { members: instances, inwards: NONE, next };
  }
  const narrowing = nodes.filter ? narrowingOf(state, nodes.filter) : everything;
  const sorts = sort !== undefined && sort.length > 0;
  const all = matching(candidates(state, "node", narrowing, sorts ? 0 : (after?.sequence ?? 0)), matches);
  const { instances, next } = sorts ? takeSorted(all, order, limit, after) : takeInOrder(all, order, limit);
  return { members: instances, inwards: NONE, next };
}

/** The instances that pass, found one by one. */
export function* matching(
  instances: Iterable<StoredInstance>,
  matches: Predicate,
): Generator<StoredInstance, void, undefined> {
  for (const instance of instances) if (matches(instance)) yield instance;
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
  { state }: QueryContext,
  through: Through,
  direction: "outwards" | "inwards",
  { members }: ResultSet,
): Iterable<StoredInstance> {
  return direction === "outwards" ? outwards(state, through, members) : inwards(state, through, members);
}

/** The end of an edge that a chain goes on from: walked against its direction, its start is its destination. */
export function endOf(
  edge: StoredInstance,
  walkedInwards: boolean,
  chainTo: "destination" | "source",
): StoredInstance["startNode"] {
  return walkedInwards === (chainTo === "destination") ? edge.startNode : edge.endNode;
}
