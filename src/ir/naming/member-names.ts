import { formatVersionedId } from "../../models/index.js";
import type { DiagnosticSink } from "../diagnostics.js";
import type { IrModel } from "../model.js";
import { propertyNames } from "./property-names.js";
import type { MemberRules } from "./rules.js";
import { type ClaimedNames, viewNames } from "./view-names.js";

/** What the members of a view are called. */
export interface MemberNames extends ClaimedNames {
  /** Names by CDF id. */
  readonly properties: ReadonlyMap<string, string>;
}

/**
 * Names views and their properties, by `space/externalId@version`.
 *
 * @param derived - what is put after the name of a view for further types of it
 */
export function memberNames(
  { views }: Pick<IrModel, "views">,
  rules: MemberRules,
  diagnostics: DiagnosticSink,
  derived: readonly string[] = [],
): ReadonlyMap<string, MemberNames> {
  const claimed = viewNames(views, rules, derived, diagnostics);
  return new Map(
    views.flatMap((view): [string, MemberNames][] => {
      const id = formatVersionedId(view.id);
      const names = claimed.get(id);
      const ids = view.properties.map((property) => property.id);
      return names ? [[id, { ...names, properties: propertyNames(ids, view.id, rules, diagnostics) }]] : [];
    }),
  );
}
