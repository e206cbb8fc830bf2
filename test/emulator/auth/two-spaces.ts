import type { LoadModel } from "../../../src/emulator/index.js";

const text = { type: { type: "text" as const } };
const container = {
  usedFor: "all" as const,
  properties: { name: text, peer: { type: { type: "direct" as const } } },
};
const view = (space: string) => ({
  space,
  externalId: "Pump",
  version: "v1",
  properties: Object.fromEntries(
    ["name", "peer"].map((id) => [
      id,
      {
        container: { type: "container" as const, space, externalId: "Pump" },
        containerPropertyIdentifier: id,
      },
    ]),
  ),
});
const node = (space: string, externalId: string, peer?: string) => ({
  instanceType: "node" as const,
  space,
  externalId,
  sources: [
    {
      source: { type: "view" as const, space: "pub", externalId: "Pump", version: "v1" },
      properties: { name: externalId, ...(peer ? { peer: { space: "sec", externalId: peer } } : {}) },
    },
  ],
});
const series = (space: string) => ({
  instanceType: "node" as const,
  space,
  externalId: "series",
  sources: [
    {
      source: { type: "view" as const, space: "cdf_cdm", externalId: "CogniteTimeSeries", version: "v1" },
      properties: { name: "series", type: "numeric", isStep: false },
    },
  ],
});

/**
 * Two spaces of the same kind, `pub` and `sec`: a view, a node, a time series and an edge each; node `pub:open` and both
 * edges point at `sec:hidden`.
 */
export const twoSpaces: LoadModel = {
  spaces: [{ space: "pub" }, { space: "sec" }],
  containers: ["pub", "sec"].map((space) => ({ space, externalId: "Pump", ...container })),
  views: [view("pub"), view("sec")],
  dataModels: [
    {
      space: "pub",
      externalId: "Model",
      version: "v1",
      views: [{ type: "view", space: "pub", externalId: "Pump", version: "v1" }],
    },
  ],
  instances: {
    nodes: [node("pub", "open", "hidden"), node("sec", "hidden"), series("pub"), series("sec")],
    edges: ["pub", "sec"].map((space) => ({
      instanceType: "edge",
      space,
      externalId: "edge",
      type: { space: "pub", externalId: "edges" },
      startNode: { space: "pub", externalId: "open" },
      endNode: { space: "sec", externalId: "hidden" },
    })),
  },
};
