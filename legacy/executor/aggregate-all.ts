import { QueryError } from "../../src/errors/index.js";
import { aggregateOf, groupsOf, histogramOf, metricsOf, valuesOf } from "../aggregates.js";
import { several } from "../arguments.js";
import { mostOfPage, pageLimitOf } from "../limit.js";
import type { AggregatedGroup, AggregatedValue, HistogramAggregation, HistogramValue } from "../types/aggregating.js";
import type { AskedAggregate, QueryAggregateArgs } from "./arguments.js";
import { countedArgs } from "./asked.js";
import { type Handles, notOfBoth } from "./both-kinds.js";
import { mergeGroups, mergeValues } from "./merge-aggregates.js";

/** What aggregates of a view come to; of nodes and edges, together (X3). */
export async function aggregateAll(
  handles: Handles,
  asked: readonly AskedAggregate[],
  args: QueryAggregateArgs,
): Promise<readonly AggregatedValue[] | readonly AggregatedGroup[] | readonly HistogramValue[]> {
  const histograms = asked.filter(isHistogram);
  const metrics = metricsOf(asked.filter(isMetric), undefined);
  const { groupBy, limit } = args;
  const counted = countedArgs(args);
  if (histograms.length > 0) {
    if (metrics.length > 0 || groupBy !== undefined) {
      throw new QueryError("QUERY.INVALID_VALUE", "Histograms go with no other aggregates, nor groups.");
    }
    if (handles.length > 1) throw notOfBoth("histogram");
    return Promise.all(histograms.map((histogram) => histogramOf(handles[0], counted, histogram)));
  }
  if (handles.length > 1 && metrics.some(({ aggregate }) => aggregate === "avg")) throw notOfBoth("avg");
  const most = pageLimitOf(limit ?? null);
  // Of both, all groups are needed: the first of each need not be the same.
  const groups =
    groupBy === undefined ? {} : { groupBy: several(groupBy), limit: handles.length > 1 ? mostOfPage : most };
  const answers = await Promise.all(
    handles.map((handle) => handle.aggregate({ ...aggregateOf(metrics), ...counted, ...groups })),
  );
  if (handles.length > 1 && answers.some((answer) => answer["truncated"] === true)) throw notOfBoth("groupBy");
  const { view } = handles[0];
  return groupBy === undefined
    ? answers.map((answer) => valuesOf(metrics, answer)).reduce((some, others) => mergeValues(view, some, others))
    : answers
        .map((answer) => groupsOf(metrics, answer))
        .reduce((some, others) => mergeGroups(view, some, others))
        .slice(0, most);
}

function isMetric(asked: AskedAggregate): asked is Exclude<AskedAggregate, HistogramAggregation> {
  return !isHistogram(asked);
}

function isHistogram(asked: AskedAggregate): asked is HistogramAggregation {
  return typeof asked !== "string" && asked.aggregate === "histogram";
}
