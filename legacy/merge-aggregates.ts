import { writeJson } from "../src/models/index.js";
import type { AggregatedGroup, AggregatedValue } from "./types/aggregating.js";

type Value = AggregatedValue["value"];

/** What aggregates of nodes and of edges come to together (X3): not averages, which do not tell of how many values they are. */
export function mergeValues(some: readonly AggregatedValue[], others: readonly AggregatedValue[]): AggregatedValue[] {
  return some.map((one, at) => {
    const other = others[at]?.value ?? null;
    return { ...one, value: one.value === null ? other : other === null ? one.value : merged(one, one.value, other) };
  });
}

/** The same of groups: those of one key become one. */
export function mergeGroups(some: readonly AggregatedGroup[], others: readonly AggregatedGroup[]): AggregatedGroup[] {
  const groups = new Map(some.map((one) => [writeJson(one.group), one]));
  for (const other of others) {
    const key = writeJson(other.group);
    const one = groups.get(key);
    groups.set(key, one ? { ...one, aggregates: mergeValues(one.aggregates, other.aggregates) } : other);
  }
  return [...groups.values()];
}

function merged({ aggregate }: AggregatedValue, one: NonNullable<Value>, other: NonNullable<Value>): Value {
  switch (aggregate) {
    case "min":
      return other < one ? other : one;
    case "max":
      return other > one ? other : one;
    default:
      return sum(one, other);
  }
}

function sum(one: NonNullable<Value>, other: NonNullable<Value>): Value {
  return typeof one === "number" && typeof other === "number" ? one + other : BigInt(one) + BigInt(other);
}
