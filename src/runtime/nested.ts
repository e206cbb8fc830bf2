import type { ViewDescriptor } from "../ir/index.js";
import type { NodeReference } from "../models/index.js";
import { answeredBy, unanswered } from "./answered-filter.js";
import { Mismatches } from "./decode/mismatch.js";
import type { Row } from "./decode/row.js";
import { compilePlan } from "./execute/compile.js";
import { exactly } from "./execute/exact-integers.js";
import type { PageReader } from "./execute/page-reader.js";
import { readByIds } from "./execute/read-by-id.js";
import { readTogether } from "./execute/read-together.js";
import { Reader } from "./execute/reader.js";
import { type ReadOptions, requestsOf } from "./execute/requests.js";
import type { ListRun } from "./execute/stream-pages.js";
import type { HandleContext } from "./handle-context.js";
import { mayAsk } from "./plan/may-ask.js";
import type { QueryPlan } from "./plan/plan.js";
import { type Answer, planAnsweredList, planAnsweredRetrieve } from "./plan/plan-answered.js";
import { answerFilter } from "./plan/plan-condition.js";
import { planTogether } from "./plan/plan-together.js";
import type { QueryArgs, SelectArgs } from "./plan/query-args.js";
import type { CallOptions } from "./types/call.js";

/** A list of any selection, ready to run. */
export async function openNested(
  context: HandleContext,
  view: ViewDescriptor,
  args: QueryArgs,
  resumable: boolean,
  options: CallOptions,
): Promise<ListRun> {
  const { client, scope } = context;
  const requests = requestsOf(context, options);
  // What is wrong is told before anything is sent.
  if (mayAsk([args.where, args.select])) await planAnsweredList(view, args, scope, unanswered);
  // A cursor is of a page of rows, which such a list has not.
  const together = resumable ? undefined : planTogether(view, args, scope);
  const mismatches = new Mismatches(client);
  const read =
    together &&
    (await readTogether(
      together,
      requests.with(exactlyFor(together.plan, context, options)),
      scope.registry,
      mismatches,
    ));
  if (together && read?.rows) return { plan: together.plan, reader: onePage(read.rows) };
  const answered = answeredBy(requests, context);
  const answer: Answer = async (number, place, condition) =>
    read?.ids ? answerFilter(place, read.ids, scope.limits.chunk) : answered(number, place, condition);
  const plan = await planAnsweredList(view, args, scope, answer);
  const root = compilePlan(plan, scope.registry, mismatches.on);
  return { plan, reader: new Reader(root, requests.with(exactlyFor(plan, context, options)), mismatches) };
}

/** Rows that were read already. */
function onePage(rows: readonly Row[]): PageReader {
  return { pageSize: rows.length, page: async () => ({ rows, next: undefined }) };
}

/** The plan of a list of any selection, of which nothing is sent. */
export async function explainNested(
  { scope }: HandleContext,
  view: ViewDescriptor,
  args: QueryArgs,
): Promise<QueryPlan> {
  const plan = await planAnsweredList(view, args, scope, unanswered);
  const together = planTogether(view, args, scope);
  return together ? { ...plan, together: together.stage } : plan;
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
  const mismatches = new Mismatches(client);
  const root = compilePlan(plan, scope.registry, mismatches.on);
  const exact = requests.with(exactlyFor(plan, context, options));
  return (ids) => readByIds(root, ids, exact, mismatches, options.signal);
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
