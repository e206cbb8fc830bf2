import type { ViewDescriptor } from "../../ir/index.js";
import { mismatchesOf } from "../decode/mismatch.js";
import { compileRow } from "../decode/row.js";
import { exactly } from "../execute/exact-integers.js";
import { LazyList } from "../execute/list-query.js";
import { PlainReader } from "../execute/plain-reader.js";
import { Requests } from "../execute/requests.js";
import type { ListRun } from "../execute/stream-pages.js";
import type { HandleContext } from "../handle-context.js";
import { openNested } from "../parts.js";
import { planPlainList } from "../plan/plan-plain.js";
import { optionsOf } from "../problems.js";
import type { UntypedListArgs, UntypedRow } from "../types/untyped.js";
import { callKeys, callName, callOptions } from "./call-options.js";

/** Instances of a view, read when they are asked for. */
export function list(context: HandleContext, view: ViewDescriptor, args: UntypedListArgs = {}): LazyList<UntypedRow> {
  let run: Promise<ListRun> | undefined;
  const open = (): Promise<ListRun> => {
    run ??= openList(context, view, args).catch((error: unknown) => {
      run = undefined;
      throw error;
    });
    return run;
  };
  // A list that was given no options, but something else, is refused when it runs.
  return new LazyList(open, args?.limit !== Number.POSITIVE_INFINITY, args?.signal);
}

async function openList(context: HandleContext, view: ViewDescriptor, args: UntypedListArgs): Promise<ListRun> {
  const { client, scope } = context;
  optionsOf(args, callName("list", view), ["where", "select", "sort", "limit", ...callKeys]);
  const options = callOptions(args);
  const plan = planPlainList(view, args, scope);
  if (plan === undefined) return openNested(context, view, args, options);
  const [stage] = plan.stages;
  const decode = compileRow(view.instanceType, view, stage.root.fields, mismatchesOf(client));
  const requests = new Requests(client.instances, exactly(options, [stage.root], scope.registry));
  return { plan, reader: new PlainReader(stage, decode, requests) };
}
