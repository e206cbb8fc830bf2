import {
  formatVersionedId,
  sameJson,
  type View,
  type ViewCreate,
  type ViewPropertyCreate,
} from "../../models/index.js";
import { ancestors } from "../inherit.js";
import type { BuildContext } from "./context.js";

/** Tells what is wrong with the parents of views and of theirs (E46, E47, E50). */
export function checkInheritance(views: readonly (ViewCreate | View)[], context: BuildContext): void {
  const { schema } = context;
  const all = new Set<ViewCreate | View>();
  for (const view of views) {
    checkSeveralParents(view, context);
    for (const id of [view, ...ancestors(view, schema)]) {
      const current = schema.view(id);
      if (current) all.add(current);
    }
  }
  for (const view of all) checkParents(view, context);
}

function checkParents(view: ViewCreate | View, { schema, diagnostics }: BuildContext): void {
  const place = formatVersionedId(view);
  for (const reference of view.implements ?? []) {
    const parentId = formatVersionedId(reference);
    const parent = schema.view(reference);
    // A view as the service returns it has the inherited properties written out: its parents are not needed.
    if (!parent && !("usedFor" in view)) {
      diagnostics.add(
        "IR.PARENT_MISSING",
        place,
        `it implements ${parentId}, which is not there; the view lacks its properties`,
      );
    }
    if (parent && (parentId === place || ancestors(parent, schema).some((id) => formatVersionedId(id) === place))) {
      diagnostics.add("IR.PARENT_CYCLE", place, `it implements itself by way of ${parentId}`);
    }
  }
}

function checkSeveralParents(view: ViewCreate | View, { schema, resolver, diagnostics }: BuildContext): void {
  const own = new Set(Object.keys(view.properties ?? {}));
  const known = new Map<string, ViewPropertyCreate>();
  for (const reference of view.implements ?? []) {
    const parent = schema.view(reference);
    for (const [id, { property, declaredBy }] of parent ? resolver.properties(parent) : []) {
      const before = known.get(id);
      if (!own.has(id) && before !== undefined && !sameJson(before, property)) {
        const place = `${formatVersionedId(view)}.${id}`;
        const winner = resolver.properties(view).get(id)?.declaredBy ?? declaredBy;
        diagnostics.add(
          "IR.SEVERAL_PARENTS",
          place,
          `several parents have it and differ; that of ${formatVersionedId(winner)} counts`,
        );
      }
      known.set(id, property);
    }
  }
}
