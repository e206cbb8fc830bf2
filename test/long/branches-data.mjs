// Turbines with a farm, three blades and an edge to a mast each: views, and canned pages of the answer to one `query`.

const versioned = (externalId) => ({ space: "wind", externalId, version: "v1", instanceType: "node" });

/** As generated code describes them. */
export const farmViews = {
  turbine: {
    ...versioned("Turbine"),
    properties: {
      name: { type: "text" },
      farm: { type: "direct", source: "wind/Farm@v1" },
      blades: { type: "reverse", source: "wind/Blade@v1", through: { source: "wind/Blade@v1", property: "turbine" } },
      masts: { type: "edge", edgeType: { space: "wind", externalId: "near" }, source: "wind/Mast@v1" },
    },
  },
  farm: { ...versioned("Farm"), properties: { name: { type: "text" } } },
  blade: {
    ...versioned("Blade"),
    properties: { name: { type: "text" }, turbine: { type: "direct", source: "wind/Turbine@v1" } },
  },
  mast: { ...versioned("Mast"), properties: { name: { type: "text" } } },
};

export const rowsPerPage = 1_000;

const facts = { version: 1, createdTime: 1_700_000_000_000, lastUpdatedTime: 1_700_000_000_000 };
const ref = (externalId) => ({ space: "data", externalId });
const node = (externalId, view, values) => ({
  instanceType: "node",
  ...ref(externalId),
  ...facts,
  properties: { wind: { [`${view}/v1`]: values } },
});

/** What a page holds, by what its sets are called in a request. */
export function pageOf(page, sets) {
  const indexes = Array.from({ length: rowsPerPage }, (_, at) => page * rowsPerPage + at);
  const farms = [...new Set(indexes.map((index) => Math.floor(index / 10)))];
  const items = {
    root: indexes.map((index) =>
      node(`turbine_${index}`, "Turbine", { name: `Turbine ${index}`, farm: ref(`farm_${Math.floor(index / 10)}`) }),
    ),
    farm: farms.map((index) => node(`farm_${index}`, "Farm", { name: `Farm ${index}` })),
    blades: indexes.flatMap((index) =>
      [1, 2, 3].map((at) => node(`blade_${index}_${at}`, "Blade", { name: `${at}`, turbine: ref(`turbine_${index}`) })),
    ),
    mastsEdges: indexes.map((index) => ({
      instanceType: "edge",
      ...ref(`edge_${index}`),
      ...facts,
      type: { space: "wind", externalId: "near" },
      startNode: ref(`turbine_${index}`),
      endNode: ref("mast_1"),
    })),
  };
  return Object.fromEntries(sets.map((set) => [set, items[set.replace(/^\d+_/, "")]]));
}
