import {
  type DataModel,
  type DataModelCreate,
  isViewReference,
  type Page,
  sameJson,
  type VersionedId,
  type VersionedIdentity,
  type ViewCreate,
  type ViewReference,
  viewReference,
} from "../../models/index.js";
import { type DataModelsListParameters, type ItemsRequest, MAX_MODEL_VIEWS } from "../../models/requests/index.js";
import { badRequest } from "./fault.js";
import { refuseTooMany } from "./limits.js";
import { pageOf } from "./paging.js";
import { refuseDuplicates, requireSpaces, stamp, type WriteOptions } from "./resource.js";
import { type ProjectState, type StoredDataModel, versionedKey } from "./state.js";
import { deleteVersions, refuseTooManyVersions, selectVersions, versionsByIds } from "./versions.js";
import { requireViews, viewName } from "./view-checks.js";
import { lookupWith, planViews, readView, storeViews } from "./views.js";

/** Whether models are answered with whole views in place of references. */
export type InlineParameters = Partial<Pick<DataModelsListParameters, "inlineViews">>;

/** A data model without the facts the service adds. */
type Definition = Omit<DataModelCreate, "views"> & { readonly views: readonly ViewReference[] };

/**
 * Creates data models or adds views to them, all or none. Views given whole are upserted in the same
 * transaction; a view left out of a version that exists stays in it (contract 6.7).
 */
export function upsertDataModels(
  state: ProjectState,
  { items }: ItemsRequest<DataModelCreate>,
  options: WriteOptions = {},
): Page<DataModel> {
  refuseDuplicates(items, viewName);
  requireSpaces(
    state,
    items.map(({ space }) => space),
    options,
  );
  refuseTooManyVersions("Data model", state.dataModels, items);
  if (!options.system) refuseTooMany(state, "dataModels", items.map(versionedKey));
  const inline = inlineViews(items);
  const views = inline.length > 0 ? planViews(state, inline, options) : [];
  const lookup = lookupWith(state, inline);
  const models = items.map((item) => {
    const given = (item.views ?? []).map(viewReference);
    requireViews(given, lookup);
    const previous = state.dataModels.get(versionedKey(item));
    return stamp<Definition>(
      state,
      previous,
      { ...item, views: appended(item, previous?.views ?? [], given) },
      options,
    );
  });
  if (views.length > 0) storeViews(state, views);
  for (const model of models) state.dataModels.set(versionedKey(model), model);
  state.schemaVersion += 1;
  return { items: models };
}

/** The views given whole; the same one may be given by several models. */
function inlineViews(items: readonly DataModelCreate[]): readonly ViewCreate[] {
  const views: ViewCreate[] = [];
  for (const view of items.flatMap((item) => item.views ?? [])) {
    if (!isViewReference(view) && !views.some((other) => sameJson(other, view))) views.push(view);
  }
  return views;
}

function appended(
  model: DataModelCreate,
  stored: readonly ViewReference[],
  given: readonly ViewReference[],
): readonly ViewReference[] {
  const views = new Map([...stored, ...given].map((reference) => [versionedKey(reference), reference]));
  if (views.size > MAX_MODEL_VIEWS) {
    throw badRequest(
      `Data model '${viewName(model)}' would have ${views.size} views: at most ${MAX_MODEL_VIEWS} are allowed.`,
    );
  }
  return [...views.values()];
}

/** One page of the data models. */
export function listDataModels(state: ProjectState, parameters: DataModelsListParameters): Page<DataModel> {
  const page = pageOf("datamodels", selectVersions(state.dataModels, parameters), versionedKey, parameters);
  return { ...page, items: page.items.map((model) => readDataModel(state, model, parameters)) };
}

/** The data models that exist, of those named. */
export function dataModelsByIds(
  state: ProjectState,
  { items }: ItemsRequest<VersionedId>,
  parameters: InlineParameters = {},
): Page<DataModel> {
  return { items: versionsByIds(state.dataModels, items).map((model) => readDataModel(state, model, parameters)) };
}

/** Deletes data models, never their views; answers with those that were there. */
export function deleteDataModels(
  state: ProjectState,
  request: ItemsRequest<VersionedIdentity>,
): Page<VersionedIdentity> {
  return deleteVersions(state, state.dataModels, request);
}

/** A stored data model as the service returns it: views that are gone are left out of whole ones. */
function readDataModel(
  state: ProjectState,
  model: StoredDataModel,
  { inlineViews: inline }: InlineParameters,
): DataModel {
  if (!inline) return model;
  const views = model.views.flatMap((reference) => state.views.get(versionedKey(reference)) ?? []);
  return { ...model, views: views.map((view) => readView(state, view)) };
}
