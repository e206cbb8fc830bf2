import { ResponseError } from "../../errors/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import { formatVersionedId, viewReference } from "../../models/index.js";
import { answeredFilter } from "../answered-filter.js";
import type { HandleContext } from "../handle-context.js";
import { nothing } from "../plan/condition.js";
import { toLimit } from "../plan/limit.js";
import { filtered } from "../plan/set-expression.js";
import type { CallOptions } from "../types/call.js";
import type { UntypedListArgs } from "../types/untyped.js";
import { bounded, checkListArgs } from "./call-options.js";

/** How many rows a list has, which the service counts. */
export async function countRows(
  unbounded: HandleContext,
  view: ViewDescriptor,
  args: UntypedListArgs,
  options: CallOptions,
): Promise<number> {
  checkListArgs(args, view);
  const context = bounded(unbounded, args);
  const most = toLimit(args.limit, `view ${formatVersionedId(view)}`) ?? Number.POSITIVE_INFINITY;
  const filter = await answeredFilter(context, view, args.where, options);
  if (filter === nothing) return 0;
  const { instanceType } = view;
  const aggregates = [{ count: {} }];
  const request = { view: viewReference(view), instanceType, aggregates, ...filtered(filter) };
  const { items } = await context.client.instances.aggregate(request, options);
  const [counted] = items[0]?.aggregates ?? [];
  if (counted === undefined || !("value" in counted)) {
    throw new ResponseError("RESPONSE.SHAPE", "The answer to a count has no number.");
  }
  return Math.min(Number(counted.value), most);
}
