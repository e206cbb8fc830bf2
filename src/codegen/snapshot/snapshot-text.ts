import {
  ancestors,
  canonical,
  compareText,
  coreModel,
  type DocumentDataModel,
  dataModelsOf,
  olderCoreModel,
  type Schema,
  schemaOf,
} from "../../ir/index.js";
import {
  type Container,
  type ContainerCreate,
  formatVersionedId,
  isMapped,
  isReverse,
  isViewReference,
  type VersionedIdentity,
  type View,
  type ViewCreate,
  type ViewProperty,
  type ViewPropertyCreate,
  viewReference,
  writeJson,
} from "../../models/index.js";
import { chooseDataModels } from "../choose.js";
import type { ModelOptions } from "../resolve-models.js";

/** Facts that change without a change of the model, or that say nothing about it. */
const unsaid: ReadonlySet<string> = new Set([
  "createdTime",
  "lastUpdatedTime",
  "isGlobal",
  "mappedContainers",
  "queryable",
  "constraintState",
  "constraints",
  "indexes",
]);

/**
 * Data models as a text to keep under version control: with all that they build on, sorted, without times of the
 * service. Equal models give equal bytes. It is a model file: generating from it needs nothing else.
 *
 * @throws ModelError `MODEL.NOT_FOUND` when the document has no such data model
 *
 * @example
 * ```ts
 * import { readModelDocument, snapshotText } from "pygen/codegen";
 * const snapshot = snapshotText({ document: readModelDocument(json) });
 * ```
 */
export function snapshotText({ document, dependencies = [], dataModel }: ModelOptions): string {
  const chosen = chooseDataModels(dataModelsOf(document), dataModel);
  const whole = schemaOf({ views: chosen.flatMap(({ views }) => views.filter(isWhole)) });
  const rest = schemaOf(document, ...dependencies, coreModel(), olderCoreModel());
  const schema: Schema = { view: (id) => whole.view(id) ?? rest.view(id), container: rest.container };
  const views = viewsOf(chosen, schema);
  const snapshot = {
    containers: containersOf(views, schema).map((container) => canonical(said(container))),
    dataModels: chosen.map((model) => canonical({ ...model, views: sorted(model.views.map(viewReference)) })),
    views: views.map((view) => canonical(said(view))),
  };
  return `${writeJson(snapshot, 2)}\n`;
}

function isWhole(view: DocumentDataModel["views"][number]): view is ViewCreate | View {
  return !isViewReference(view);
}

/** The views of data models, those that they implement, and those that their reverse relations go through. */
function viewsOf(models: readonly DocumentDataModel[], schema: Schema): readonly (ViewCreate | View)[] {
  const found = new Map<string, ViewCreate | View>();
  const add = (id: VersionedIdentity, isMember: boolean): void => {
    const view = schema.view(id);
    if (!view || (found.has(formatVersionedId(id)) && !isMember)) return;
    found.set(formatVersionedId(id), view);
    for (const parent of ancestors(view, schema)) if (!found.has(formatVersionedId(parent))) add(parent, false);
    if (!isMember) return;
    for (const property of Object.values(view.properties ?? {})) {
      if (!isReverse(property)) continue;
      const { source } = property.through;
      if (source.type === "view") add(source, false);
      add(property.source, false);
    }
  };
  for (const { views } of models) for (const view of views) add(view, true);
  // What members inherit is read as if it were their own.
  for (const view of [...found.values()]) add(view, true);
  return sorted([...found.values()]);
}

/** The containers that say what the properties of views in create form are. */
function containersOf(views: readonly (ViewCreate | View)[], schema: Schema): readonly (ContainerCreate | Container)[] {
  const found = new Map<string, ContainerCreate | Container>();
  const properties = views.flatMap((view): readonly (ViewProperty | ViewPropertyCreate)[] =>
    Object.values(view.properties ?? {}),
  );
  for (const property of properties) {
    const ids = isMapped(property)
      ? "type" in property
        ? []
        : [property.container]
      : isReverse(property) && property.through.source.type === "container"
        ? [property.through.source]
        : [];
    for (const id of ids) {
      const container = schema.container(id);
      if (container) found.set(`${id.space}/${id.externalId}`, container);
    }
  }
  return [...found].sort(([a], [b]) => compareText(a, b)).map(([, container]) => container);
}

function sorted<T extends VersionedIdentity>(items: readonly T[]): readonly T[] {
  return [...items].sort((a, b) => compareText(formatVersionedId(a), formatVersionedId(b)));
}

/** The same without what is not said; ids of properties may be called as those facts are. */
function said(item: ViewCreate | View | ContainerCreate | Container): object {
  const { properties = {}, ...facts } = item;
  const without = (value: object): object =>
    Object.fromEntries(Object.entries(value).filter(([key]) => !unsaid.has(key)));
  return {
    ...without(facts),
    properties: Object.fromEntries(Object.entries(properties).map(([id, property]) => [id, without(property)])),
  };
}
