import type { Diagnostic } from "../../errors/index.js";
import { Diagnostics } from "../diagnostics.js";
import type { IrModel } from "../model.js";
import { memberNames } from "./member-names.js";
import { type NamingRules, unreserved } from "./rules.js";
import { handleOf, type MemberName } from "./view-names.js";

/** What one kind of instances of a view is called. */
export interface InstanceNames {
  /** Of the type: the interface or class. */
  readonly type: string;
  /** Of the member of the SDK. */
  readonly handle: string;
}

/** What a view and its properties are called in a language. */
export interface ViewNames {
  /** Of the file, without extension. */
  readonly file: string;
  /** Of the nodes of a view for nodes or both, of the edges of a view for edges. */
  readonly own: InstanceNames;
  /** Of the edges of a view for both (E43). */
  readonly edges?: InstanceNames;
  /** Names by CDF id. */
  readonly properties: ReadonlyMap<string, string>;
}

/** What a model and all that is in it is called in a language. */
export interface ModelNames<Role extends string = string> {
  /** Names made from the external id of the model. */
  readonly model: Readonly<Record<Role, string>>;
  /** By `space/externalId@version`. */
  readonly views: ReadonlyMap<string, ViewNames>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Names everything of a model by the rules of a language. No name occurs twice where it would matter, whatever the ids
 * are, and names do not depend on the order of the input (E1 to E38).
 */
export function nameModel<Role extends string>(model: IrModel, rules: NamingRules<Role>): ModelNames<Role> {
  const { types, files, language } = rules;
  const derived = types.derived ?? [];
  const diagnostics = new Diagnostics();
  const views = new Map<string, ViewNames>();
  const taken = new Set<string>();
  for (const [id, { own, edges, properties }] of memberNames(model, rules, diagnostics, derived)) {
    const called = ({ stem, handle }: MemberName): InstanceNames => {
      const isReserved = ["", ...derived].some((suffix) => types.reserved.has(stem + suffix));
      const type = isReserved ? `${stem}_` : stem;
      for (const suffix of ["", ...derived]) taken.add(type + suffix);
      if (isReserved) {
        diagnostics.add("IR.NAME_ESCAPED", id, `${stem} is reserved in ${language}; the view is called ${type}`);
      }
      return { type, handle };
    };
    const file = unreserved(handleOf(own.stem, files.casing), files.reserved);
    views.set(id, { file, own: called(own), ...(edges && { edges: called(edges) }), properties });
  }
  const named = Object.entries<NamingRules["model"][string]>(rules.model).map(([role, { casing, suffix }]) => {
    const name = casing(model.id.externalId);
    let unique = unreserved(name, types.reserved);
    for (let n = 1; taken.has(unique); n++) unique = n === 1 ? `${name}${suffix}` : `${name}${suffix}${n}`;
    taken.add(unique);
    return [role, unique];
  });
  return { model: Object.fromEntries(named), views, diagnostics: diagnostics.all() };
}
