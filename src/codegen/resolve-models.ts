import {
  type BuiltModel,
  buildIr,
  coreModel,
  type DocumentDataModel,
  dataModelsOf,
  type ModelDocument,
  olderCoreModel,
  type Schema,
  schemaOf,
} from "../ir/index.js";
import { chooseDataModels } from "./choose.js";
import { checkModel } from "./validate/index.js";

/** Data models, and where what they build on is found. */
export interface ModelOptions {
  /** The model file, as `readModelFiles` or `readModelDocument` gives it. */
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
}

/** Data models of a document, resolved. */
export interface ResolvedModels {
  /** The data models as they were given, sorted by id. */
  readonly chosen: readonly DocumentDataModel[];
  /** The same, resolved, with everything that is odd about each. */
  readonly built: readonly BuiltModel[];
  readonly schema: Schema;
}

/**
 * Resolves the data models of a document, and tells everything that is odd about them.
 *
 * @throws ModelError `MODEL.NOT_FOUND` when the document has no such data model, or none at all
 *
 * @example
 * ```ts
 * import { readModelDocument, resolveModels } from "pygen/codegen";
 * for (const { model, diagnostics } of resolveModels({ document: readModelDocument(json) }).built) {
 *   console.log(model.views.length, diagnostics.length);
 * }
 * ```
 */
export function resolveModels({ document, dependencies = [], dataModel }: ModelOptions): ResolvedModels {
  const chosen = chooseDataModels(dataModelsOf(document), dataModel);
  const schema = schemaOf(document, ...dependencies, coreModel(), olderCoreModel());
  const built = chosen.map((choice) => {
    const { model, diagnostics } = buildIr(choice, schema);
    return { model, diagnostics: [...diagnostics, ...checkModel(choice, model, schema)] };
  });
  return { chosen, built, schema };
}
