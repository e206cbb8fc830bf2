import { formatVersionedId } from "../../models/index.js";
import { compareText } from "../canonical-json.js";
import type { DiagnosticSink } from "../diagnostics.js";
import type { IrView } from "../model.js";
import { asciiOnly, camelCase, kebabCase, pascalCase } from "./casing.js";
import { type MemberRules, type NameRule, unreserved } from "./rules.js";

/** What one kind of instances of a view is called. */
export interface MemberName {
  /** In Pascal case; perhaps a reserved word. */
  readonly stem: string;
  /** Of the member of the SDK. */
  readonly handle: string;
}

/** A name that a view asks for; a view for nodes and edges asks for two (E43). */
interface Claim {
  readonly view: IrView;
  readonly half: "whole" | "edges";
}

/** Names of the views: of a view for both kinds, those of nodes; those of its edges in `edges`. */
export interface ClaimedNames {
  readonly own: MemberName;
  readonly edges?: MemberName;
}

/**
 * Names of views by id. Views with one external id, or with ids that are one name, are told apart by version, else by
 * space, else by both (E31, E34); what is still one is numbered in the order of ids. The result does not depend on the
 * order of the views.
 */
export function viewNames(
  views: readonly IrView[],
  { handles, overrides }: MemberRules,
  derived: readonly string[],
  diagnostics: DiagnosticSink,
): ReadonlyMap<string, ClaimedNames> {
  const plain: Stem = ({ id }) => pascalCase(overrides?.view?.(id) ?? id.externalId);
  const stems = stemsOf(views, plain, diagnostics);
  const taken = new Set<string>();
  const names = new Map<string, ClaimedNames>();
  for (const { view, half } of inOrder(views, stems, plain)) {
    const id = formatVersionedId(view.id);
    const stem = `${stems.get(id) ?? ""}${half === "edges" ? "Edge" : ""}`;
    const keys = (name: string): string[] => ["", ...derived].map((suffix) => keyOf(name + suffix));
    let unique = stem;
    for (let n = 2; keys(unique).some((key) => taken.has(key)); n++) unique = `${stem}_${n}`;
    for (const key of keys(unique)) taken.add(key);
    if (unique !== stem)
      diagnostics.add("IR.NAME_CLASH", id, `another view is called ${stem}; this one is called ${unique}`);
    const name: MemberName = { stem: unique, handle: unreserved(handleOf(unique, handles.casing), handles.reserved) };
    const known = names.get(id);
    names.set(id, known ? { ...known, edges: name } : { own: name });
  }
  return names;
}

/** Names that differ here differ as types, handles and files, also where files do not tell cases apart. */
function keyOf(stem: string): string {
  return kebabCase(handleOf(stem, camelCase));
}

/** The name of a view in another case. A number at the end, after `_`, is no word of its own. */
export function handleOf(stem: string, casing: NameRule["casing"]): string {
  const [, name = stem, number = ""] = /^(.*?)(_\d+)?$/.exec(stem) ?? [];
  return casing(name) + number;
}

/** Names that no other view asks for come first, and the edges of views for both kinds last. */
function inOrder(views: readonly IrView[], stems: ReadonlyMap<string, string>, plain: Stem): readonly Claim[] {
  const whole = views.map((view): Claim => ({ view, half: "whole" }));
  const edges = views.filter(({ usedFor }) => usedFor === "all").map((view): Claim => ({ view, half: "edges" }));
  const rank = ({ view, half }: Claim): number => {
    const changed = stems.get(formatVersionedId(view.id)) !== plain(view);
    return (half === "edges" ? 2 : 0) + (changed ? 1 : 0);
  };
  return [...whole, ...edges].sort(
    (a, b) => rank(a) - rank(b) || compareText(formatVersionedId(a.view.id), formatVersionedId(b.view.id)),
  );
}

function stemsOf(views: readonly IrView[], plain: Stem, diagnostics: DiagnosticSink): ReadonlyMap<string, string> {
  const groups = new Map<string, IrView[]>();
  for (const view of views) {
    const key = keyOf(plain(view));
    const group = groups.get(key);
    if (group) group.push(view);
    else groups.set(key, [view]);
  }
  const stems = new Map<string, string>();
  for (const group of groups.values()) {
    const suffix = suffixFor(group, plain);
    for (const view of group) {
      const id = formatVersionedId(view.id);
      const stem = suffix(view);
      stems.set(id, stem);
      if (group.length > 1) {
        const others = group.filter((other) => other !== view).map((other) => formatVersionedId(other.id));
        const message = `${others.sort(compareText).join(", ")} would have the same name; this one is called ${stem}`;
        diagnostics.add("IR.NAME_CLASH", id, message);
      }
    }
  }
  return stems;
}

type Stem = (view: IrView) => string;

function suffixFor(group: readonly IrView[], plain: Stem): Stem {
  const byVersion: Stem = (view) => joined(plain(view), view.id.version);
  const bySpace: Stem = (view) => joined(plain(view), pascalCase(view.id.space));
  const byBoth: Stem = (view) => joined(bySpace(view), view.id.version);
  if (group.length === 1) return plain;
  const distinct = (stem: Stem): boolean => new Set(group.map((view) => keyOf(stem(view)))).size === group.length;
  return [byVersion, bySpace].find(distinct) ?? byBoth;
}

/** `Pump` and `v1` to `Pumpv1`; between two digits goes `v`, or they would read as one number. */
function joined(stem: string, suffix: string): string {
  const clean = asciiOnly(suffix).replace(/[^A-Za-z0-9]+/g, "");
  return /\d$/.test(stem) && /^\d/.test(clean) ? `${stem}v${clean}` : stem + clean;
}
