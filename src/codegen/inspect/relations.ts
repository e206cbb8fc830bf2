import type { IrModel } from "../../ir/index.js";
import { formatVersionedId } from "../../models/index.js";

/** A line between two views of a model. */
export interface Relation {
  readonly kind: "implements" | "direct" | "reverse" | "edge";
  /** Ids of views, as `space/externalId@version`. */
  readonly from: string;
  readonly to: string;
  /** The property. */
  readonly label: string;
  readonly many: boolean;
}

/** The relations between views of a model, each where it is declared. */
export function relationsOf(model: IrModel): readonly Relation[] {
  const held = new Set(model.views.map(({ id }) => formatVersionedId(id)));
  return model.views.flatMap((view) => {
    const from = formatVersionedId(view.id);
    const inherited = new Set(
      model.views
        .filter(({ id }) => view.implements.some((parent) => formatVersionedId(parent) === formatVersionedId(id)))
        .flatMap((parent) => parent.implements.map(formatVersionedId)),
    );
    const parents = view.implements
      .map(formatVersionedId)
      .filter((to) => held.has(to) && !inherited.has(to))
      .map((to): Relation => ({ kind: "implements", from, to, label: "", many: false }));
    const own = view.properties.flatMap((property): Relation[] => {
      if (property.kind === "scalar" || !property.target || formatVersionedId(property.declaredBy) !== from) return [];
      const to = formatVersionedId(property.target);
      const many = property.kind === "direct" ? property.list : !property.single;
      return held.has(to) ? [{ kind: property.kind, from, to, label: property.id, many }] : [];
    });
    return [...parents, ...own];
  });
}
