import type { BuildState, ContainerPartId, PropertyPath, SortKey } from "../../../models/index.js";
import type { ProjectState } from "../state.js";
import { resolveProperty } from "./property.js";

/** A property of a container that a path leads to. */
export interface Column {
  readonly containerKey: string;
  readonly property: string;
}

/** The property that a path leads to; none for facts of instances. */
export function columnOf(state: ProjectState, path: PropertyPath): Column | undefined {
  const { containerKey, containerProperty } = resolveProperty(state, path);
  return containerKey === undefined || containerProperty === undefined
    ? undefined
    : { containerKey, property: containerProperty };
}

/** A cursorable index. */
export interface ServingIndex {
  readonly id: ContainerPartId;
  readonly state: BuildState | undefined;
}

/**
 * The cursorable indexes that serve a sort: those of one container that begin with its properties, in their order.
 * `undefined` for a sort by facts of instances, which no container has an index over.
 */
export function servingIndexes(state: ProjectState, sort: readonly SortKey[]): readonly ServingIndex[] | undefined {
  const columns = sort.flatMap(({ property }) => columnOf(state, property) ?? []);
  const [first] = columns;
  if (!first || columns.length < sort.length) return undefined;
  const container = state.containers.get(first.containerKey);
  if (!container || columns.some(({ containerKey }) => containerKey !== first.containerKey)) return [];
  return Object.entries(container.indexes ?? {})
    .filter(
      ([, index]) =>
        index.indexType !== "inverted" &&
        index.cursorable === true &&
        columns.every(({ property }, position) => index.properties[position] === property),
    )
    .map(([identifier, index]) => ({
      id: { space: container.space, containerExternalId: container.externalId, identifier },
      state: index.state,
    }));
}
