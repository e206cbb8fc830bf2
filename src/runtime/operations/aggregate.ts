import type { ViewDescriptor } from "../../ir/index.js";
import { answeredFilter } from "../answered-filter.js";
import { compileGroup, compileMetrics, metricsOfNone } from "../decode/aggregates.js";
import { Mismatches } from "../decode/mismatch.js";
import { exactly } from "../execute/exact-integers.js";
import type { HandleContext } from "../handle-context.js";
import { nothing } from "../plan/condition.js";
import { metricKinds, planAggregate } from "../plan/plan-aggregate.js";
import { plainSet } from "../plan/plan-plain.js";
import { filtered } from "../plan/set-expression.js";
import { optionsOf } from "../problems.js";
import type { UntypedAggregateArgs, UntypedArgs } from "../types/untyped.js";
import { callKeys, callName, callOptions } from "./call-options.js";

const keys = [
  ...metricKinds,
  "groupBy",
  "where",
  "query",
  "properties",
  "operator",
  "targetUnits",
  "limit",
  ...callKeys,
];

/** Counts, sums and groups instances of a view; by group, as many groups as the service gives. */
export async function aggregate(
  context: HandleContext,
  view: ViewDescriptor,
  args: UntypedAggregateArgs,
): Promise<UntypedArgs> {
  const { client, scope } = context;
  optionsOf(args, callName("aggregate", view), keys);
  const options = callOptions(args);
  const { metrics, groupBy, requests } = planAggregate(view, { ...args });
  const filter = await answeredFilter(context, view, args.where, options);
  if (filter === nothing) return groupBy.length === 0 ? metricsOfNone(metrics) : { items: [], truncated: false };
  const exact = exactly(options, [plainSet(view, [])], scope.registry);
  const answers = await Promise.all(
    requests.map((request) => client.instances.aggregate({ ...request, ...filtered(filter) }, exact)),
  );
  const items = answers.flatMap((answer) => answer.items);
  const mismatches = new Mismatches(client);
  const valuesOf = compileMetrics(view, metrics, mismatches.on);
  if (groupBy.length === 0) return mismatches.checked(valuesOf(items.flatMap(({ aggregates }) => aggregates)));
  const groupOf = compileGroup(view, groupBy, mismatches.on);
  return {
    items: mismatches.checked(items.map((item) => ({ group: groupOf(item), ...valuesOf(item.aggregates) }))),
    truncated: answers.some(({ truncated }) => truncated),
  };
}
