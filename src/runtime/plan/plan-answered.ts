import type { ViewDescriptor } from "../../ir/index.js";
import { type Filter, isRecord, writeJson } from "../../models/index.js";
import type { Place } from "../problems.js";
import { propertyOf } from "../registry.js";
import { nothing } from "./condition.js";
import { type Ask, expandSelect, expandWhere } from "./expand-where.js";
import { completed } from "./more-conditions.js";
import type { ConditionPlan, QueryPlan } from "./plan.js";
import { planCondition } from "./plan-condition.js";
import { planList, planRetrieve } from "./planner.js";
import type { QueryArgs, SelectArgs } from "./query-args.js";
import type { PlanScope } from "./scope.js";
import { whereToFilter } from "./where-to-filter.js";

/** Turns a planned condition, the so manieth of its query, into a filter of the instances it is about. */
export type Answer = (number: number, place: Place, condition: ConditionPlan) => Promise<Filter>;

/** Plans a list once all that its conditions ask of the far sides of relations is answered. */
export async function planAnsweredList(
  view: ViewDescriptor,
  { where, select, ...rest }: QueryArgs,
  incomplete: PlanScope,
  answer: Answer,
): Promise<QueryPlan> {
  const scope = completed(incomplete);
  const conditions: ConditionPlan[] = [];
  const ask = asking(conditions, answer);
  const [plainWhere, plainSelect] = await Promise.all([
    expandWhere(where, view, scope, ask),
    expandSelect(select, view, scope, ask),
  ]);
  return withConditions(planList(view, { where: plainWhere, select: plainSelect, ...rest }, scope), conditions);
}

/** Plans the reading of instances by id in the same way. */
export async function planAnsweredRetrieve(
  view: ViewDescriptor,
  { select, targetUnits }: SelectArgs,
  incomplete: PlanScope,
  answer: Answer,
): Promise<QueryPlan> {
  const scope = completed(incomplete);
  const conditions: ConditionPlan[] = [];
  const plain = await expandSelect(select, view, scope, asking(conditions, answer));
  return withConditions(planRetrieve(view, { select: plain, targetUnits }, scope), conditions);
}

/** A `where` as a filter, once what it asks of the far sides of relations is answered. */
export async function planAnsweredWhere(
  where: unknown,
  view: ViewDescriptor,
  incomplete: PlanScope,
  answer: Answer,
): Promise<Filter | undefined> {
  const scope = completed(incomplete);
  return whereToFilter(await expandWhere(where, view, scope, asking([], answer)), view, scope);
}

function withConditions(plan: QueryPlan, conditions: readonly ConditionPlan[]): QueryPlan {
  return conditions.length === 0 ? plan : { ...plan, conditions };
}

/** Asks what is the same only once. */
function asking(conditions: ConditionPlan[], answer: Answer): Ask {
  const asked = new Map<string, Promise<Filter>>();
  const ask: Ask = async ({ place, some, scope }) => {
    const condition = planCondition(place, await withoutSome(place, some, scope, ask), scope);
    if (condition === undefined) return nothing;
    const key = writeJson([condition.of, condition.stage.request]);
    const filter = asked.get(key) ?? answer(conditions.push(condition), place, condition);
    asked.set(key, filter);
    return filter;
  };
  return ask;
}

/** What a `some` asks, once the further ones in it are answered. */
async function withoutSome({ view, name }: Place, some: unknown, scope: PlanScope, ask: Ask): Promise<unknown> {
  const property = propertyOf(view, name);
  const target = scope.registry.node(property && "source" in property ? property.source : undefined);
  const expand = async (where: unknown, of: ViewDescriptor | undefined): Promise<unknown> =>
    of === undefined ? where : expandWhere(where, of, scope, ask);
  if (property?.type !== "edge" || !isRecord(some)) return expand(some, target);
  const edge = await expand(some["edge"], scope.registry.edge(property.edgeSource));
  return { ...some, edge, node: await expand(some["node"], target) };
}
