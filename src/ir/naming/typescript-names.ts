import type { Diagnostic } from "../../errors/index.js";
import { formatVersionedId } from "../../models/index.js";
import { type DiagnosticSink, Diagnostics } from "../diagnostics.js";
import type { IrModel } from "../model.js";
import { asciiOnly, camelCase, pascalCase } from "./casing.js";
import { propertyNames } from "./property-names.js";
import { reservedIdentifiers, unreserved } from "./reserved.js";
import { type InstanceNames, viewNames } from "./view-names.js";

/** What a view and its properties are called in TypeScript. */
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

/** What a model and all that is in it is called in TypeScript. */
export interface ModelNames {
  /** Of the function that gives the SDK: `windFarm`. */
  readonly function: string;
  /** Of the type of what it returns: `WindFarm`. */
  readonly type: string;
  /** Of the interface of its views: `WindFarmViews`. */
  readonly viewsType: string;
  /** By `space/externalId@version`. */
  readonly views: ReadonlyMap<string, ViewNames>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Names everything of a model for TypeScript. No name occurs twice where it would matter, whatever the ids are, and
 * names do not depend on the order of the input (E1 to E38).
 */
export function typescriptNames(model: IrModel): ModelNames {
  const diagnostics = new Diagnostics();
  const views = memberNames(model, diagnostics);
  const taken = new Set<string>();
  for (const { own, edges } of views.values()) {
    taken.add(own.interface);
    if (edges) taken.add(edges.interface);
  }
  const free = (name: string, suffix: string): string => {
    let unique = unreserved(name, reservedIdentifiers);
    for (let n = 1; taken.has(unique); n++) unique = n === 1 ? `${name}${suffix}` : `${name}${suffix}${n}`;
    taken.add(unique);
    return unique;
  };
  const { externalId } = model.id;
  const type = free(pascalCase(externalId), "Model");
  const viewsType = free(`${pascalCase(externalId)}Views`, "Map");
  const name = free(camelCase(asciiOnly(externalId)), "Model");
  return { function: name, type, viewsType, views, diagnostics: diagnostics.all() };
}

/** Names the views of a model and their properties, by `space/externalId@version`. */
export function memberNames(model: IrModel, diagnostics: DiagnosticSink): ReadonlyMap<string, ViewNames> {
  const claimed = viewNames(model.views, diagnostics);
  return new Map(
    model.views.flatMap((view): [string, ViewNames][] => {
      const id = formatVersionedId(view.id);
      const names = claimed.get(id);
      const ids = view.properties.map((property) => property.id);
      return names ? [[id, { ...names, properties: propertyNames(ids, id, diagnostics) }]] : [];
    }),
  );
}
