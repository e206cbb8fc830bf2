import { ResponseError } from "../../src/errors/index.js";
import type { ViewDescriptor } from "../../src/ir/index.js";
import { formatVersionedId, writeJson } from "../../src/models/index.js";
import { propertyOf } from "../../src/runtime/index.js";
import type { AggregatedGroup, AggregatedValue } from "../types/aggregating.js";

type Value = AggregatedValue["value"];

/**
 * What aggregates of nodes and of edges come to together (X3): not averages, which do not tell of how many values they are.
 *
 * @throws ResponseError `RESPONSE.UNSAFE_INTEGER` for a sum of integers that a number cannot hold
 */
export function mergeValues(
  view: ViewDescriptor,
  some: readonly AggregatedValue[],
  others: readonly AggregatedValue[],
): AggregatedValue[] {
  return some.map((one, at) => {
    const other = others[at]?.value ?? null;
    if (one.value === null || other === null) return { ...one, value: one.value ?? other };
    return { ...one, value: merged(view, one, one.value, other) };
  });
}

/** The same of groups: those of one key become one. */
export function mergeGroups(
  view: ViewDescriptor,
  some: readonly AggregatedGroup[],
  others: readonly AggregatedGroup[],
): AggregatedGroup[] {
  const groups = new Map(some.map((one) => [writeJson(one.group), one]));
  for (const other of others) {
    const key = writeJson(other.group);
    const one = groups.get(key);
    groups.set(key, one ? { ...one, aggregates: mergeValues(view, one.aggregates, other.aggregates) } : other);
  }
  return [...groups.values()];
}

function merged(
  view: ViewDescriptor,
  { aggregate, property }: AggregatedValue,
  one: NonNullable<Value>,
  other: NonNullable<Value>,
): Value {
  switch (aggregate) {
    case "min":
      return other < one ? other : one;
    case "max":
      return other > one ? other : one;
    default:
      return sum(view, property, one, other);
  }
}

function sum(view: ViewDescriptor, property: string, one: NonNullable<Value>, other: NonNullable<Value>): Value {
  if (typeof one !== "number" || typeof other !== "number") return BigInt(one) + BigInt(other);
  const total = one + other;
  if (propertyOf(view, property)?.type !== "int64" || Number.isSafeInteger(total)) return total;
  // As where one of the two is beyond it.
  const message = `sum of '${property}' of view ${formatVersionedId(view)} is beyond 2^53, which a number cannot hold.`;
  throw new ResponseError("RESPONSE.UNSAFE_INTEGER", message, {
    hint: "Load the model with { int64: 'bigint' }.",
  });
}
