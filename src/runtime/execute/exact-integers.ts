import type { ViewDescriptor } from "../../ir/index.js";
import { parseJson } from "../../models/index.js";
import type { SetPlan } from "../plan/plan.js";
import type { Registry } from "../registry.js";
import type { CallOptions } from "../types/call.js";
import type { ReadOptions } from "./requests.js";

/** Options of requests whose answers are read exactly where a view that they are read through says `bigint` of int64 (E104). */
export function exactly(options: CallOptions, sets: readonly SetPlan[], registry: Registry): ReadOptions {
  const inSet = ({ instanceType, view, far, relations }: SetPlan): boolean =>
    hasBigint(registry.of(instanceType, view)) ||
    (far !== undefined && inSet(far.set)) ||
    relations.some(({ set }) => set !== undefined && inSet(set));
  return sets.some(inSet) ? { ...options, parse: parseJson } : options;
}

function hasBigint(view: ViewDescriptor | undefined): boolean {
  return Object.values(view?.properties ?? {}).some((property) => "bigint" in property && property.bigint);
}
