import { QueryError } from "../../errors/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import { formatVersionedId, isRecord } from "../../models/index.js";
import { answeredBy, unanswered } from "../answered-filter.js";
import { Mismatches } from "../decode/mismatch.js";
import { compileRow } from "../decode/row.js";
import { ByViewReader } from "../execute/by-view-reader.js";
import { exactly } from "../execute/exact-integers.js";
import { PlainReader } from "../execute/plain-reader.js";
import { requestsOf } from "../execute/requests.js";
import type { ListRun } from "../execute/stream-pages.js";
import type { HandleContext } from "../handle-context.js";
import { listOf } from "../list-of.js";
import type { QueryPlan } from "../plan/plan.js";
import { type Answer, planAnsweredList } from "../plan/plan-answered.js";
import { planByView } from "../plan/plan-by-view.js";
import { kindOf, optionsOf } from "../problems.js";
import { Registry } from "../registry.js";
import type { UntypedByViewArgs } from "../types/untyped.js";
import { atMost, bounded, callName, callOptions, queryKeys } from "./call-options.js";

/** A list of a view's instances through the views that they are in, ready to run. */
export async function openByView(
  unbounded: HandleContext,
  view: ViewDescriptor,
  views: unknown,
  most: number | undefined,
  given: UntypedByViewArgs,
): Promise<ListRun> {
  const context = bounded(unbounded, given);
  const { client } = context;
  const args = atMost(given, most, view);
  const options = callOptions(given);
  const requests = requestsOf(context, options);
  const { plan, stage, known } = await planned(context, view, views, args, answeredBy(requests, context));
  const idOf = compileRow(view.instanceType, view, []);
  const sets = [stage.root, ...(stage.beside ?? [])];
  const exact = requests.with(exactly(options, sets, known));
  const ids = new PlainReader(plan.stages[0], (found) => found.map(idOf), requests);
  return { plan, reader: new ByViewReader(ids, stage, known, exact, new Mismatches(client)) };
}

/** The plan of such a list, of which nothing is sent. */
export async function explainByView(
  context: HandleContext,
  view: ViewDescriptor,
  views: unknown,
  args: UntypedByViewArgs,
): Promise<QueryPlan> {
  const { plan } = await planned(bounded(context, args), view, views, args, unanswered);
  return plan;
}

async function planned(
  { scope }: HandleContext,
  view: ViewDescriptor,
  given: unknown,
  args: UntypedByViewArgs,
  answer: Answer,
) {
  const call = callName("byView", view);
  optionsOf(args, call, ["where", "sort", "limit", "pageSize", ...queryKeys]);
  const views = listOf(given, `The views of ${call}`).map((one) => viewOf(one, view));
  const stage = planByView(view, views, scope);
  const ids = await planAnsweredList(
    view,
    { where: args.where, sort: args.sort, limit: args.limit, pageSize: args.pageSize, select: {} },
    scope,
    answer,
  );
  const plan: QueryPlan = { ...ids, stages: [...ids.stages, stage] };
  return { plan, stage, known: new Registry([view, ...views]) };
}

/** The metadata of what a caller gives as a view: its constant, or its handle. */
function viewOf(given: unknown, of: ViewDescriptor): ViewDescriptor {
  const view: unknown = isRecord(given) && isRecord(given["view"]) ? given["view"] : given;
  if (!isView(view)) {
    throw new QueryError(
      "QUERY.INVALID_VALUE",
      `A view of byView() must be its constant or its handle, got ${kindOf(given)}.`,
    );
  }
  if (view.instanceType === of.instanceType) return view;
  throw new QueryError(
    "QUERY.INVALID_VALUE",
    `${formatVersionedId(view)} reads ${view.instanceType}s, and ${formatVersionedId(of)} ${of.instanceType}s.`,
  );
}

function isView(value: unknown): value is ViewDescriptor {
  return isRecord(value) && isRecord(value["properties"]) && typeof value["instanceType"] === "string";
}
