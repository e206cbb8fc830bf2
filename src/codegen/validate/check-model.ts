import type { Diagnostic } from "../../errors/index.js";
import { Diagnostics, type DocumentDataModel, type IrModel, type Schema } from "../../ir/index.js";
import { formatVersionedId, isViewReference } from "../../models/index.js";
import { checkAcceptance } from "./acceptance.js";
import { checkTexts } from "./texts.js";
import { checkThrough } from "./through.js";
import { checkUses } from "./uses.js";
import { checkVersions } from "./versions.js";

/**
 * Tells what is odd about a data model although code can be generated for it: what the service would refuse, texts that
 * do not show, versions that are mixed, relations with several candidates, containers for other instances.
 */
export function checkModel(dataModel: DocumentDataModel, model: IrModel, schema: Schema): readonly Diagnostic[] {
  const diagnostics = new Diagnostics();
  const views = dataModel.views
    .map((view) => (isViewReference(view) ? schema.view(view) : view))
    .filter((view) => view !== undefined)
    .sort((a, b) => (formatVersionedId(a) < formatVersionedId(b) ? -1 : 1));
  checkAcceptance(dataModel, views, schema, diagnostics);
  checkVersions(model, views, diagnostics);
  for (const view of views) {
    checkThrough(view, schema, diagnostics);
    checkUses(view, schema, diagnostics);
  }
  checkTexts(model, diagnostics);
  return diagnostics.all();
}
