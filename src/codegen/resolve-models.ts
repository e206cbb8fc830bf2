import {
  type BuiltModel,
  buildIr,
  coreModel,
  Diagnostics,
  type DocumentDataModel,
  dataModelsOf,
  type IrModel,
  type ModelDocument,
  memberViews,
  olderCoreModel,
  type Schema,
  schemaOf,
} from "../ir/index.js";
import { formatVersionedId } from "../models/index.js";
import { chooseDataModels } from "./choose.js";
import { checkDataModel, checkViews } from "./validate/index.js";

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

/** Data models of a document. */
export interface ChosenModels {
  /** As they were given, sorted by id. */
  readonly chosen: readonly DocumentDataModel[];
  readonly schema: Schema;
}

/** The data models that are meant, and where what they are made of is found. */
export function chooseModels({ document, dependencies = [], dataModel }: ModelOptions): ChosenModels {
  return {
    chosen: chooseDataModels(dataModelsOf(document), dataModel),
    schema: schemaOf(document, ...dependencies, coreModel(), olderCoreModel()),
  };
}

/**
 * Resolves the data models of a document, each by itself, and tells everything that is odd about them.
 *
 * @returns sorted by id
 * @throws ModelError `MODEL.NOT_FOUND` when the document has no such data model, or none at all
 *
 * @example
 * ```ts
 * import { readModelDocument, resolveModels } from "pygen/codegen";
 * for (const { model, diagnostics } of resolveModels({ document: readModelDocument(json) })) {
 *   console.log(model.views.length, diagnostics.length);
 * }
 * ```
 */
export function resolveModels(options: ModelOptions): readonly BuiltModel[] {
  const { chosen, schema } = chooseModels(options);
  return chosen.map((choice) => {
    const { model, diagnostics } = built(choice, schema);
    return { model, diagnostics: [...diagnostics, ...checkDataModel(choice, model, schema)] };
  });
}

/** Resolves data models that share their views: relations from one to another of them are known. */
export function resolveTogether({ chosen, schema }: ChosenModels): BuiltModel {
  const whole = { space: "", externalId: "", version: "", views: chosen.flatMap(({ views }) => views) };
  return built(whole, schema);
}

function built(dataModel: DocumentDataModel, schema: Schema): BuiltModel {
  const { model, diagnostics } = buildIr(dataModel, schema);
  return { model, diagnostics: [...diagnostics, ...checkViews(dataModel, model, schema)] };
}

/** One of data models that share their views: those of `whole` that it holds, and what is odd about it alone. */
export function partOf(dataModel: DocumentDataModel, whole: IrModel, schema: Schema): BuiltModel {
  const told = new Diagnostics();
  const held = memberViews(dataModel, schema, told);
  const { space, externalId, version, name, description } = dataModel;
  const model: IrModel = {
    irVersion: 1,
    id: { space, externalId, version },
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    views: whole.views.filter(({ id }) => held.has(formatVersionedId(id))),
  };
  if (model.views.length === 0) {
    told.add("IR.NO_VIEWS", formatVersionedId(dataModel), "the data model has no usable view");
  }
  return { model, diagnostics: [...told.all(), ...checkDataModel(dataModel, model, schema)] };
}
