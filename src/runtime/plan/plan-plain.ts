import type { ViewDescriptor } from "../../ir/index.js";
import {
  type Filter,
  formatVersionedId,
  isRecord,
  type SelectExpression,
  type Source,
  viewReference,
} from "../../models/index.js";
import { isStored, propertyId, propertyOf, storedNames } from "../registry.js";
import { nothing } from "./condition.js";
import { toLimit, toPageSize } from "./limit.js";
import { allOf, membership } from "./paths.js";
import type { QueryPlan, SetPlan } from "./plan.js";
import type { QueryArgs } from "./query-args.js";
import type { PlanScope } from "./scope.js";
import { filtered, orderOf, type SetOrder, setExpression } from "./set-expression.js";
import { toSortKeys, withTieBreakers } from "./sort-keys.js";
import { whereToFilter } from "./where-to-filter.js";

/** What is read of every instance without being asked for is no property of a view. */
export const selectableFacts: readonly string[] = ["$type", "$version", "$createdTime", "$lastUpdatedTime"];

/** Why a query reads a selection. */
export const selected = "Reads the selected properties and relations together.";

/** Why a view is read as it is. */
export const whole = "Reads all properties of one view; the service applies the view's filter.";

/**
 * Plans a list that reads no relations but the ids of direct ones: one request a page. This much is loaded with the
 * handles; the planner of everything else is not.
 *
 * @returns `undefined` for a selection of any other kind, be it wrong, and for other units
 * @throws QueryError for anything else that the view does not have or the service cannot do
 */
export function planPlainList(view: ViewDescriptor, args: QueryArgs, scope: PlanScope): QueryPlan | undefined {
  const { instanceType } = view;
  const fields = plainFields(args.select, view);
  if (fields === undefined || args.targetUnits !== undefined) return undefined;
  const limit = toLimit(args.limit, `view ${formatVersionedId(view)}`);
  const filter = whereToFilter(args.where, view, scope);
  const order = listOrder(view, args, limit, scope);
  const root = plainSet(view, fields);
  const facts = { view: formatVersionedId(view), ...limitOf(limit, filter) };
  if (args.select === undefined) {
    const request = { instanceType, ...sourcesOf(view), ...filtered(filter), ...orderOf(order) };
    return { ...facts, stages: [{ endpoint: "list", reason: whole, request, root }] };
  }
  // A query does not apply the view's filter by itself (contract 6.5).
  const expression = setExpression(instanceType, allOf(membership(view), filter), order);
  const request = { with: { root: expression }, select: { root: selectOf(view, fields) } };
  return { ...facts, stages: [{ endpoint: "query", reason: selected, request, root }] };
}

/** The limit of a list; of one that nothing matches it is 0, so that nothing is sent. */
export function limitOf(limit: number | undefined, filter: Filter | undefined): { readonly limit?: number } {
  const most = filter === nothing ? 0 : limit;
  return most === undefined ? {} : { limit: most };
}

/** The order of a list that is told apart to the last, and its pages, of one size: a cursor belongs to the request that gave it. */
export function listOrder(
  view: ViewDescriptor,
  { sort, pageSize }: QueryArgs,
  limit: number | undefined,
  { limits }: PlanScope,
): SetOrder {
  const most = toPageSize(pageSize, limits.rootPage, `view ${formatVersionedId(view)}`);
  // Sized so that the last page is nearly full.
  const size = limit ? Math.ceil(limit / Math.ceil(limit / most)) : most;
  return { sort: withTieBreakers(toSortKeys(sort, view), view), limit: size };
}

/** All that a view says of its instances themselves. */
export function sourcesOf(view: ViewDescriptor): { readonly sources: readonly Source[] } {
  return { sources: [{ source: viewReference(view) }] };
}

/** A set of which no relations are read. */
export function plainSet(view: ViewDescriptor, fields: readonly string[]): SetPlan {
  return { name: "root", instanceType: view.instanceType, view: formatVersionedId(view), fields, relations: [] };
}

/** The fields that are selected, where nothing else is; `undefined` for any other selection. */
export function plainFields(select: unknown, view: ViewDescriptor): readonly string[] | undefined {
  if (select === undefined) return storedNames(view);
  if (!isRecord(select)) return undefined;
  const entries = Object.entries(select).filter(([, value]) => value !== undefined);
  const isPlain = (name: string): boolean => {
    const property = propertyOf(view, name);
    return property === undefined ? selectableFacts.includes(name) : isStored(property);
  };
  return entries.every(([name, value]) => value === true && isPlain(name)) ? entries.map(([name]) => name) : undefined;
}

function selectOf(view: ViewDescriptor, fields: readonly string[]): SelectExpression {
  const properties = fields.filter((name) => propertyOf(view, name)).map((name) => propertyId(view, name));
  return properties.length === 0 ? {} : { sources: [{ source: viewReference(view), properties }] };
}
