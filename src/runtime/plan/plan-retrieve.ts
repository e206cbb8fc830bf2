import type { ViewDescriptor } from "../../ir/index.js";
import { storedNames } from "../registry.js";
import type { ByIdsStage, StageLink } from "./plan.js";
import { plainSet, sourcesOf, whole } from "./plan-plain.js";
import type { PlanScope } from "./scope.js";

/** The request that reads instances by id, with all that a view says of them. */
export function planWholeRetrieve(view: ViewDescriptor, { limits }: PlanScope): ByIdsStage {
  const link: StageLink = { operator: "items", chunk: limits.chunk };
  const root = plainSet(view, storedNames(view));
  return { endpoint: "byids", reason: whole, link, request: { items: [], ...sourcesOf(view) }, root };
}
