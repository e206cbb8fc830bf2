import type { Place } from "../problems.js";
import { unboundView } from "../unbound-view.js";
import type { Condition } from "./condition.js";
import { deeper } from "./deeper.js";
import { pathOf } from "./paths.js";
import type { ConditionScope } from "./scope.js";
import { conditionOf } from "./where-to-filter.js";

/** Says of a direct relation to nodes of a view that the node it points to is so. */
export function is(relation: Place, target: string | undefined, scope: ConditionScope): (where: unknown) => Condition {
  return (where) => {
    const view = scope.registry.node(target);
    if (view === undefined) throw unboundView(relation, target);
    const filter = conditionOf(where, view, deeper(scope, relation));
    const path = pathOf(relation.view, relation.name);
    return filter === true ? { exists: { property: path } } : { nested: { scope: path, filter } };
  };
}
