import type { Page, ServerFacts, VersionedId, VersionedIdentity } from "../../models/index.js";
import type { ItemsRequest } from "../../models/requests/index.js";
import { badRequest } from "./fault.js";
import { refuseSystemSpaces } from "./resource.js";
import { type ProjectState, versionedKey } from "./state.js";

type Versioned = VersionedIdentity & ServerFacts;

/** Most versions of one view, and of one data model (contract 3.3). */
const MAX_VERSIONS = 100;

/** Refuses what would make more versions of a view or data model than there may be. */
export function refuseTooManyVersions(
  kind: "View" | "Data model",
  stored: ReadonlyMap<string, VersionedIdentity>,
  items: readonly VersionedIdentity[],
): void {
  const named = (id: VersionedIdentity): string => `${id.space}:${id.externalId}`;
  const added = items.filter((item) => !stored.has(versionedKey(item)));
  const counts = new Map(added.map((item) => [named(item), 0]));
  if (counts.size === 0) return;
  for (const id of [...stored.values(), ...added]) {
    const count = counts.get(named(id));
    if (count !== undefined) counts.set(named(id), count + 1);
  }
  for (const [name, count] of counts) {
    if (count > MAX_VERSIONS) {
      throw badRequest(`${kind} '${name}' would have ${count} versions: at most ${MAX_VERSIONS} are allowed.`);
    }
  }
}

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
  if (deleted.length > 0) state.schemaVersion += 1;
  return { items: deleted.map(({ space, externalId, version }) => ({ space, externalId, version })) };
}
