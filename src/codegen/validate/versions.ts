import type { DiagnosticSink, IrModel } from "../../ir/index.js";
import {
  formatVersionedId,
  isMapped,
  type VersionedIdentity,
  type View,
  type ViewCreate,
  type ViewProperty,
  type ViewPropertyCreate,
} from "../../models/index.js";

const stemOf = ({ space, externalId }: VersionedIdentity): string => `${space}/${externalId}`;

/** Tells of views that are in a data model in several versions, and of relations to another version than it has. */
export function checkVersions(
  model: IrModel,
  views: readonly (ViewCreate | View)[],
  diagnostics: DiagnosticSink,
): void {
  const versions = new Map<string, string[]>();
  for (const { id } of model.views) versions.set(stemOf(id), [...(versions.get(stemOf(id)) ?? []), id.version]);
  for (const [stem, held] of versions) {
    if (held.length < 2) continue;
    const message = `the data model holds view ${stem} in versions ${held.join(" and ")}: relations tell them apart`;
    diagnostics.add("IR.VERSIONS_MIXED", formatVersionedId(model.id), message);
  }
  for (const view of views) {
    for (const [id, property] of Object.entries<ViewProperty | ViewPropertyCreate>(view.properties ?? {})) {
      const target = targetOf(property);
      const held = target && versions.get(stemOf(target));
      if (!held || held.includes(target.version)) continue;
      const message = `it leads to version ${target.version} of ${stemOf(target)}; the data model has ${held.join(" and ")}`;
      diagnostics.add("IR.TARGET_VERSION", `${formatVersionedId(view)}.${id}`, message);
    }
  }
}

function targetOf(property: ViewProperty | ViewPropertyCreate): VersionedIdentity | undefined {
  if (!isMapped(property)) return property.source;
  if (!("type" in property)) return property.source;
  return property.type.type === "direct" ? property.type.source : undefined;
}
