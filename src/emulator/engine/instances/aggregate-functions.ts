import {
  type Aggregate,
  type AggregatedNumber,
  type AggregatedValue,
  exactInteger,
  type InstanceType,
  type NumberAggregate,
  type ViewReference,
} from "../../../models/index.js";
import { badRequest } from "../fault.js";
import type { ProjectState, StoredInstance } from "../state.js";
import type { Conversion } from "../units/index.js";
import { compareValues, isNumeric } from "./compare.js";
import { type Property, resolveProperty } from "./property.js";
import { fullPath } from "./view-paths.js";

/** What aggregates are over. */
export interface AggregateContext {
  readonly state: ProjectState;
  readonly view: ViewReference;
  readonly instanceType: InstanceType;
  /** To other units, by property id. */
  readonly conversions: ReadonlyMap<string, Conversion>;
}

/** Computes an aggregate over instances. */
export type Compute = (instances: readonly StoredInstance[]) => AggregatedValue;

/** Facts of instances that can be counted although they are no properties of the view (contract 9.5). */
const COUNTED_FACTS = new Set(["space", "externalId"]);

/**
 * Makes an aggregate ready.
 *
 * @throws {@link Fault} 400 for unknown properties, and for those that are not numeric where they must be.
 */
export function compileAggregate(context: AggregateContext, aggregate: Aggregate): Compute {
  if ("count" in aggregate) return compileCount(context, aggregate.count.property);
  if ("histogram" in aggregate) {
    const { property, interval } = aggregate.histogram;
    const read = numbers(context, property, "histogram");
    return (instances) => ({ aggregate: "histogram", property, interval, buckets: buckets(read(instances), interval) });
  }
  const [name, property] = nameAndProperty(aggregate);
  const read = numbers(context, property, name);
  const compute = NUMBERS[name];
  return (instances) => {
    const values = read(instances);
    if (values.length === 0) return { aggregate: name, property };
    const value = compute(values);
    if (!Number.isFinite(Number(value))) throw badRequest(`The ${name} of property '${property}' is out of range.`);
    return { aggregate: name, property, value };
  };
}

type Name = Exclude<AggregatedNumber["aggregate"], "count">;

function nameAndProperty(aggregate: Exclude<NumberAggregate, { count: unknown }>): readonly [Name, string] {
  if ("avg" in aggregate) return ["avg", aggregate.avg.property];
  if ("min" in aggregate) return ["min", aggregate.min.property];
  return "max" in aggregate ? ["max", aggregate.max.property] : ["sum", aggregate.sum.property];
}

type Numbers = readonly (number | bigint)[];

const NUMBERS: Readonly<Record<Name, (values: Numbers) => number | bigint>> = {
  avg: (values) => {
    const total = Number(sum(values));
    if (Number.isFinite(total)) return total / values.length;
    return values.reduce<number>((mean, value) => mean + Number(value) / values.length, 0);
  },
  min: (values) => values.reduce((a, b) => (compareValues(b, a) < 0 ? b : a)),
  max: (values) => values.reduce((a, b) => (compareValues(b, a) > 0 ? b : a)),
  sum,
};

/** Exact where all are integers. */
function sum(values: Numbers): number | bigint {
  if (!values.every((value) => typeof value === "bigint" || Number.isSafeInteger(value))) {
    return values.reduce<number>((total, value) => total + Number(value), 0);
  }
  return exactInteger(values.reduce<bigint>((total, value) => total + BigInt(value), 0n));
}

function compileCount({ state, view, instanceType }: AggregateContext, id: string | undefined): Compute {
  if (id === undefined) return (instances) => ({ aggregate: "count", value: instances.length });
  const path = COUNTED_FACTS.has(id) ? [instanceType, id] : fullPath(view, [id]);
  const { read } = resolveProperty(state, path);
  return (instances) => {
    const value = instances.filter((instance) => read(instance) !== undefined).length;
    return { aggregate: "count", property: id, value };
  };
}

function numbers(
  { state, view, conversions }: AggregateContext,
  id: string,
  aggregate: string,
): (instances: readonly StoredInstance[]) => Numbers {
  const property = resolveProperty(state, fullPath(view, [id]));
  if (property.kind !== "number") throw notNumeric(property, aggregate);
  const conversion = conversions.get(id);
  const read = (instance: StoredInstance): Numbers => [property.read(instance)].flat().filter(isNumeric);
  if (!conversion) return (instances) => instances.flatMap(read);
  return (instances) => instances.flatMap(read).map((value) => conversion.convert(Number(value)));
}

function notNumeric({ name, type }: Property, aggregate: string): Error {
  return badRequest(`Cannot use ${aggregate} on property '${name}' of type ${type.type}: it is not numeric`);
}

/** In the order of their starts; empty ones are left out. */
function buckets(values: Numbers, interval: number): { readonly start: number; readonly count: number }[] {
  const counts = new Map<number, number>();
  for (const value of values) {
    const multiple = Math.floor(Number(value) / interval) * interval;
    // An interval can be too small beside the value for a number to tell.
    const start = Number.isFinite(multiple) ? multiple : Number(value);
    counts.set(start, (counts.get(start) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b).map(([start, count]) => ({ start, count }));
}
