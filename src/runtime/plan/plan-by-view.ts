import { QueryError } from "../../errors/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import { formatVersionedId } from "../../models/index.js";
import { storedNames } from "../registry.js";
import { type Condition, every, negate, some } from "./condition.js";
import { membership } from "./paths.js";
import type { QueryStage, SetPlan } from "./plan.js";
import { RequestDraft } from "./request-draft.js";
import type { PlanScope } from "./scope.js";
import { setExpression } from "./set-expression.js";

const reason = "Reads the instances of a page through each view that they may be in, together.";

/**
 * Plans the request that reads instances of a view through others: a set for each of these, in their order, and a last one
 * for those that are in none.
 *
 * @throws QueryError `QUERY.TOO_MANY` for more views than one request has sets
 */
export function planByView(view: ViewDescriptor, views: readonly ViewDescriptor[], { limits }: PlanScope): QueryStage {
  if (views.length >= limits.sets) {
    throw new QueryError("QUERY.TOO_MANY", `byView() takes at most ${limits.sets - 1} views, got ${views.length}.`);
  }
  const draft = new RequestDraft(limits.sets);
  const readThrough = (of: ViewDescriptor, filter: Condition, label: string): SetPlan => {
    const order = { sort: [], limit: limits.chunk };
    const set = draft.add(label, setExpression(of.instanceType, filter === true ? undefined : filter, order));
    const id = formatVersionedId(of);
    set.carry({ source: id, property: "*" });
    return { name: set.name, instanceType: of.instanceType, view: id, fields: storedNames(of), relations: [] };
  };
  const [root, ...beside] = [
    ...views.map((of) => ({ of, filter: membership(of) })),
    { of: view, filter: every([membership(view), negate(some(views.map(membership)))]) },
  ].map(({ of, filter }, index) => readThrough(of, filter, index === 0 ? "root" : of.externalId));
  if (root === undefined) throw new RangeError("A plan has at least one set.");
  const link = { operator: "instanceReferences", chunk: limits.chunk } as const;
  return { endpoint: "query", reason, link, request: draft.request, root, beside };
}
