import type { Diagnostic } from "../../errors/index.js";
import { Diagnostics, type DocumentDataModel, type IrModel, type Schema } from "../../ir/index.js";
import { formatVersionedId, isViewReference, type View, type ViewCreate } from "../../models/index.js";
import { checkDataModelAcceptance, checkViewAcceptance } from "./acceptance.js";
import { checkModelTexts, checkViewTexts } from "./texts.js";
import { checkThrough } from "./through.js";
import { checkUses } from "./uses.js";
import { checkVersions } from "./versions.js";

/**
 * Tells what is odd about the views of a data model although code can be generated for them: what the service would
 * refuse, texts that do not show, relations with several candidates, containers for other instances.
 */
export function checkViews(dataModel: DocumentDataModel, model: IrModel, schema: Schema): readonly Diagnostic[] {
  const diagnostics = new Diagnostics();
  const views = viewsOf(dataModel, schema);
  checkViewAcceptance(views, schema, diagnostics);
  for (const view of views) {
    checkThrough(view, schema, diagnostics);
    checkUses(view, schema, diagnostics);
  }
  checkViewTexts(model, diagnostics);
  return diagnostics.all();
}

/** The same of a data model, whatever there is to be said of its views: also versions that are mixed in it. */
export function checkDataModel(dataModel: DocumentDataModel, model: IrModel, schema: Schema): readonly Diagnostic[] {
  const diagnostics = new Diagnostics();
  checkDataModelAcceptance(dataModel, diagnostics);
  checkVersions(model, viewsOf(dataModel, schema), diagnostics);
  checkModelTexts(model, diagnostics);
  return diagnostics.all();
}

/** Each view once, by id. */
function viewsOf(dataModel: DocumentDataModel, schema: Schema): readonly (ViewCreate | View)[] {
  const views = dataModel.views
    .map((view) => (isViewReference(view) ? schema.view(view) : view))
    .filter((view) => view !== undefined);
  return [...new Set(views)].sort((a, b) => (formatVersionedId(a) < formatVersionedId(b) ? -1 : 1));
}
