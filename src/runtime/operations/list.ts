import type { ViewDescriptor } from "../../ir/index.js";
import { Mismatches } from "../decode/mismatch.js";
import { compileRow } from "../decode/row.js";
import { exactly } from "../execute/exact-integers.js";
import { LazyList, type ListSource } from "../execute/list-query.js";
import { PlainReader } from "../execute/plain-reader.js";
import { requestsOf } from "../execute/requests.js";
import type { ListRun } from "../execute/stream-pages.js";
import type { HandleContext } from "../handle-context.js";
import { completeScope, countRows, explainNested, openNested } from "../parts.js";
import { mayAsk, needsMore } from "../plan/may-ask.js";
import type { QueryPlan } from "../plan/plan.js";
import { planPlainList } from "../plan/plan-plain.js";
import type { UntypedListArgs, UntypedRow } from "../types/untyped.js";
import { atMost, bounded, callOptions, checkListArgs, watched } from "./call-options.js";

/** Instances of a view, read when they are asked for. */
export function list(context: HandleContext, view: ViewDescriptor, args: UntypedListArgs = {}): LazyList<UntypedRow> {
  const source: ListSource = {
    open: ({ most, watch, resumable }) => openList(watched(context, watch), view, args, most, resumable),
    count: () => countRows(context, view, args, callOptions(args)),
    explain: () => explainList(context, view, args),
  };
  // A list that was given no options, but something else, is refused when it runs.
  return new LazyList(source, args?.limit === undefined, args?.signal);
}

async function openList(
  unbounded: HandleContext,
  view: ViewDescriptor,
  given: UntypedListArgs,
  most: number | undefined,
  resumable: boolean | undefined,
): Promise<ListRun> {
  checkListArgs(given, view);
  const context = await withConditions(bounded(unbounded, given), given);
  const { client, scope } = context;
  const args = atMost(given, most, view);
  const plan = plainPlan(context, view, args);
  const options = callOptions(args);
  if (plan === undefined) return openNested(context, view, args, resumable === true, options);
  const [stage] = plan.stages;
  const mismatches = new Mismatches(client);
  const decode = compileRow(view.instanceType, view, stage.root.fields, mismatches.on);
  const requests = requestsOf(context, exactly(options, [stage.root], scope.registry));
  return { plan, reader: new PlainReader(stage, (found) => mismatches.checked(found.map(decode)), requests) };
}

async function explainList(unbounded: HandleContext, view: ViewDescriptor, args: UntypedListArgs): Promise<QueryPlan> {
  checkListArgs(args, view);
  const context = await withConditions(bounded(unbounded, args), args);
  return plainPlan(context, view, args) ?? (await explainNested(context, view, args));
}

/** Loads what the conditions need. */
async function withConditions(context: HandleContext, args: UntypedListArgs): Promise<HandleContext> {
  if (!needsMore(args.where)) return context;
  return { ...context, scope: await completeScope(context.scope, callOptions(args)) };
}

/** The plan, where neither relations are read nor their far sides asked. */
function plainPlan({ scope }: HandleContext, view: ViewDescriptor, args: UntypedListArgs): QueryPlan | undefined {
  return mayAsk(args.where) ? undefined : planPlainList(view, args, scope);
}
