import type { ViewDescriptor } from "../../ir/index.js";
import {
  type InstancesQueryRequest,
  isRecord,
  type NodeExpression,
  parseVersionedId,
  type ResultSetExpression,
  viewReference,
} from "../../models/index.js";
import type { Place } from "../problems.js";
import { isStored, propertyOf, storedNames } from "../registry.js";
import { deeper } from "./deeper.js";
import { mayAsk } from "./may-ask.js";
import { completed } from "./more-conditions.js";
import type { ConditionPlan, QueryPlan, QueryStage } from "./plan.js";
import { planCondition } from "./plan-condition.js";
import { planList } from "./planner.js";
import type { QueryArgs } from "./query-args.js";
import type { PlanScope } from "./scope.js";

/** A list that is read with what its one condition asks. */
export interface Together {
  readonly plan: QueryPlan;
  readonly stage: QueryStage;
  /** What is answered, and where it stands. */
  readonly condition: ConditionPlan;
  readonly place: Place;
  /** Names of the condition's sets in the request. */
  readonly far: ReadonlyMap<string, string>;
}

const reason = "Reads the far side of the condition, and with it the rows for which it holds and what is selected.";

/**
 * Plans a list whose `where` asks of one far side only, as a condition that must hold, as one request: the far side comes
 * first, and the rows are what it leads to. The service evaluates a set against a page of the one before it, so this is
 * good where the far side fits a page.
 *
 * @returns `undefined` for any other list
 */
export function planTogether(view: ViewDescriptor, args: QueryArgs, incomplete: PlanScope): Together | undefined {
  const question = questionOf(args, view);
  if (question === undefined) return undefined;
  const { place, some, rest } = question;
  const scope = completed(incomplete);
  const condition = planCondition(place, some, deeper(scope, place));
  if (condition === undefined) return undefined;
  const lead = leadOf(condition);
  const far = new Map(Object.keys(condition.stage.request.with).map((name, index) => [name, `far${index}`]));
  const sets = scope.limits.sets - far.size;
  if (lead === undefined || sets < 1) return undefined;
  const select = args.select ?? Object.fromEntries(storedNames(view).map((name) => [name, true]));
  const inRoom: PlanScope = { ...scope, limits: { ...scope.limits, sets } };
  const plan = planList(view, { ...args, where: rest, select }, inRoom);
  const [first, ...further] = plan.stages;
  if (plan.limit === 0 || first.endpoint !== "query") return undefined;
  const request = joined(condition.stage.request, first.request, far, lead);
  const stage = { ...first, reason, request };
  return { plan: { ...plan, stages: [stage, ...further] }, stage, condition, place, far };
}

/** The one thing that is asked, and the other conditions. */
function questionOf({ where, select }: QueryArgs, view: ViewDescriptor) {
  if (!isRecord(where) || mayAsk(select)) return undefined;
  for (const [name, value] of Object.entries(where)) {
    const property = propertyOf(view, name);
    if (property === undefined || isStored(property) || !isRecord(value) || !("some" in value)) continue;
    const { [name]: _asked, ...rest } = where;
    const { some, ...others } = value;
    if (mayAsk(some) || mayAsk(rest) || some === undefined || Object.keys(others).length > 0) return undefined;
    return { place: { view, name }, some, rest };
  }
  return undefined;
}

/** How the last set of a condition leads to the instances for which it holds. */
function leadOf({ ids: { at, set } }: ConditionPlan): Omit<NodeExpression["nodes"], "from" | "filter"> | undefined {
  if (at === "self") return undefined;
  if (typeof at !== "string") {
    const source = parseVersionedId(at.source);
    return source && { through: { source: viewReference(source), identifier: at.property }, direction: "outwards" };
  }
  // Edges that were followed from the far nodes end here; those that are found by a filter count as followed outwards.
  return { chainTo: set === "root" && at === "startNode" ? "source" : "destination" };
}

/** Both requests in one: the sets of the condition, then those of the list, whose root hangs on the last of them. */
function joined(
  condition: InstancesQueryRequest,
  list: InstancesQueryRequest,
  names: ReadonlyMap<string, string>,
  lead: Omit<NodeExpression["nodes"], "from" | "filter">,
): InstancesQueryRequest {
  const renamed = (name: string): string => names.get(name) ?? name;
  const far = Object.entries(condition.with).map(([name, set]) => [renamed(name), hungOn(set, renamed)] as const);
  const { root, ...others } = list.with;
  const [last = ""] = [...names.values()].slice(-1);
  const nodes = root !== undefined && "nodes" in root ? root.nodes : {};
  return {
    with: { ...Object.fromEntries(far), root: { ...root, nodes: { ...nodes, ...lead, from: last } }, ...others },
    select: {
      ...Object.fromEntries(Object.entries(condition.select).map(([name, set]) => [renamed(name), set])),
      ...list.select,
    },
  };
}

function hungOn(set: ResultSetExpression, renamed: (name: string) => string): ResultSetExpression {
  if (!("edges" in set) || set.edges.from === undefined) return set;
  return { ...set, edges: { ...set.edges, from: renamed(set.edges.from) } };
}
