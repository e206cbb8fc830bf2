import type { ViewDescriptor } from "../../ir/index.js";
import type { QueryPlan, SetPlan } from "../plan/plan.js";
import type { Registry } from "../registry.js";

/** Whether answers must be read exactly: a plan reads through a view whose int64 values are `bigint` (E104). */
export function needsExactIntegers({ stages }: QueryPlan, registry: Registry): boolean {
  const inSet = ({ instanceType, view, far, relations }: SetPlan): boolean =>
    hasBigint(registry.of(instanceType, view)) ||
    (far !== undefined && inSet(far.set)) ||
    relations.some(({ set }) => set !== undefined && inSet(set));
  return stages.some(({ root }) => inSet(root));
}

function hasBigint(view: ViewDescriptor | undefined): boolean {
  return Object.values(view?.properties ?? {}).some((property) => "bigint" in property && property.bigint);
}
