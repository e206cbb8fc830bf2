import { formatVersionedId, type ViewReference, viewReference } from "../../models/index.js";
import { compareText } from "../canonical-json.js";
import type { DocumentDataModel, ModelDocument } from "../document/index.js";

/**
 * The data models of a document. Where it has none, one is made of all its views; where it has no views either, of
 * those its instances are written through; it has the id `<space of the first view>/AllViews@1`.
 */
export function dataModelsOf(document: ModelDocument): readonly DocumentDataModel[] {
  if (document.dataModels.length > 0) return document.dataModels;
  const views = document.views.length > 0 ? document.views.map(viewReference) : viewsOfInstances(document);
  const sorted = [...new Map(views.map((view) => [formatVersionedId(view), view]))]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, view]) => view);
  const [first] = sorted;
  return first ? [{ space: first.space, externalId: "AllViews", version: "1", views: sorted }] : [];
}

function viewsOfInstances({ instances }: ModelDocument): readonly ViewReference[] {
  return [...(instances?.nodes ?? []), ...(instances?.edges ?? [])]
    .flatMap((instance) => instance.sources ?? [])
    .flatMap(({ source }) => (source.type === "view" ? [viewReference(source)] : []));
}
