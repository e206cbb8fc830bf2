import type { Diagnostic } from "../../errors/index.js";
import { Diagnostics } from "../diagnostics.js";
import type { IrModel } from "../model.js";
import { asciiOnly, camelCase, pascalCase } from "./casing.js";
import { memberNames } from "./member-names.js";
import { reservedFiles, reservedIdentifiers, unreserved } from "./reserved.js";
import { keyOf, type MemberName } from "./view-names.js";

/** What one kind of instances of a view is called. */
export interface InstanceNames {
  /** Of the interface and of the metadata constant. */
  readonly interface: string;
  /** Of the member of the SDK. */
  readonly handle: string;
}

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
  const views = new Map<string, ViewNames>();
  const taken = new Set<string>();
  for (const [id, { own, edges, properties }] of memberNames(model, diagnostics)) {
    const called = ({ stem, handle }: MemberName): InstanceNames => {
      const name = unreserved(stem, reservedIdentifiers);
      taken.add(name);
      if (name !== stem) {
        diagnostics.add("IR.NAME_ESCAPED", id, `${stem} is reserved in TypeScript; the view is called ${name}`);
      }
      return { interface: name, handle };
    };
    const file = unreserved(keyOf(own.stem), reservedFiles);
    views.set(id, { file, own: called(own), ...(edges && { edges: called(edges) }), properties });
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
