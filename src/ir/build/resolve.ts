import {
  formatVersionedId,
  isMapped,
  sameJson,
  type UsedFor,
  type VersionedIdentity,
  type View,
  type ViewCreate,
} from "../../models/index.js";
import type { InheritedProperty } from "../inherit.js";
import type { IrView } from "../model.js";
import { commonUse, mapsEveryRequired } from "../read-form.js";
import type { Schema } from "./schema.js";

/** A view's properties by id, inherited ones included. */
export type ResolvedProperties = ReadonlyMap<string, InheritedProperty>;

/** Resolves inheritance, each view once. */
export interface Resolver {
  readonly properties: (view: ViewCreate | View) => ResolvedProperties;
}

/**
 * Like `inheritedProperties`, and a property that a view repeats from a parent unchanged counts as the parent's:
 * the service gives views with inherited properties written out.
 */
export function resolver(schema: Schema): Resolver {
  const known = new Map<string, ResolvedProperties>();
  const properties = (view: ViewCreate | View): ResolvedProperties => {
    const key = formatVersionedId(view);
    const done = known.get(key);
    if (done) return done;
    known.set(key, new Map());
    const resolved = new Map<string, InheritedProperty>();
    for (const reference of view.implements ?? []) {
      const parent = schema.view(reference);
      for (const [id, inherited] of parent ? properties(parent) : []) resolved.set(id, inherited);
    }
    const declaredBy = identityOf(view);
    for (const [id, property] of Object.entries(view.properties ?? {})) {
      const inherited = resolved.get(id);
      const repeated = inherited !== undefined && sameJson(inherited.property, property);
      if (!repeated) resolved.set(id, { property, declaredBy });
    }
    known.set(key, resolved);
    return resolved;
  };
  return { properties };
}

/** The three parts of an id and nothing else. */
export function identityOf({ space, externalId, version }: VersionedIdentity): VersionedIdentity {
  return { space, externalId, version };
}

/** Which instances a view is for, as the service says or, for a view in create form, would say (contract 6.2). */
export function usedForOf(view: ViewCreate | View, properties: ResolvedProperties, schema: Schema): UsedFor {
  if ("usedFor" in view) return view.usedFor;
  const uses: UsedFor[] = [];
  for (const { property, declaredBy } of properties.values()) {
    if (!isMapped(property)) continue;
    const container = schema.container(property.container);
    const parent = schema.view(declaredBy);
    if (container) uses.push(container.usedFor ?? "node");
    else if (parent && "usedFor" in parent) uses.push(parent.usedFor);
  }
  return commonUse(uses);
}

/** Whether instances can be created through a view; those that store nothing write bare nodes (E40). */
export function writableOf(view: ViewCreate | View, properties: ResolvedProperties, schema: Schema): boolean {
  const mapped = new Map<
    string,
    { reference: { space: string; externalId: string; type: "container" }; ids: Set<string> }
  >();
  for (const { property } of properties.values()) {
    if (!isMapped(property)) continue;
    const key = `${property.container.space}/${property.container.externalId}`;
    const entry = mapped.get(key) ?? { reference: property.container, ids: new Set<string>() };
    entry.ids.add(property.containerPropertyIdentifier);
    mapped.set(key, entry);
  }
  if (mapped.size === 0) return true;
  if ("writable" in view) return view.writable;
  return [...mapped.values()].every(({ reference, ids }) => mapsEveryRequired({ reference, mapped: ids }, schema));
}

/** The kind of data that nodes of a view have beside, by the containers of the core model that it maps (contract 11). */
export function resourceOf(properties: ResolvedProperties): Pick<IrView, "resource"> {
  for (const { property } of properties.values()) {
    if (!isMapped(property) || property.container.space !== "cdf_cdm") continue;
    const { externalId } = property.container;
    if (externalId === "CogniteTimeSeries") return { resource: "timeseries" };
    if (externalId === "CogniteFile") return { resource: "file" };
  }
  return {};
}
