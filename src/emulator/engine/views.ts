import type { SchemaLookup } from "../../ir/index.js";
import type { Page, VersionedId, VersionedIdentity, View, ViewCreate, ViewReference } from "../../models/index.js";
import { viewReference } from "../../models/index.js";
import type { ItemsRequest, ViewsListParameters } from "../../models/requests/index.js";
import { refuseTooMany } from "./limits.js";
import { pageOf } from "./paging.js";
import { readFormOf, resolveView, schemaLookup } from "./resolve.js";
import { refuseDuplicates, requireSpaces, stamp, type WriteOptions } from "./resource.js";
import { type ProjectState, type StoredView, versionedKey } from "./state.js";
import { deleteVersions, refuseTooManyVersions, selectVersions, versionsByIds } from "./versions.js";
import { checkFilterUse, checkUpdate, checkView, viewName } from "./view-checks.js";
import { readFilter } from "./view-filter.js";

/** Whether views are answered with the properties of their parents; they are unless asked otherwise. */
export type InheritanceParameters = Partial<Pick<ViewsListParameters, "includeInheritedProperties">>;

/** Creates or replaces views, all or none; views may refer to each other (contract 6). */
export function upsertViews(
  state: ProjectState,
  { items }: ItemsRequest<ViewCreate>,
  options: WriteOptions = {},
): Page<View> {
  const planned = planViews(state, items, options);
  storeViews(state, planned);
  return { items: planned.map((view) => readView(state, view)) };
}

/** What views become by an upsert, with nothing changed yet. */
export function planViews(
  state: ProjectState,
  items: readonly ViewCreate[],
  options: WriteOptions,
): readonly StoredView[] {
  refuseDuplicates(items, viewName);
  requireSpaces(
    state,
    items.map(({ space }) => space),
    options,
  );
  refuseTooManyVersions("View", state.views, items);
  if (!options.system) refuseTooMany(state, "views", items.map(versionedKey));
  const lookup = lookupWith(state, items);
  for (const item of items) {
    checkView(item, lookup);
    const before = resolveView(state, item);
    if (before) checkUpdate(item, before, lookup);
  }
  const planned = items.map((item) => stamp<ViewCreate>(state, state.views.get(versionedKey(item)), item, options));
  checkFilterUse(state, planned);
  return planned;
}

/** Finds what is stored, views of a request before others. */
export function lookupWith(state: ProjectState, views: readonly ViewCreate[]): SchemaLookup {
  const given = new Map(views.map((view) => [versionedKey(view), view]));
  const stored = schemaLookup(state);
  return { ...stored, view: (id) => given.get(versionedKey(id)) ?? stored.view(id) };
}

/** Stores what {@link planViews} planned. */
export function storeViews(state: ProjectState, planned: readonly StoredView[]): void {
  for (const view of planned) state.views.set(versionedKey(view), view);
  state.schemaVersion += 1;
}

/** One page of the views. */
export function listViews(state: ProjectState, parameters: ViewsListParameters): Page<View> {
  const page = pageOf("views", selectVersions(state.views, parameters), versionedKey, parameters);
  return { ...page, items: page.items.map((view) => readView(state, view, parameters)) };
}

/** The views that exist, of those named. */
export function viewsByIds(
  state: ProjectState,
  { items }: ItemsRequest<VersionedId>,
  parameters: InheritanceParameters = {},
): Page<View> {
  return { items: versionsByIds(state.views, items).map((view) => readView(state, view, parameters)) };
}

/** Deletes views; answers with references to those that were there (contract 6.3). */
export function deleteViews(state: ProjectState, request: ItemsRequest<VersionedIdentity>): Page<ViewReference> {
  const { items } = deleteVersions(state, state.views, request);
  return { items: items.map(viewReference) };
}

/** A stored view as the service returns it (contract 6.2). */
export function readView(
  state: ProjectState,
  view: StoredView,
  { includeInheritedProperties = true }: InheritanceParameters = {},
): View {
  const form = readFormOf(state, view);
  const { filter: _stored, properties: own = {}, ...rest } = view;
  const properties = [...form.properties].filter(([id]) => includeInheritedProperties || Object.hasOwn(own, id));
  const filter = readFilter(view, schemaLookup(state));
  return {
    ...rest,
    ...(filter ? { filter } : {}),
    properties: Object.fromEntries(properties),
    writable: form.writable,
    queryable: form.queryable,
    usedFor: form.usedFor,
    mappedContainers: form.mappedContainers,
  };
}
