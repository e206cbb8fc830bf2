import { formatVersionedId, type VersionedIdentity } from "../../models/index.js";
import { compareText } from "../canonical-json.js";
import type { DiagnosticSink } from "../diagnostics.js";
import { type MemberRules, unreserved } from "./rules.js";

/**
 * Names of a view's properties by CDF id. Of several ids with one name the id that is its own name keeps it, then the
 * first by id; the others are numbered (E13). The result does not depend on the order of the ids.
 */
export function propertyNames(
  ids: readonly string[],
  view: VersionedIdentity,
  { language, properties: { casing, reserved }, overrides }: MemberRules,
  diagnostics: DiagnosticSink,
): ReadonlyMap<string, string> {
  const claims = ids
    .map((id) => ({ id, name: casing(overrides?.property?.(view, id) ?? id) }))
    .sort((a, b) => Number(b.id === b.name) - Number(a.id === a.name) || compareText(a.id, b.id));
  const taken = new Map<string, string>();
  const names = new Map<string, string>();
  for (const { id, name: wanted } of claims) {
    const base = unreserved(wanted, reserved);
    let name = base;
    for (let n = 2; taken.has(name); n++) name = `${base}_${n}`;
    const place = `${formatVersionedId(view)}.${id}`;
    if (name !== base) {
      const other = JSON.stringify(taken.get(base));
      diagnostics.add(
        "IR.NAME_CLASH",
        place,
        `in ${language} it would be called ${base}, as ${other} is; it is called ${name}`,
      );
    } else if (base !== wanted) {
      diagnostics.add("IR.NAME_ESCAPED", place, `${wanted} is reserved in ${language}; it is called ${name}`);
    }
    taken.set(name, id);
    names.set(id, name);
  }
  return names;
}
