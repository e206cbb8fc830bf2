import { inheritedProperties, type SchemaLookup, type ViewReadForm, viewReadForm } from "../../ir/index.js";
import {
  type ContainerReference,
  isMapped,
  type MappedPropertyCreate,
  type VersionedIdentity,
  type ViewCreate,
  type ViewReference,
} from "../../models/index.js";
import { badRequest, Fault } from "./fault.js";
import { compileFilter } from "./instances/filter.js";
import { Work } from "./instances/work.js";
import { quoted } from "./resource.js";
import { type ProjectState, type StoredView, versionedKey } from "./state.js";
import { danglingReferences } from "./view-filter.js";

/** How messages name a view (contract 2.3). */
export function viewName({ space, externalId, version }: VersionedIdentity): string {
  return `${space}:${externalId}/${version}`;
}

/** Refuses views that do not exist. */
export function requireViews(references: readonly ViewReference[], lookup: Pick<SchemaLookup, "view">): void {
  const missing = references.filter((reference) => !lookup.view(reference));
  if (missing.length === 0) return;
  throw new Fault(400, `One or more views do not exist: ${quoted([...new Set(missing.map(viewName))])}`, {
    missing: missing.map(({ space, externalId, version }) => ({ space, externalId, version })),
  });
}

/**
 * Refuses a view whose definition does not fit the schema around it (contract 6).
 *
 * @param lookup - what exists once the whole request is done
 * @throws Fault 400 that names what is wrong
 */
export function checkView(view: ViewCreate, lookup: SchemaLookup): void {
  requireViews(view.implements ?? [], lookup);
  refuseCycle(view, lookup);
  const mapped = Object.entries(view.properties ?? {}).flatMap(([id, property]) =>
    isMapped(property) ? [[id, property] as const] : [],
  );
  requireContainers(
    mapped.map(([, { container }]) => container),
    lookup,
  );
  for (const [id, property] of mapped) checkMapped(`property '${id}' of view '${viewName(view)}'`, property, lookup);
  if (view.filter) checkFilter(view.filter, viewName(view), lookup);
}

function requireContainers(references: readonly ContainerReference[], lookup: SchemaLookup): void {
  const missing = references.filter((reference) => !lookup.container(reference));
  if (missing.length === 0) return;
  const names = missing.map(({ space, externalId }) => `${space}:${externalId}`);
  throw new Fault(400, `One or more containers do not exist: ${quoted([...new Set(names)])}`, {
    missing: missing.map(({ space, externalId }) => ({ space, externalId })),
  });
}

function checkMapped(place: string, property: MappedPropertyCreate, lookup: SchemaLookup): void {
  const { container: reference, containerPropertyIdentifier: id, source } = property;
  const properties = lookup.container(reference)?.properties ?? {};
  const target = Object.hasOwn(properties, id) ? properties[id] : undefined;
  if (!target) {
    throw badRequest(`Unknown property '${id}' of container '${reference.space}:${reference.externalId}' in ${place}.`);
  }
  if (source && target.type.type !== "direct") {
    throw badRequest(`Cannot set source of ${place}: it is of type ${target.type.type}, not a direct relation.`);
  }
}

function checkFilter(filter: NonNullable<ViewCreate["filter"]>, name: string, lookup: SchemaLookup): void {
  const { properties, sources } = danglingReferences(filter, lookup);
  const [path] = properties;
  if (path) throw badRequest(`Unknown property [${path.join(", ")}] in the filter of view '${name}'.`);
  const [source] = sources;
  if (!source) return;
  if (source.type === "view") throw badRequest(`One or more views do not exist: '${viewName(source)}'`);
  throw badRequest(`One or more containers do not exist: '${source.space}:${source.externalId}'`);
}

/**
 * Refuses filters that use what they name wrongly, such as `equals` on a list (contract 9.2): found out here, they
 * do not show later as views without instances.
 *
 * @param planned - the views of the request, whose properties their filters may name
 */
export function checkFilterUse(state: ProjectState, planned: readonly StoredView[]): void {
  if (planned.every(({ filter }) => filter === undefined)) return;
  const views = new Map([...state.views, ...planned.map((view) => [versionedKey(view), view] as const)]);
  const context = { state: { ...state, views }, work: new Work(state.limits) };
  for (const view of planned) {
    if (!view.filter) continue;
    try {
      compileFilter(context, view.filter);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      throw badRequest(`Invalid filter of view '${viewName(view)}': ${error.message}`);
    }
  }
}

function refuseCycle(view: ViewCreate, lookup: SchemaLookup): void {
  const own = versionedKey(view);
  const seen = new Set<string>();
  const pending: (readonly VersionedIdentity[])[] = [view.implements ?? []];
  for (let parents = pending.pop(); parents; parents = pending.pop()) {
    for (const parent of parents) {
      const key = versionedKey(parent);
      if (key === own)
        throw badRequest(`View '${viewName(view)}' implements itself: a cycle of implements is not allowed.`);
      if (seen.has(key)) continue;
      seen.add(key);
      pending.push(lookup.view(parent)?.implements ?? []);
    }
  }
}

/**
 * Refuses to add a required property to a version of a view that exists (contract 6.6).
 *
 * @param before - the stored view's read form
 * @param lookup - what exists once the whole request is done
 */
export function checkUpdate(view: ViewCreate, before: ViewReadForm, lookup: SchemaLookup): void {
  const after = viewReadForm(view, lookup).properties;
  for (const id of inheritedProperties(view, lookup).keys()) {
    const property = after.get(id);
    if (before.properties.has(id) || !property || !isMapped(property)) continue;
    if (property.nullable || property.defaultValue !== undefined) continue;
    throw badRequest(
      `Cannot add property '${id}' to view '${view.externalId}/${view.version}' as it is required. Bump the view version to make this change.`,
    );
  }
}
