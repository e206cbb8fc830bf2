import * as v from "valibot";
import type { Page } from "../page.js";
import type { ProjectStatistics, SpaceStatistics } from "../statistics.js";
import { pageOf } from "./common.js";
import { type AnswerCheck, answerCheck, once, type SchemaOf } from "./schema.js";

const number = v.number;

/** Counts that a project has in all, and each of its spaces. */
function instanceCounts() {
  return { nodes: number(), edges: number(), softDeletedNodes: number(), softDeletedEdges: number() } as const;
}

/** Answer of the statistics of a project (contract 7.8). */
export const projectStatistics: AnswerCheck<ProjectStatistics> = answerCheck(() => {
  const bounded = v.looseObject({ count: number(), limit: number() });
  return v.looseObject({
    spaces: bounded,
    containers: bounded,
    views: bounded,
    dataModels: bounded,
    containerProperties: bounded,
    instances: v.looseObject({
      ...instanceCounts(),
      instances: number(),
      instancesLimit: number(),
      softDeletedInstances: number(),
      softDeletedInstancesLimit: number(),
    }),
    concurrentReadLimit: number(),
    concurrentWriteLimit: number(),
    concurrentDeleteLimit: number(),
  });
});

const spaceStatistics: () => SchemaOf<SpaceStatistics> = once(() => {
  return v.looseObject({
    space: v.string(),
    containers: number(),
    views: number(),
    dataModels: number(),
    ...instanceCounts(),
  });
});

/** Answer with the statistics of spaces (contract 7.8). */
export const spaceStatisticsPage: AnswerCheck<Page<SpaceStatistics>> = answerCheck(() => pageOf(spaceStatistics));
