import type { NamedProperty, NamedView } from "../../ir/index.js";
import { formatVersionedId, writeJson } from "../../models/index.js";

/**
 * What a comment says of a property: paragraphs of the model's text, not escaped.
 *
 * @param usualId - the id that a reader expects behind a name; any other one is told
 */
export function aboutProperty(
  { name, property }: NamedProperty,
  { view }: NamedView,
  usualId: (name: string) => string = (same) => same,
): readonly string[] {
  const details: string[] = [];
  if (property.id !== usualId(name)) details.push(`In CDF: ${property.id}.`);
  if (property.kind === "scalar" && property.unit !== undefined) details.push(`Unit: ${property.unit}.`);
  if ("defaultValue" in property) details.push(`Default: ${writeJson(property.defaultValue)}.`);
  if ("readOnly" in property && property.readOnly) details.push("Computed by the service.");
  if ("immutable" in property && property.immutable) details.push("Cannot be changed once set.");
  if (formatVersionedId(property.declaredBy) !== formatVersionedId(view.id)) {
    details.push(`Inherited from ${property.declaredBy.externalId}.`);
  }
  return [labels(property, property.id), details.join(" ")];
}

/** What a comment says of a view: paragraphs of the model's text, not escaped. */
export function aboutView({ view, instanceType }: NamedView): readonly string[] {
  const isSecond = instanceType === "edge" && view.usedFor === "all";
  const title = isSecond ? "What edges have of this view, which is for nodes and edges." : "";
  return [labels(view, view.id.externalId), title];
}

/** The description, or the name where there is none and it says more than the id (E15). */
function labels({ name, description }: { readonly name?: string; readonly description?: string }, id: string): string {
  const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  if (description !== undefined) return description;
  return name === undefined || plain(name) === plain(id) ? "" : name;
}
