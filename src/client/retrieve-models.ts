import {
  type DataModel,
  formatVersionedId,
  isViewReference,
  parseJson,
  type VersionedIdentity,
  type View,
} from "../models/index.js";
import type { PygenClient } from "./pygen-client.js";

/** Data models with their views, and the views outside of them that these implement. */
export interface RetrievedModels {
  readonly dataModels: readonly DataModel[];
  readonly parents: readonly View[];
  /** Those asked for that are not there. */
  readonly missing: readonly VersionedIdentity[];
}

/** Gets data models as generation needs them: with the views that theirs implement, directly or not. */
export async function retrieveModels(
  client: PygenClient,
  ids: readonly VersionedIdentity[],
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<RetrievedModels> {
  const asked = { ...options, parse: parseJson };
  const dataModels = await client.dataModels.retrieve(ids, { inlineViews: true }, asked);
  const found = new Set(dataModels.map(formatVersionedId));
  const missing = ids.filter((id) => !found.has(formatVersionedId(id)));
  let level = dataModels.flatMap(({ views = [] }) => views.flatMap((view) => (isViewReference(view) ? [] : [view])));
  const seen = new Set(level.map(formatVersionedId));
  const parents: View[] = [];
  while (level.length > 0) {
    const named = new Map(level.flatMap((view) => view.implements ?? []).map((id) => [formatVersionedId(id), id]));
    const outside = [...named].filter(([id]) => !seen.has(id));
    for (const [id] of outside) seen.add(id);
    const next = outside.map(([, { space, externalId, version }]) => ({ space, externalId, version }));
    level = next.length === 0 ? [] : await client.views.retrieve(next, {}, asked);
    parents.push(...level);
  }
  return { dataModels, parents, missing };
}
