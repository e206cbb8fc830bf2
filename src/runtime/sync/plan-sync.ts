import { QueryError } from "../../errors/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import { formatVersionedId, type InstancesSyncRequest, type SyncMode } from "../../models/index.js";
import { completed } from "../plan/more-conditions.js";
import type { SetPlan } from "../plan/plan.js";
import { planPlainList } from "../plan/plan-plain.js";
import { resolveSelect } from "../plan/resolve-select.js";
import type { PlanScope } from "../plan/scope.js";
import { storedNames } from "../registry.js";

/** A sync of one view, as data. */
export interface SyncPlan {
  /** The request, without its cursor, mode and limit. */
  readonly request: InstancesSyncRequest;
  readonly root: SetPlan;
}

/** The name of the one set of a sync. */
export const syncSet = "root";

/**
 * Plans to follow the instances of a view.
 *
 * @throws QueryError for anything that the view does not have, and for relations that are read into
 */
export function planSync(
  view: ViewDescriptor,
  { where, select }: { readonly where?: unknown; readonly select?: unknown },
  incomplete: PlanScope,
): SyncPlan {
  const scope = completed(incomplete);
  const asked = select ?? Object.fromEntries(storedNames(view).map((name) => [name, true]));
  const [stage] = planPlainList(view, { where, select: asked }, scope)?.stages ?? [];
  if (stage?.endpoint !== "query") {
    resolveSelect({ select }, view, scope);
    throw new QueryError(
      "QUERY.NOT_FOLLOWED",
      `A sync of view ${formatVersionedId(view)} cannot read into relations.`,
      {
        hint: "Select values and ids of direct relations; read the rest of what changed with retrieve().",
      },
    );
  }
  const { root = { nodes: {} } } = stage.request.with;
  const expression = "edges" in root ? { edges: root.edges } : "nodes" in root ? { nodes: root.nodes } : { nodes: {} };
  return { request: { with: { [syncSet]: expression }, select: stage.request.select }, root: stage.root };
}

/** The request for one page. */
export function syncRequest(
  { request }: SyncPlan,
  page: { readonly cursor: string | undefined; readonly mode: SyncMode; readonly limit: number },
): InstancesSyncRequest {
  const { cursor, mode, limit } = page;
  const sets = Object.entries(request.with).map(([name, expression]) => [name, { ...expression, mode, limit }]);
  return {
    ...request,
    with: Object.fromEntries(sets),
    ...(cursor === undefined ? {} : { cursors: { [syncSet]: cursor } }),
  };
}
