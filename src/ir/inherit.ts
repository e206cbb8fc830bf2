import {
  type Container,
  type ContainerCreate,
  type ContainerId,
  type ContainerReference,
  formatVersionedId,
  type VersionedIdentity,
  type ViewCreate,
  type ViewPropertyCreate,
} from "../models/index.js";

/** Finds the schema resources that a view builds on. */
export interface SchemaLookup {
  readonly view: (id: VersionedIdentity) => ViewCreate | undefined;
  readonly container: (id: ContainerId | ContainerReference) => ContainerCreate | Container | undefined;
}

/** A property of a view with the view that declared it. */
export interface InheritedProperty {
  readonly property: ViewPropertyCreate;
  readonly declaredBy: VersionedIdentity;
}

/**
 * All properties of a view by id: inherited ones first, in the order of `implements`.
 * A later parent wins over an earlier one, own properties win over all (contract 6.4).
 * Parents that cannot be found, and cycles, contribute nothing.
 */
export function inheritedProperties(
  view: ViewCreate,
  lookup: Pick<SchemaLookup, "view">,
): ReadonlyMap<string, InheritedProperty> {
  const known = new Map<string, ReadonlyMap<string, InheritedProperty>>();
  const nothing: ReadonlyMap<string, InheritedProperty> = new Map();

  const resolve = (current: ViewCreate): ReadonlyMap<string, InheritedProperty> => {
    const key = formatVersionedId(current);
    const done = known.get(key);
    if (done) return done;
    known.set(key, nothing);
    const properties = new Map<string, InheritedProperty>();
    for (const reference of current.implements ?? []) {
      const parent = lookup.view(reference);
      if (!parent) continue;
      for (const [id, inherited] of resolve(parent)) properties.set(id, inherited);
    }
    const declaredBy = { space: current.space, externalId: current.externalId, version: current.version };
    for (const [id, property] of Object.entries(current.properties ?? {})) properties.set(id, { property, declaredBy });
    known.set(key, properties);
    return properties;
  };
  return resolve(view);
}

/** Every view that a view implements, directly or not, nearest first; each once, itself left out. */
export function ancestors(view: ViewCreate, lookup: Pick<SchemaLookup, "view">): readonly VersionedIdentity[] {
  const seen = new Set([formatVersionedId(view)]);
  const found: VersionedIdentity[] = [];
  let level: readonly ViewCreate[] = [view];
  while (level.length > 0) {
    const next: ViewCreate[] = [];
    for (const reference of level.flatMap((child) => child.implements ?? [])) {
      const key = formatVersionedId(reference);
      if (seen.has(key)) continue;
      seen.add(key);
      found.push({ space: reference.space, externalId: reference.externalId, version: reference.version });
      const parent = lookup.view(reference);
      if (parent) next.push(parent);
    }
    level = next;
  }
  return found;
}
