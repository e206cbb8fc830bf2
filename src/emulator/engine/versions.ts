import type { Page, ServerFacts, VersionedId, VersionedIdentity } from "../../models/index.js";
import type { ItemsRequest } from "../../models/requests/index.js";
import { refuseSystemSpaces } from "./resource.js";
import { type ProjectState, versionedKey } from "./state.js";

type Versioned = VersionedIdentity & ServerFacts;

/** Which versions of which spaces a list gives. */
export interface VersionedFilter {
  readonly space?: string;
  readonly includeGlobal: boolean;
  readonly allVersions: boolean;
}

/** The resources that a list is about: of each, the newest version by creation, or all (contract 6.3). */
export function selectVersions<T extends Versioned>(
  stored: ReadonlyMap<string, T>,
  { space, includeGlobal, allVersions }: VersionedFilter,
): readonly T[] {
  const selected = [...stored.values()].filter(
    (resource) => (includeGlobal || !resource.isGlobal) && (space === undefined || resource.space === space),
  );
  if (allVersions) return selected;
  const newest = new Map<string, T>();
  for (const resource of selected) {
    const key = `${resource.space}/${resource.externalId}`;
    const other = newest.get(key);
    if (!other || resource.createdTime >= other.createdTime) newest.set(key, resource);
  }
  return [...newest.values()];
}

/** The resources that exist, of those named: without a version, every one (contract 6.3). */
export function versionsByIds<T extends Versioned>(
  stored: ReadonlyMap<string, T>,
  ids: readonly VersionedId[],
): readonly T[] {
  const found = ids.flatMap(({ space, externalId, version }) => {
    if (version !== undefined) return stored.get(versionedKey({ space, externalId, version })) ?? [];
    return [...stored.values()].filter((resource) => resource.space === space && resource.externalId === externalId);
  });
  return [...new Set(found)];
}

/** Deletes versions; answers with those that were there. */
export function deleteVersions<T extends Versioned>(
  state: ProjectState,
  stored: Map<string, T>,
  { items }: ItemsRequest<VersionedIdentity>,
): Page<VersionedIdentity> {
  refuseSystemSpaces(
    state,
    items.map(({ space }) => space),
    {},
  );
  const deleted = items.filter((id) => stored.delete(versionedKey(id)));
  return { items: deleted.map(({ space, externalId, version }) => ({ space, externalId, version })) };
}
