import type { ViewDescriptor } from "../../ir/index.js";
import { formatVersionedId } from "../../models/index.js";
import { toLimit } from "./limit.js";
import { allOf, membership } from "./paths.js";
import type { QueryPlan, StageLink } from "./plan.js";
import { limitOf, listOrder, planPlainList, selected } from "./plan-plain.js";
import { planWholeRetrieve } from "./plan-retrieve.js";
import { fillSet } from "./plan-set.js";
import type { QueryArgs, SelectArgs } from "./query-args.js";
import { resolveSelect } from "./resolve-select.js";
import type { PlanScope } from "./scope.js";
import { setExpression } from "./set-expression.js";
import { Stages } from "./stages.js";
import { whereToFilter } from "./where-to-filter.js";

/**
 * Plans a query: the fewest requests that give what is asked for, whatever the number of rows (design decision 4).
 * A pure function: the same query gives the same plan.
 *
 * @throws QueryError for anything that the view does not have or the service cannot do
 */
export function planList(view: ViewDescriptor, args: QueryArgs, scope: PlanScope): QueryPlan {
  const plain = planPlainList(view, args, scope);
  if (plain) return plain;
  const limit = toLimit(args.limit, `view ${formatVersionedId(view)}`);
  const filter = whereToFilter(args.where, view, scope);
  const order = listOrder(view, args, limit, scope);
  const selection = resolveSelect(args, view, scope);
  const stages = new Stages(scope);
  // A query does not apply the view's filter by itself (contract 6.5).
  const expression = setExpression(view.instanceType, allOf(membership(view), filter), order);
  stages.addQuery({ reason: selected }, expression, (draft, root) => fillSet(stages, draft, root, selection));
  return stages.plan(view, limitOf(limit, filter));
}

/** Plans the reading of instances by id. */
export function planRetrieve(view: ViewDescriptor, args: SelectArgs, scope: PlanScope): QueryPlan {
  if (args.select === undefined && args.targetUnits === undefined)
    return { view: formatVersionedId(view), stages: [planWholeRetrieve(view, scope)] };
  const selection = resolveSelect(args, view, scope);
  const stages = new Stages(scope);
  const { chunk, setPage } = scope.limits;
  const link: StageLink = { operator: "instanceReferences", chunk };
  const expression = setExpression(view.instanceType, membership(view), { sort: [], limit: setPage });
  stages.addQuery({ reason: selected, link }, expression, (draft, root) => fillSet(stages, draft, root, selection));
  return stages.plan(view, {});
}
