/** How much one project may hold, how many calls it runs at a time, and how long (contract 3.1, 3.2). */
export interface ProjectLimits {
  /** @defaultValue 100 */
  readonly spaces: number;
  /** @defaultValue 1000 */
  readonly containers: number;
  /** In all containers together. @defaultValue 25000 */
  readonly containerProperties: number;
  /** With all their versions. @defaultValue 2000 */
  readonly views: number;
  /** With all their versions. @defaultValue 500 */
  readonly dataModels: number;
  /** Nodes and edges. @defaultValue 5000000 */
  readonly instances: number;
  /** Deleted within the last 3 days. @defaultValue 10000000 */
  readonly softDeletedInstances: number;
  /** Calls that read instances. @defaultValue 8 */
  readonly concurrentReads: number;
  /** Calls that write instances. @defaultValue 4 */
  readonly concurrentWrites: number;
  /** Calls that delete instances. @defaultValue 2 */
  readonly concurrentDeletes: number;
  /**
   * Steps of a call that reads instances: one is an instance that is looked at, a comparison, or a relation or an edge that
   * is walked. A call that takes more ends with 408. The service itself goes by time.
   * @defaultValue 100000000, which take some seconds
   */
  readonly querySteps: number;
}

/** The service's limits of a project where nothing else is agreed. */
export const DEFAULT_LIMITS: ProjectLimits = {
  spaces: 100,
  containers: 1000,
  containerProperties: 25_000,
  views: 2000,
  dataModels: 500,
  instances: 5_000_000,
  softDeletedInstances: 10_000_000,
  concurrentReads: 8,
  concurrentWrites: 4,
  concurrentDeletes: 2,
  querySteps: 100_000_000,
};
