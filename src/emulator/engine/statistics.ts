import type {
  CountAndLimit,
  InstanceStatistics,
  Page,
  ProjectStatistics,
  SpaceId,
  SpaceStatistics,
} from "../../models/index.js";
import type { ItemsRequest } from "../../models/requests/index.js";
import { propertyCount } from "./containers.js";
import { purgeDeleted } from "./instances/store.js";
import type { ProjectState, StoredInstance } from "./state.js";

/** What a project holds, and its limits (contract 7.8). What is the system's does not count. */
export function projectStatistics(state: ProjectState): ProjectStatistics {
  const { limits } = state;
  return {
    spaces: counted(own(state.spaces).length, limits.spaces),
    containers: counted(own(state.containers).length, limits.containers),
    views: counted(own(state.views).length, limits.views),
    dataModels: counted(own(state.dataModels).length, limits.dataModels),
    containerProperties: counted(propertyCount(state.containers.values()), limits.containerProperties),
    instances: instanceStatistics(state),
    concurrentReadLimit: limits.concurrentReads,
    concurrentWriteLimit: limits.concurrentWrites,
    concurrentDeleteLimit: limits.concurrentDeletes,
  };
}

/** What each space of a project holds, apart from the system's. */
export function listSpaceStatistics(state: ProjectState): Page<SpaceStatistics> {
  return statisticsOf(state, new Set(own(state.spaces).map(({ space }) => space)));
}

/** What the named spaces hold; unknown ones are left out. */
export function spaceStatisticsByIds(state: ProjectState, { items }: ItemsRequest<SpaceId>): Page<SpaceStatistics> {
  return statisticsOf(state, new Set(items.map(({ space }) => space).filter((space) => state.spaces.has(space))));
}

function statisticsOf(state: ProjectState, spaces: ReadonlySet<string>): Page<SpaceStatistics> {
  purgeDeleted(state);
  const bySpace = (resources: Iterable<{ readonly space: string }>): ((space: string) => number) => {
    const counts = new Map<string, number>();
    for (const { space } of resources) counts.set(space, (counts.get(space) ?? 0) + 1);
    return (space) => counts.get(space) ?? 0;
  };
  const deleted = [...state.deletedInstances.values()];
  const containers = bySpace(state.containers.values());
  const views = bySpace(state.views.values());
  const dataModels = bySpace(state.dataModels.values());
  const nodes = bySpace(state.nodeOrder.all());
  const edges = bySpace(state.edgeOrder.all());
  const deletedNodes = bySpace(deleted.filter(isNode));
  const deletedEdges = bySpace(deleted.filter((instance) => !isNode(instance)));
  return {
    items: [...spaces].map((space) => ({
      space,
      containers: containers(space),
      views: views(space),
      dataModels: dataModels(space),
      nodes: nodes(space),
      edges: edges(space),
      softDeletedNodes: deletedNodes(space),
      softDeletedEdges: deletedEdges(space),
    })),
  };
}

function instanceStatistics(state: ProjectState): InstanceStatistics {
  const { items } = listSpaceStatistics(state);
  const sum = (name: "nodes" | "edges" | "softDeletedNodes" | "softDeletedEdges"): number =>
    items.reduce((total, item) => total + item[name], 0);
  const counts = {
    nodes: sum("nodes"),
    edges: sum("edges"),
    softDeletedNodes: sum("softDeletedNodes"),
    softDeletedEdges: sum("softDeletedEdges"),
  };
  return {
    ...counts,
    instances: counts.nodes + counts.edges,
    instancesLimit: state.limits.instances,
    softDeletedInstances: counts.softDeletedNodes + counts.softDeletedEdges,
    softDeletedInstancesLimit: state.limits.softDeletedInstances,
  };
}

function own<T extends { readonly isGlobal: boolean }>(resources: ReadonlyMap<string, T>): readonly T[] {
  return [...resources.values()].filter(({ isGlobal }) => !isGlobal);
}

function counted(count: number, limit: number): CountAndLimit {
  return { count, limit };
}

function isNode({ instanceType }: StoredInstance): boolean {
  return instanceType === "node";
}
