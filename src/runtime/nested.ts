import type { ViewDescriptor } from "../ir/index.js";
import type { NodeReference } from "../models/index.js";
import { answeredBy, unanswered } from "./answered-filter.js";
import { mismatchesOf } from "./decode/mismatch.js";
import type { Row } from "./decode/row.js";
import { compilePlan } from "./execute/compile.js";
import { exactly } from "./execute/exact-integers.js";
import { readByIds } from "./execute/read-by-id.js";
import { Reader } from "./execute/reader.js";
import { type ReadOptions, requestsOf } from "./execute/requests.js";
import type { ListRun } from "./execute/stream-pages.js";
import type { HandleContext } from "./handle-context.js";
import { mayAsk } from "./plan/may-ask.js";
import type { QueryPlan } from "./plan/plan.js";
import { planAnsweredList, planAnsweredRetrieve } from "./plan/plan-answered.js";
import type { QueryArgs, SelectArgs } from "./plan/query-args.js";
import type { CallOptions } from "./types/call.js";

/** A list of any selection, ready to run. */
export async function openNested(
  context: HandleContext,
  view: ViewDescriptor,
  args: QueryArgs,
  options: CallOptions,
): Promise<ListRun> {
  const { client, scope } = context;
  const requests = requestsOf(context, options);
  // What is wrong is told before anything is sent.
  if (mayAsk([args.where, args.select])) await planAnsweredList(view, args, scope, unanswered);
  const plan = await planAnsweredList(view, args, scope, answeredBy(requests, context));
  const root = compilePlan(plan, scope.registry, mismatchesOf(client));
  return { plan, reader: new Reader(root, requests.with(exactlyFor(plan, context, options))) };
}

/** The plan of a list of any selection, of which nothing is sent. */
export function explainNested(context: HandleContext, view: ViewDescriptor, args: QueryArgs): Promise<QueryPlan> {
  return planAnsweredList(view, args, context.scope, unanswered);
}

/** Reads instances by id, of which none is there twice: in their order, without those that are not there. */
export type ReadByIds = (ids: readonly NodeReference[]) => Promise<Row[]>;

/** Gets ready to read instances by id with any selection: what is wrong with it is told now. */
export async function openRetrieve(
  context: HandleContext,
  view: ViewDescriptor,
  args: SelectArgs,
  options: CallOptions,
): Promise<ReadByIds> {
  const { client, scope } = context;
  const requests = requestsOf(context, options);
  const plan = await planAnsweredRetrieve(view, args, scope, answeredBy(requests, context));
  const root = compilePlan(plan, scope.registry, mismatchesOf(client));
  return (ids) => readByIds(root, ids, requests.with(exactlyFor(plan, context, options)), options.signal);
}

/** Instances by id, with any selection. */
export async function retrieveNested(
  context: HandleContext,
  view: ViewDescriptor,
  ids: readonly NodeReference[],
  args: SelectArgs,
  options: CallOptions,
): Promise<Row[]> {
  const read = await openRetrieve(context, view, args, options);
  return await read(ids);
}

function exactlyFor({ stages }: QueryPlan, { scope }: HandleContext, options: CallOptions): ReadOptions {
  const sets = stages.map(({ root }) => root);
  return exactly(options, sets, scope.registry);
}
