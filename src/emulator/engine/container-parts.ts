import type {
  Container,
  ContainerId,
  ContainerInspectOperations,
  ContainerPartId,
  InspectedContainer,
  Page,
} from "../../models/index.js";
import type { ItemsRequest } from "../../models/requests/index.js";
import { retried } from "./build-states.js";
import { storeContainer } from "./containers.js";
import { partKey, rowsOf } from "./instances/row-indexes.js";
import { mappingViews } from "./involved-views.js";
import { refuseSystemSpaces } from "./resource.js";
import { containerKey, type ProjectState } from "./state.js";

/** Deletes constraints of containers; answers with those that were there (contract 5.5). */
export function deleteConstraints(state: ProjectState, request: ItemsRequest<ContainerPartId>): Page<ContainerPartId> {
  return deleteParts(state, request, "constraints");
}

/** Deletes indexes of containers; answers with those that were there (contract 5.5). */
export function deleteIndexes(state: ProjectState, request: ItemsRequest<ContainerPartId>): Page<ContainerPartId> {
  return deleteParts(state, request, "indexes");
}

function deleteParts(
  state: ProjectState,
  { items }: ItemsRequest<ContainerPartId>,
  kind: "constraints" | "indexes",
): Page<ContainerPartId> {
  refuseSystemSpaces(
    state,
    items.map(({ space }) => space),
    {},
  );
  return { items: items.filter((item) => deletePart(state, item, kind)) };
}

function deletePart(
  state: ProjectState,
  { space, containerExternalId, identifier }: ContainerPartId,
  kind: "constraints" | "indexes",
): boolean {
  const key = containerKey({ space, externalId: containerExternalId });
  const container = state.containers.get(key);
  const parts = container?.[kind];
  if (!container || !parts || !Object.hasOwn(parts, identifier)) return false;
  const kept = Object.fromEntries(Object.entries<object>(parts).filter(([id]) => id !== identifier));
  state.containers.set(key, { ...container, [kind]: kept, lastUpdatedTime: state.now() } satisfies Container);
  state.schemaVersion += 1;
  (kind === "constraints" ? state.uniqueValues : state.propertyIndexes).delete(partKey(key, identifier));
  return true;
}

/** Checks constraints anew; answers with those that are there (contract 5.5). */
export function retryConstraints(state: ProjectState, request: ItemsRequest<ContainerPartId>): Page<ContainerPartId> {
  return retryParts(state, request, "constraints");
}

/** Builds indexes anew; answers with those that are there (contract 5.5). */
export function retryIndexes(state: ProjectState, request: ItemsRequest<ContainerPartId>): Page<ContainerPartId> {
  return retryParts(state, request, "indexes");
}

function retryParts(
  state: ProjectState,
  request: ItemsRequest<ContainerPartId>,
  kind: "constraints" | "indexes",
): Page<ContainerPartId> {
  const page = presentParts(state, request, kind);
  for (const { space, containerExternalId, identifier } of page.items) {
    const container = state.containers.get(containerKey({ space, externalId: containerExternalId }));
    if (container) storeContainer(state, retried(state, container, kind, identifier));
  }
  return page;
}

/**
 * Holds what is stored against properties anew: one that was made required while values were missing is as it should be
 * once they are there (contract 5.2, 5.5). Answers with the properties that are there.
 */
export function retryProperties(state: ProjectState, request: ItemsRequest<ContainerPartId>): Page<ContainerPartId> {
  const page = presentParts(state, request, "properties");
  for (const item of page.items) retryProperty(state, item);
  return page;
}

function presentParts(
  state: ProjectState,
  { items }: ItemsRequest<ContainerPartId>,
  kind: "constraints" | "indexes" | "properties",
): Page<ContainerPartId> {
  refuseSystemSpaces(
    state,
    items.map(({ space }) => space),
    {},
  );
  return {
    items: items.filter(({ space, containerExternalId, identifier }) => {
      const parts = state.containers.get(containerKey({ space, externalId: containerExternalId }))?.[kind];
      return parts !== undefined && Object.hasOwn(parts, identifier);
    }),
  };
}

function retryProperty(state: ProjectState, { space, containerExternalId, identifier }: ContainerPartId): void {
  const key = containerKey({ space, externalId: containerExternalId });
  const container = state.containers.get(key);
  const property = container?.properties[identifier];
  if (!container || property?.constraintState?.nullability !== "failed") return;
  for (const { rows } of rowsOf(state, key).all()) if (rows.get(key)?.has(identifier) === false) return;
  const held = { ...property, constraintState: { ...property.constraintState, nullability: "current" } } as const;
  state.containers.set(key, { ...container, properties: { ...container.properties, [identifier]: held } });
  state.schemaVersion += 1;
}

/** Tells which views map containers; unknown containers are left out (contract 5.6). */
export function inspectContainers(
  state: ProjectState,
  {
    items,
    inspectionOperations: { involvedViews, totalInvolvedViewCount },
  }: ItemsRequest<ContainerId> & { readonly inspectionOperations: ContainerInspectOperations },
): Page<InspectedContainer> {
  const listed = involvedViews && mappingViews(state, involvedViews.allVersions === true);
  const counted = totalInvolvedViewCount && mappingViews(state, totalInvolvedViewCount.allVersions === true);
  const found = [...new Map(items.map((id) => [containerKey(id), id]))].filter(([key]) => state.containers.has(key));
  return {
    items: found.map(([key, { space, externalId }]) => {
      const views = listed?.filter(({ containers }) => containers.includes(key));
      const count = counted?.filter(({ containers }) => containers.includes(key)).length;
      const inspectionResults = {
        ...(views ? { involvedViews: views.map(({ reference }) => reference) } : {}),
        ...(count === undefined ? {} : { involvedViewCount: count }),
      };
      return { space, externalId, inspectionResults };
    }),
  };
}
