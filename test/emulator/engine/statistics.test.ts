import { describe, expect, it } from "vitest";
import { deleteInstances } from "../../../src/emulator/engine/instances/index.js";
import {
  listSpaceStatistics,
  projectStatistics,
  spaceStatisticsByIds,
} from "../../../src/emulator/engine/statistics.js";
import { apply, edge, node, project } from "../instances/project.js";

describe("contract 7.8: statistics", () => {
  const state = project();
  apply(state, { items: [node("a"), node("b"), node("c"), edge("ab", "a", "b"), edge("ba", "b", "a")] });
  deleteInstances(state, { items: [{ instanceType: "node", space: "d", externalId: "a" }] });

  it("counts what is the users', with limits; edges that went with their node count as deleted", () => {
    expect(projectStatistics(state)).toMatchObject({
      spaces: { count: 2, limit: 100 },
      containers: { count: 4, limit: 1000 },
      views: { count: 6 },
      dataModels: { count: 0 },
      containerProperties: { count: 22 },
      instances: {
        nodes: 2,
        edges: 0,
        softDeletedNodes: 1,
        softDeletedEdges: 2,
        instances: 2,
        softDeletedInstances: 3,
      },
      concurrentReadLimit: 8,
    });
  });

  it("counts by space; unknown spaces are left out, system spaces come by name", () => {
    const data = {
      nodes: 2,
      edges: 0,
      softDeletedNodes: 1,
      softDeletedEdges: 2,
      containers: 0,
      views: 0,
      dataModels: 0,
    };
    expect(listSpaceStatistics(state).items).toMatchObject([
      { space: "m", containers: 4 },
      { space: "d", ...data },
    ]);
    const items = [{ space: "d" }, { space: "none" }, { space: "sys" }, { space: "d" }];
    expect(spaceStatisticsByIds(state, { items }).items).toMatchObject([
      { space: "d", ...data },
      { space: "sys", nodes: 0 },
    ]);
  });

  it("forgets deleted instances once they are purged", () => {
    const later = { ...state, now: () => 4 * 24 * 60 * 60 * 1000 };
    expect(projectStatistics(later).instances.softDeletedInstances).toBe(0);
  });
});
