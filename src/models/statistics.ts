/** How many there are, and how many there may be. */
export interface CountAndLimit {
  readonly count: number;
  readonly limit: number;
}

/** How many nodes and edges there are; deleted ones count until they are purged. */
export interface InstanceStatistics {
  readonly nodes: number;
  readonly edges: number;
  readonly softDeletedNodes: number;
  readonly softDeletedEdges: number;
  readonly instances: number;
  readonly instancesLimit: number;
  readonly softDeletedInstances: number;
  readonly softDeletedInstancesLimit: number;
}

/** What a project holds, and its limits (contract 7.8). Views and data models count with all versions. */
export interface ProjectStatistics {
  readonly spaces: CountAndLimit;
  readonly containers: CountAndLimit;
  readonly views: CountAndLimit;
  readonly dataModels: CountAndLimit;
  readonly containerProperties: CountAndLimit;
  readonly instances: InstanceStatistics;
  readonly concurrentReadLimit: number;
  readonly concurrentWriteLimit: number;
  readonly concurrentDeleteLimit: number;
}

/** What one space holds (contract 7.8). */
export interface SpaceStatistics {
  readonly space: string;
  readonly containers: number;
  readonly views: number;
  readonly dataModels: number;
  readonly nodes: number;
  readonly edges: number;
  readonly softDeletedNodes: number;
  readonly softDeletedEdges: number;
}
