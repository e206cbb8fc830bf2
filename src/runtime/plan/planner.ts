import type { ViewDescriptor } from "../../ir/index.js";
import { formatVersionedId, viewReference } from "../../models/index.js";
import { toLimit } from "./limit.js";
import { allOf, membership } from "./paths.js";
import type { QueryPlan, SetPlan, StageLink } from "./plan.js";
import { fillSet } from "./plan-set.js";
import { resolveSelect } from "./resolve-select.js";
import type { PlanScope } from "./scope.js";
import type { Selection } from "./selection.js";
import { filtered, orderOf, setExpression } from "./set-expression.js";
import { toSortKeys, withTieBreakers } from "./sort-keys.js";
import { Stages } from "./stages.js";
import { whereToFilter } from "./where-to-filter.js";

/** What a query asks for; it is checked here, so untyped callers get the same errors. */
export interface QueryArgs {
  readonly where?: unknown;
  readonly select?: unknown;
  readonly sort?: unknown;
  readonly limit?: unknown;
}

const selected = "Reads the selected properties and relations together.";
const whole = "Reads all properties of one view; the service applies the view's filter.";

/**
 * Plans a query: the fewest requests that give what is asked for, whatever the number of rows (design decision 4).
 * A pure function: the same query gives the same plan.
 *
 * @throws QueryError for anything that the view does not have or the service cannot do
 */
export function planList(view: ViewDescriptor, args: QueryArgs, scope: PlanScope): QueryPlan {
  const limit = toLimit(args.limit, `view ${formatVersionedId(view)}`);
  const filter = whereToFilter(args.where, view, scope);
  const sort = withTieBreakers(toSortKeys(args.sort, view), view);
  const order = { sort, limit: pageSize(limit, scope.limits.rootPage) };
  const selection = resolveSelect(args.select, view, scope);
  const stages = new Stages(scope);
  if (args.select === undefined) {
    const request = { instanceType: view.instanceType, ...sourcesOf(view), ...filtered(filter), ...orderOf(order) };
    stages.add({ endpoint: "list", reason: whole, request, root: plainSet(selection) });
  } else {
    // A query does not apply the view's filter by itself (contract 6.5).
    const expression = setExpression(view.instanceType, allOf(membership(view), filter), order);
    stages.addQuery({ reason: selected }, expression, (draft, root) => fillSet(stages, draft, root, selection));
  }
  return stages.plan(view, limit);
}

/** Plans the reading of instances by id. */
export function planRetrieve(view: ViewDescriptor, select: unknown, scope: PlanScope): QueryPlan {
  const selection = resolveSelect(select, view, scope);
  const stages = new Stages(scope);
  const { chunk, setPage } = scope.limits;
  if (select === undefined) {
    const link: StageLink = { operator: "items", chunk };
    const request = { items: [], ...sourcesOf(view) };
    stages.add({ endpoint: "byids", reason: whole, link, request, root: plainSet(selection) });
  } else {
    const link: StageLink = { operator: "instanceReferences", chunk };
    const expression = setExpression(view.instanceType, membership(view), { sort: [], limit: setPage });
    stages.addQuery({ reason: selected, link }, expression, (draft, root) => fillSet(stages, draft, root, selection));
  }
  return stages.plan(view, undefined);
}

/** Pages of one size, because a cursor belongs to the request that gave it; sized so that the last one is nearly full. */
function pageSize(limit: number | undefined, most: number): number {
  if (limit === undefined || limit === 0) return most;
  return Math.ceil(limit / Math.ceil(limit / most));
}

function sourcesOf(view: ViewDescriptor) {
  return { sources: [{ source: viewReference(view) }] };
}

function plainSet({ view, fields }: Selection): SetPlan {
  return { name: "root", instanceType: view.instanceType, view: formatVersionedId(view), fields, relations: [] };
}
