import type { Diagnostic } from "../errors/index.js";
import { buildIr, coreModel, dataModelsOf, type ModelDocument, olderCoreModel, schemaOf } from "../ir/index.js";
import { formatVersionedId } from "../models/index.js";
import { chooseDataModels } from "./choose.js";
import { folderNames } from "./folders.js";
import type { Target } from "./target.js";
import { targetModel } from "./target-model.js";
import { typescript } from "./targets/typescript/index.js";

/** What to generate, and how. */
export interface GenerateOptions {
  /** The model file, as `readModelDocument` gives it. */
  readonly document: ModelDocument;
  /**
   * Documents with views and containers that `document` builds on. What they lack too is looked for in the system
   * models that every project has (`cdf_cdm`, `cdf_core`).
   */
  readonly dependencies?: readonly ModelDocument[];
  /**
   * Which data model of the document: `space/externalId@version`, or any unambiguous part of it such as the external id.
   * Left out, all of them; a document without any counts as one data model of all its views.
   */
  readonly dataModel?: string;
  /**
   * The language, and how to write it: `typescript()`, `python()`, or a target of your own.
   * @defaultValue typescript()
   */
  readonly target?: Target;
}

/** What was generated. */
export interface Generated {
  /** Text by path, with `/` between folders; every path is relative and stays below the folder it is written to. */
  readonly files: ReadonlyMap<string, string>;
  /** Everything that is odd about the models; where there are errors the files lack what is at fault. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Generates an SDK; of several data models each in a folder of its own.
 * A pure function: equal input gives equal bytes, whatever the order of views and properties (E131).
 *
 * @throws ModelError `MODEL.NOT_FOUND` when the document has no such data model, or none at all
 *
 * @example
 * ```ts
 * import { generate, readModelDocument } from "pygen/codegen";
 * const { files, diagnostics } = generate({ document: readModelDocument(json) });
 * for (const [path, text] of files) console.log(path, text.length);
 * ```
 */
export function generate(options: GenerateOptions): Generated {
  const { document, dependencies = [], dataModel, target = typescript() } = options;
  const chosen = chooseDataModels(dataModelsOf(document), dataModel);
  const schema = schemaOf(document, ...dependencies, coreModel(), olderCoreModel());
  const folders = folderNames(chosen);
  const files = new Map<string, string>();
  const diagnostics = new Map<string, Diagnostic>();
  for (const choice of chosen) {
    const built = buildIr(choice, schema);
    const named = targetModel(built.model, target);
    const folder = chosen.length > 1 ? `${folders.get(formatVersionedId(choice)) ?? ""}/` : "";
    for (const [path, text] of target.render(named)) files.set(folder + path, text);
    for (const found of [...built.diagnostics, ...named.names.diagnostics])
      diagnostics.set(JSON.stringify(found), found);
  }
  return { files, diagnostics: [...diagnostics.values()] };
}
