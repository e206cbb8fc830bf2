import type { Page, Space, SpaceCreate, SpaceId } from "../../models/index.js";
import type { ItemsRequest, ListParameters } from "../../models/requests/index.js";
import { badRequest } from "./fault.js";
import { refuseTooMany } from "./limits.js";
import { pageOf } from "./paging.js";
import { refuseDuplicates, refuseSystemSpaces, stamp, type WriteOptions } from "./resource.js";
import type { ProjectState } from "./state.js";

/** Creates or replaces spaces, all or none (contract 4.1). */
export function upsertSpaces(
  state: ProjectState,
  { items }: ItemsRequest<SpaceCreate>,
  options: WriteOptions = {},
): Page<Space> {
  refuseDuplicates(items, ({ space }) => space);
  refuseSystemSpaces(
    state,
    items.map(({ space }) => space),
    options,
  );
  if (!options.system) {
    refuseTooMany(
      state,
      "spaces",
      items.map(({ space }) => space),
    );
  }
  const spaces = items.map((item) => stamp<SpaceCreate>(state, state.spaces.get(item.space), item, options));
  for (const space of spaces) state.spaces.set(space.space, space);
  state.schemaVersion += 1;
  return { items: spaces };
}

/** One page of the spaces, system spaces left out unless asked for. */
export function listSpaces(state: ProjectState, parameters: ListParameters): Page<Space> {
  const spaces = [...state.spaces.values()].filter(({ isGlobal }) => parameters.includeGlobal || !isGlobal);
  return pageOf("spaces", spaces, ({ space }) => space, parameters);
}

/** The spaces that exist, of those named. */
export function spacesByIds(state: ProjectState, { items }: ItemsRequest<SpaceId>): Page<Space> {
  return { items: [...new Set(items.map(({ space }) => space))].flatMap((space) => state.spaces.get(space) ?? []) };
}

/** Deletes spaces that hold nothing, all or none; answers with those that were there (contract 4.1). */
export function deleteSpaces(state: ProjectState, { items }: ItemsRequest<SpaceId>): Page<SpaceId> {
  const spaces = [...new Set(items.map(({ space }) => space))].filter((space) => state.spaces.has(space));
  refuseSystemSpaces(state, spaces, {});
  for (const space of spaces) {
    const held = contentOf(state, space);
    if (held !== undefined) throw badRequest(`Space '${space}' is not empty: it holds ${held}. Delete them first.`);
  }
  for (const space of spaces) state.spaces.delete(space);
  state.schemaVersion += 1;
  return { items: spaces.map((space) => ({ space })) };
}

function contentOf(state: ProjectState, space: string): string | undefined {
  const stores = [
    ["containers", state.containers],
    ["views", state.views],
    ["data models", state.dataModels],
  ] as const;
  for (const [name, store] of stores) {
    for (const resource of store.values()) if (resource.space === space) return name;
  }
  return state.instances.sizeOf(space) > 0 ? "instances" : undefined;
}
