import type {
  InstancesSyncRequest,
  SyncEdgeExpression,
  SyncExpression,
  SyncNodeExpression,
} from "../../../../models/index.js";
import { instanceKey, type ProjectState, type StoredInstance } from "../../state.js";
import { nodePredicateOf, predicateOf, type QueryContext, type ResultSet } from "../query/context.js";
import { evaluateEdges } from "../query/edges.js";
import { endOf, evaluateNodes } from "../query/nodes.js";
import { targetsOf } from "../query/through.js";
import { Work } from "../work.js";

/** The members of a set that changed after a change, in the order of changes, deleted ones among them. */
export type SyncSet = (after: number) => Iterable<StoredInstance>;

/** All members of a set, deleted ones among them. */
interface WholeSet {
  readonly members: ReadonlySet<StoredInstance>;
  readonly inwards: ReadonlySet<StoredInstance>;
}

/**
 * Makes the sets of a sync ready. A set that starts from another one follows from all members of that one, not only from
 * those that changed: a new edge of an old node comes too.
 *
 * @throws {@link Fault} 400 for what the filters and relations name wrongly.
 */
export function syncSets(state: ProjectState, request: InstancesSyncRequest): (name: string) => SyncSet {
  const whole = new Map<string, WholeSet>();
  const context: QueryContext = {
    state,
    filters: { state, parameters: new Map(Object.entries(request.parameters ?? {})), work: new Work(state.limits) },
    result: (name) => {
      const { members, inwards } = wholeSet(name);
      return { members: [...members], inwards, next: undefined };
    },
  };
  const wholeSet = (name: string): WholeSet => {
    const known = whole.get(name);
    if (known) return known;
    const set = evaluate(context, request.with[name] as SyncExpression);
    whole.set(name, set);
    return set;
  };
  return (name) => {
    const expression = request.with[name] as SyncExpression;
    const part = "nodes" in expression ? expression.nodes : expression.edges;
    if (part.from === undefined) return rootSet(context, expression);
    const { members } = wholeSet(name);
    return (after) => [...members].filter(({ change }) => change > after).sort((a, b) => a.change - b.change);
  };
}

/** A set that starts from nothing needs no look at what did not change. */
function rootSet(context: QueryContext, expression: SyncExpression): SyncSet {
  const matches = rootPredicate(context, expression);
  return function* changed(after) {
    for (const instance of context.state.changes.after(after)) {
      context.filters.work.step();
      if (matches(instance)) yield instance;
    }
  };
}

function rootPredicate(context: QueryContext, expression: SyncExpression): (instance: StoredInstance) => boolean {
  if ("nodes" in expression) {
    const matches = nodePredicateOf(context, expression.nodes);
    return (instance) => instance.instanceType === "node" && matches(instance);
  }
  const { filter, nodeFilter, direction } = expression.edges;
  const matches = predicateOf(context, filter);
  const accepts = predicateOf(context, nodeFilter);
  const far = (edge: StoredInstance): StoredInstance | undefined =>
    find(context.state, endOf(edge, direction === "inwards", "destination"));
  return (instance) => {
    if (instance.instanceType !== "edge" || !matches(instance)) return false;
    const node = nodeFilter && far(instance);
    return node === undefined || accepts(node);
  };
}

function evaluate(context: QueryContext, expression: SyncExpression): WholeSet {
  const live = evaluateLive(context, expression);
  const deleted = [...context.state.deletedInstances.values()].filter(deletedMember(context, expression, live));
  const inward = "edges" in expression && expression.edges.direction === "inwards" ? deleted : [];
  return { members: new Set([...live.members, ...deleted]), inwards: new Set([...live.inwards, ...inward]) };
}

/** What is there, all of it. */
function evaluateLive(context: QueryContext, expression: SyncExpression): ResultSet {
  const limit = Number.POSITIVE_INFINITY;
  return "nodes" in expression
    ? evaluateNodes(context, { nodes: expression.nodes, limit }, undefined)
    : evaluateEdges(context, { edges: expression.edges, limit }, undefined);
}

/** Whether a deleted instance would belong to a set, were it still there. */
function deletedMember(
  context: QueryContext,
  expression: SyncExpression,
  live: ResultSet,
): (instance: StoredInstance) => boolean {
  const matches = rootPredicate(context, expression);
  const reached = "nodes" in expression ? reachedNodes(context, expression) : reachedEdges(context, expression, live);
  return (instance) => matches(instance) && reached(instance);
}

function reachedNodes(
  context: QueryContext,
  { nodes: { from, through, direction = "inwards", chainTo = "destination" } }: SyncNodeExpression,
): (node: StoredInstance) => boolean {
  if (from === undefined) return () => true;
  const { members, inwards } = context.result(from);
  if (!through) {
    const ends = keysOf(members.flatMap((edge) => endOf(edge, inwards.has(edge), chainTo) ?? []));
    return (node) => ends.has(instanceKey(node));
  }
  const targets = targetsOf(context.state, through);
  const reached = keysOf(direction === "outwards" ? members.flatMap(targets) : members);
  if (direction === "outwards") return (node) => reached.has(instanceKey(node));
  return (node) => targets(node).some((target) => reached.has(instanceKey(target)));
}

/** From further away than one hop too, as far as what is there leads. */
function reachedEdges(
  context: QueryContext,
  { edges: { from, direction, chainTo = "destination", maxDistance = 1 } }: SyncEdgeExpression,
  live: ResultSet,
): (edge: StoredInstance) => boolean {
  if (from === undefined) return () => true;
  const inward = direction === "inwards";
  const { members, inwards } = context.result(from);
  const starts = members.flatMap((member) =>
    member.instanceType === "node" ? [member] : (endOf(member, inwards.has(member), chainTo) ?? []),
  );
  const walked = maxDistance > 1 ? live.members : [];
  const further = walked.flatMap((edge) => endOf(edge, inward, "destination") ?? []);
  const keys = keysOf([...starts, ...further]);
  return (edge) => {
    const near = endOf(edge, inward, "source");
    return near !== undefined && keys.has(instanceKey(near));
  };
}

function find(state: ProjectState, id: StoredInstance["endNode"]): StoredInstance | undefined {
  if (!id) return undefined;
  return state.instances.get(id) ?? state.deletedInstances.get(instanceKey(id));
}

function keysOf(ids: readonly { readonly space: string; readonly externalId: string }[]): ReadonlySet<string> {
  return new Set(ids.map(instanceKey));
}
