import type { ViewDescriptor } from "../../ir/index.js";
import { formatVersionedId } from "../../models/index.js";
import type { Watch } from "../execute/read-calls.js";
import type { HandleContext } from "../handle-context.js";
import { toLimit } from "../plan/limit.js";
import { withBounds } from "../plan/scope.js";
import { optionsOf } from "../problems.js";
import type { CallOptions, QueryBounds } from "../types/call.js";

/** Names of the options that every call takes. */
export const callKeys: readonly string[] = ["signal", "timeout"];

/** Names of the options that every query takes. */
export const queryKeys: readonly string[] = [...callKeys, "maxRequests", "maxDepth"];

/** What a query depends on, within the bounds that it gives itself. */
export function bounded(context: HandleContext, given: QueryBounds): HandleContext {
  const { scope } = context;
  return { ...context, scope: { ...scope, limits: withBounds(scope.limits, given) } };
}

/** What a query depends on, where what it sends is watched. */
export function watched(context: HandleContext, watch: Watch | undefined): HandleContext {
  return watch === undefined ? context : { ...context, calls: watch(context.client.instances) };
}

/** The options that every call takes, without what else it was given. */
export function callOptions({ signal, timeout }: CallOptions): CallOptions {
  return { ...(signal === undefined ? {} : { signal }), ...(timeout === undefined ? {} : { timeout }) };
}

/** `list() of view wind/Turbine@v1` */
export function callName(call: string, view: ViewDescriptor): string {
  return `${call}() of view ${formatVersionedId(view)}`;
}

/** Refuses what is no option of a list. */
export function checkListArgs(args: unknown, view: ViewDescriptor): void {
  optionsOf(args, callName("list", view), [
    "where",
    "select",
    "sort",
    "limit",
    "pageSize",
    "targetUnits",
    ...queryKeys,
  ]);
}

/** The same with a limit that is no larger than one that is given besides. */
export function atMost<Args extends { readonly limit?: number }>(
  args: Args,
  most: number | undefined,
  view: ViewDescriptor,
): Args {
  const of = `view ${formatVersionedId(view)}`;
  return most === undefined
    ? args
    : { ...args, limit: Math.min(toLimit(args.limit, of) ?? Number.POSITIVE_INFINITY, most) };
}
