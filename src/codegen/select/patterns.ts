import { formatVersionedId, type VersionedIdentity } from "../../models/index.js";

/** Whether `Turbine`, `wind/Turbine` or `wind/Turbine@v1` means this view. */
export function matchesView(pattern: string, id: VersionedIdentity): boolean {
  return [id.externalId, `${id.space}/${id.externalId}`, formatVersionedId(id)].includes(pattern);
}

/** Whether `Turbine.name`, with any form of a view, or `*.name` means this property. */
export function matchesProperty(pattern: string, view: VersionedIdentity, property: string): boolean {
  if (!pattern.endsWith(`.${property}`)) return false;
  const of = pattern.slice(0, -property.length - 1);
  return of === "*" || matchesView(of, view);
}
