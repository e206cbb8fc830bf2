import type { Diagnostic } from "../../errors/index.js";
import { Diagnostics } from "../diagnostics.js";
import type { IrModel } from "../model.js";
import { isDeviceName } from "./device-names.js";
import { memberNames } from "./member-names.js";
import type { NamingRules, TypeRule } from "./rules.js";
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

/** File systems take 255 bytes, and tools put endings of their own behind names. */
const longestFile = 120;

/** A model that gets names. */
export interface NamedModel extends Pick<IrModel, "id"> {
  /** The text that its names are made from. @defaultValue its external id */
  readonly calledLike?: string;
}

/**
 * Names everything of a model by the rules of a language. No name occurs twice where it would matter, whatever the ids
 * are, and names do not depend on the order of the input (E1 to E38).
 */
export function nameModel<Role extends string>(
  model: NamedModel & Pick<IrModel, "views">,
  rules: NamingRules<Role>,
): ModelNames<Role> {
  const diagnostics = new Diagnostics();
  const taken = new Set<string>();
  const views = namesOfViews(model.views, rules, taken, diagnostics);
  return { model: rolesOf(model, rules, taken), views, diagnostics: diagnostics.all() };
}

/**
 * Names the models of one SDK, which share their views.
 *
 * @param models - in the order in which they are given their names
 * @param views - the views of all of them
 */
export function nameModels<Role extends string>(
  models: readonly NamedModel[],
  views: IrModel["views"],
  rules: NamingRules<Role>,
): readonly ModelNames<Role>[] {
  const diagnostics = new Diagnostics();
  const taken = new Set<string>();
  const named = namesOfViews(views, rules, taken, diagnostics);
  return models.map((model) => ({
    model: rolesOf(model, rules, taken),
    views: named,
    diagnostics: diagnostics.all(),
  }));
}

function rolesOf<Role extends string>(
  { id, calledLike = id.externalId }: NamedModel,
  rules: NamingRules<Role>,
  taken: Set<string>,
): Readonly<Record<Role, string>> {
  const named = Object.entries<NamingRules["model"][string]>(rules.model).map(([role, { casing, suffix }]) => {
    const name = casing(calledLike);
    let unique = isReservedType(name, rules.types) ? `${name}_` : name;
    for (let n = 1; taken.has(unique); n++) unique = n === 1 ? `${name}${suffix}` : `${name}${suffix}${n}`;
    taken.add(unique);
    return [role, unique];
  });
  return Object.fromEntries(named);
}

function namesOfViews(
  views: IrModel["views"],
  rules: NamingRules,
  taken: Set<string>,
  diagnostics: Diagnostics,
): ReadonlyMap<string, ViewNames> {
  const { types, files, language } = rules;
  const derived = types.derived ?? [];
  const named = new Map<string, ViewNames>();
  const takenFiles = new Set<string>();
  for (const [id, { own, edges, properties }] of memberNames({ views }, rules, diagnostics, derived)) {
    const called = ({ stem, handle }: MemberName): InstanceNames => {
      const isReserved = ["", ...derived].some((suffix) => isReservedType(stem + suffix, types));
      const type = isReserved ? `${stem}_` : stem;
      for (const suffix of ["", ...derived]) taken.add(type + suffix);
      if (isReserved) {
        diagnostics.add("IR.NAME_ESCAPED", id, `${stem} is reserved in ${language}; the view is called ${type}`);
      }
      return { type, handle };
    };
    const wanted = handleOf(own.stem, files.casing).slice(0, longestFile);
    // File systems that take capitals for small letters know no difference here either.
    const isReserved = [wanted, wanted.toLowerCase()].some((name) => files.reserved.has(name)) || isDeviceName(wanted);
    const cut = isReserved ? `${wanted}_` : wanted;
    let file = cut;
    for (let n = 2; takenFiles.has(file.toLowerCase()); n++) file = `${cut}_${n}`;
    takenFiles.add(file.toLowerCase());
    named.set(id, { file, own: called(own), ...(edges && { edges: called(edges) }), properties });
  }
  return named;
}

function isReservedType(name: string, { reserved, areFiles = false }: TypeRule): boolean {
  return reserved.has(name) || (areFiles && isDeviceName(name));
}
