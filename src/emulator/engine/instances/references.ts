import { isRecord, type JsonValue, type NodeReference } from "../../../models/index.js";

/** Whether a value has the form of a direct relation. */
export function isDirectValue(value: JsonValue | undefined): value is JsonValue & NodeReference {
  return isRecord(value) && typeof value["space"] === "string" && typeof value["externalId"] === "string";
}

/** Whether two references, or their absence, are the same. */
export function sameReference(a: NodeReference | undefined, b: NodeReference | undefined): boolean {
  return a?.space === b?.space && a?.externalId === b?.externalId;
}

/** The direct relations in a value: one, those of a list, or none. */
export function referencesIn(value: JsonValue | undefined): readonly NodeReference[] {
  if (Array.isArray(value)) return value.filter(isDirectValue);
  return isDirectValue(value) ? [value] : [];
}
