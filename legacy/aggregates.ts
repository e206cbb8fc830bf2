import { QueryError } from "../src/errors/index.js";
import type { UntypedArgs, UntypedViewApi } from "../src/runtime/index.js";
import { several } from "./arguments.js";
import type {
  AggregatedGroup,
  AggregatedValue,
  AggregateName,
  HistogramAggregation,
  HistogramValue,
  MetricAggregation,
} from "./types/aggregating.js";

/** An aggregate of a property; without one, the number of instances. */
interface Metric {
  readonly aggregate: AggregateName;
  readonly property: string | undefined;
}

type Asked = AggregateName | MetricAggregation;
type Groups = AggregatedGroup["group"];

/** What v1 calls the property where instances are counted. */
const instances = "externalId";

/**
 * What is to be computed: each aggregate over each property.
 *
 * @throws QueryError `QUERY.INVALID_VALUE` for an aggregate without the property that it needs
 */
export function metricsOf(asked: Asked | readonly Asked[], property: string | readonly string[] | undefined): Metric[] {
  return several<Asked>(asked).flatMap((each): Metric[] => {
    if (typeof each !== "string") return [{ aggregate: each.aggregate, property: each.property }];
    if (property !== undefined) return several(property).map((name) => ({ aggregate: each, property: name }));
    if (each === "count") return [{ aggregate: each, property: undefined }];
    throw new QueryError("QUERY.INVALID_VALUE", `'${each}' needs a property to compute over.`, {
      hint: `Give { property }, or { aggregate: "${each}", property }.`,
    });
  });
}

/**
 * The same in the form that `aggregate` of handles takes.
 *
 * @throws QueryError `QUERY.INVALID_VALUE` where instances and values of properties are to be counted at once
 */
export function aggregateOf(metrics: readonly Metric[]): UntypedArgs {
  const asked = new Map<AggregateName, true | Map<string, true>>();
  for (const { aggregate, property } of metrics) {
    const before = asked.get(aggregate);
    if (before !== undefined && (before === true) !== (property === undefined)) {
      throw new QueryError("QUERY.INVALID_VALUE", "Instances and values of properties cannot be counted in one call.", {
        hint: "Make a call for each.",
      });
    }
    asked.set(
      aggregate,
      property === undefined ? true : new Map([...(before instanceof Map ? before : []), [property, true]]),
    );
  }
  return Object.fromEntries(
    [...asked].map(([aggregate, of]) => [aggregate, of === true ? true : Object.fromEntries(of)]),
  );
}

/** What the aggregates came to, in the order that they were asked for in. */
export function valuesOf(metrics: readonly Metric[], answer: UntypedArgs): AggregatedValue[] {
  return metrics.map(({ aggregate, property }) => {
    const computed = answer[aggregate];
    const value = property === undefined ? computed : (computed as UntypedArgs)[property];
    return { aggregate, property: property ?? instances, value: value as AggregatedValue["value"] };
  });
}

/** The same of each group. */
export function groupsOf(metrics: readonly Metric[], answer: UntypedArgs): AggregatedGroup[] {
  const groups = answer["items"] as readonly (UntypedArgs & { readonly group: Groups })[];
  return groups.map(({ group, ...values }) => ({ group, aggregates: valuesOf(metrics, values) }));
}

/** How often values of a property lie in intervals, of the instances that count. */
export async function histogramOf(
  handle: UntypedViewApi,
  counted: UntypedArgs,
  { property, interval }: Omit<HistogramAggregation, "aggregate">,
): Promise<HistogramValue> {
  const answer = await handle.aggregate({ ...counted, histogram: { [property]: interval } });
  const histogram = answer["histogram"] as Readonly<Record<string, HistogramValue["buckets"]>>;
  return { property, interval, buckets: histogram[property] ?? [] };
}
