import { QueryError } from "../../errors/index.js";
import type { DirectDescriptor, PropertyDescriptor, ScalarDescriptor, ViewDescriptor } from "../../ir/index.js";
import {
  type Aggregate,
  formatVersionedId,
  type InstancesAggregateRequest,
  isRecord,
  viewReference,
} from "../../models/index.js";
import { listOf } from "../list-of.js";
import { invalidValue, kindOf, type Place, placeText, unknownProperty } from "../problems.js";
import { isStored, propertyId, propertyOf, storedNames } from "../registry.js";
import { chunksOf } from "./operators.js";
import { targetUnitsOf } from "./target-units.js";
import { foundLimit, planWords } from "./word-search.js";

/** What is computed over numbers. */
export type NumberMetric = "avg" | "sum" | "min" | "max";

/** One thing to compute; without a property, instances are counted. */
export interface Metric {
  readonly kind: NumberMetric | "count" | "histogram";
  readonly name?: string;
  readonly aggregate: Aggregate;
}

/** A property to group by. */
export interface GroupKey {
  readonly name: string;
  readonly id: string;
  readonly property: ScalarDescriptor | DirectDescriptor;
}

/** What is computed, and the requests that do so: several, where that is too much for one. */
export interface AggregatePlan {
  readonly metrics: readonly Metric[];
  readonly groupBy: readonly GroupKey[];
  readonly requests: readonly InstancesAggregateRequest[];
}

/** What is asked for. */
export type AggregateQuery = Readonly<Record<string, unknown>>;

/** Names of what can be computed. */
export const metricKinds: readonly Metric["kind"][] = ["count", "avg", "sum", "min", "max", "histogram"];

/** Of one request (contract 3.4). */
const mostMetrics = 5;
const mostKeys = 5;

/**
 * Plans aggregates, without the filter: one request for each five.
 *
 * @throws QueryError for what the view does not have, for properties of other types, and past the limits of the service
 */
export function planAggregate(view: ViewDescriptor, args: AggregateQuery): AggregatePlan {
  const metrics = metricKinds.flatMap((kind) => metricsOf(kind, args[kind], view));
  const groupBy = args["groupBy"] === undefined ? [] : groupKeys(view, args["groupBy"]);
  const what = `aggregate() of view ${formatVersionedId(view)}`;
  if (metrics.length === 0 && groupBy.length === 0) {
    throw new QueryError("QUERY.NO_AGGREGATE", `${what} is asked for nothing.`, {
      hint: "Ask for count, avg, sum, min, max or histogram, or for groups by groupBy.",
    });
  }
  // Which groups come beyond the limit is not known, so groups of several requests could be others.
  if (groupBy.length > 0 && metrics.length > mostMetrics) {
    throw new QueryError("QUERY.TOO_MANY", `${what} computes at most ${mostMetrics} values by group.`, {
      hint: "Ask for the others in a call of their own.",
    });
  }
  if (groupBy.length === 0 && args["limit"] !== undefined) {
    throw new QueryError("QUERY.INVALID_LIMIT", `${what} has a limit, but no groups that it could limit.`);
  }
  const shared = {
    view: viewReference(view),
    instanceType: view.instanceType,
    ...planWords(view, args),
    ...targetUnitsOf(view, args["targetUnits"]),
    ...(groupBy.length === 0 ? {} : { groupBy: groupBy.map(({ id }) => id) }),
    limit: foundLimit(args["limit"], what),
  };
  const parts = metrics.length === 0 ? [[]] : chunksOf(metrics, mostMetrics);
  const requests = parts.map((part) => ({
    ...shared,
    ...(part.length === 0 ? {} : { aggregates: part.map((metric) => metric.aggregate) }),
  }));
  return { metrics, groupBy, requests };
}

function metricsOf(kind: Metric["kind"], given: unknown, view: ViewDescriptor): Metric[] {
  if (given === undefined) return [];
  if (kind === "count" && given === true) return [{ kind, aggregate: { count: {} } }];
  if (!isRecord(given)) {
    const form =
      kind === "count" ? "true, or an object with names of properties" : "an object with names of properties";
    throw new QueryError("QUERY.INVALID_VALUE", `'${kind}' of aggregate() must be ${form}, got ${kindOf(given)}.`);
  }
  return Object.entries(given).flatMap(([name, value]): Metric[] => {
    if (value === undefined) return [];
    const place = { view, name };
    const property = propertyId(view, name);
    if (kind === "histogram") {
      const interval = intervalOf(place, value);
      checkNumeric(place, kind);
      return [{ kind, name, aggregate: { histogram: { property, interval } } }];
    }
    if (value !== true) throw invalidValue(place, "true", value);
    if (kind === "count") {
      checkStored(place);
      return [{ kind, name, aggregate: { count: { property } } }];
    }
    checkNumeric(place, kind);
    return [{ kind, name, aggregate: numberAggregate(kind, property) }];
  });
}

function numberAggregate(kind: NumberMetric, property: string): Aggregate {
  switch (kind) {
    case "avg":
      return { avg: { property } };
    case "sum":
      return { sum: { property } };
    case "min":
      return { min: { property } };
    case "max":
      return { max: { property } };
  }
}

function intervalOf(place: Place, value: unknown): number {
  if (typeof value === "number" && Number.isFinite(value) && value > 0) return value;
  throw invalidValue(place, "an interval above 0", value);
}

const numeric: ReadonlySet<string> = new Set(["int32", "int64", "float32", "float64"]);
const groupable: ReadonlySet<string> = new Set([...numeric, "text", "direct", "boolean", "enum"]);

function checkNumeric(place: Place, kind: string): void {
  const property = propertyOf(place.view, place.name);
  if (property && numeric.has(property.type)) return;
  throw unfit(place, property, (one) => numeric.has(one.type), `is not numeric: there is no '${kind}' of it`);
}

function checkStored(place: Place): void {
  const property = propertyOf(place.view, place.name);
  if (property && isStored(property)) return;
  throw unfit(place, property, isStored, "is no stored property, so it cannot be counted");
}

function groupKeys(view: ViewDescriptor, given: unknown): GroupKey[] {
  const names = listOf(given, "groupBy");
  if (names.length === 0 || names.length > mostKeys) {
    throw new QueryError("QUERY.TOO_MANY", `groupBy takes 1 to ${mostKeys} properties, got ${names.length}.`);
  }
  return names.map((one) => {
    const name = String(one);
    const place = { view, name };
    const property = propertyOf(view, name);
    if (property && canGroup(property)) return { name, id: propertyId(view, name), property };
    throw unfit(place, property, canGroup, "cannot be grouped by");
  });
}

function canGroup(property: PropertyDescriptor): property is GroupKey["property"] {
  if (!isStored(property)) return false;
  return property.list ? property.type === "text" || property.type === "direct" : groupable.has(property.type);
}

function unfit(
  place: Place,
  property: PropertyDescriptor | undefined,
  fits: (property: PropertyDescriptor) => boolean,
  problem: string,
): QueryError {
  const { view } = place;
  if (property === undefined) return unknownProperty(place, storedNames(view));
  const known = Object.entries(view.properties).flatMap(([name, one]) => (fits(one) ? [name] : []));
  return new QueryError("QUERY.NOT_AGGREGATABLE", `${placeText(place)} ${problem}.`, {
    hint: `Those that can be: ${known.join(", ") || "none"}.`,
  });
}
