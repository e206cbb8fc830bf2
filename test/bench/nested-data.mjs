// A farm for queries with relations: turbines with a farm, three blades, an edge to a mast and inspections that cover several.

const space = "wind";
const reference = (externalId) => ({ type: "view", space, externalId, version: "v1" });
const container = (externalId) => ({ type: "container", space, externalId });
const text = { type: { type: "text" } };
const direct = (list = false) => ({ type: { type: "direct", list } });

const stored = {
  Farm: { name: text },
  Mast: { name: text },
  Turbine: { name: text, capacity: { type: { type: "float64" } }, farm: direct() },
  Blade: { name: text, turbine: direct() },
  Inspection: { name: text, turbines: direct(true) },
};
const targets = { farm: "Farm", turbine: "Turbine", turbines: "Turbine" };
const nearType = { space, externalId: "near" };

const views = Object.entries(stored).map(([externalId, properties]) => ({
  space,
  externalId,
  version: "v1",
  properties: Object.fromEntries(
    Object.keys(properties).map((id) => [
      id,
      {
        container: container(externalId),
        containerPropertyIdentifier: id,
        ...(targets[id] && { source: reference(targets[id]) }),
      },
    ]),
  ),
}));

/** What the emulator is loaded with. */
export const model = {
  spaces: [{ space }, { space: "data" }],
  containers: Object.entries(stored).map(([externalId, properties]) => ({ space, externalId, properties })),
  views,
  dataModels: [{ space, externalId: "Nested", version: "v1", views: Object.keys(stored).map(reference) }],
};

const described = (externalId, properties) => ({ space, externalId, version: "v1", instanceType: "node", properties });
const name = { type: "text" };
const to = (view, more) => ({ type: "direct", source: `wind/${view}@v1`, ...more });
const back = (view, property, list) => ({
  type: "reverse",
  source: `wind/${view}@v1`,
  through: { source: `wind/${view}@v1`, property, ...(list && { list: true }) },
});

/** The same as generated code describes it. */
export const descriptors = {
  farm: described("Farm", { name }),
  mast: described("Mast", { name }),
  blade: described("Blade", { name, turbine: to("Turbine") }),
  inspection: described("Inspection", { name, turbines: to("Turbine", { list: true }) }),
  turbine: described("Turbine", {
    name,
    capacity: { type: "float64" },
    farm: to("Farm"),
    blades: back("Blade", "turbine"),
    inspections: back("Inspection", "turbines", true),
    masts: { type: "edge", edgeType: nearType, source: "wind/Mast@v1" },
  }),
};

const ref = (externalId) => ({ space: "data", externalId });
const node = (view, externalId, properties) => ({
  instanceType: "node",
  ...ref(externalId),
  sources: [{ source: reference(view), properties }],
});

/** All instances, for so many turbines. */
export function instances(turbines) {
  const all = Array.from({ length: turbines }, (_, index) => index);
  const tens = all.filter((index) => index % 10 === 0).map((index) => index / 10);
  return [
    ...tens.flatMap((index) => [
      node("Farm", `farm_${index}`, { name: `Farm ${index}` }),
      node("Mast", `mast_${index}`, { name: `Mast ${index}` }),
    ]),
    ...all.map((index) => {
      const farm = ref(`farm_${Math.floor(index / 10)}`);
      return node("Turbine", `turbine_${index}`, { name: `Turbine ${index}`, capacity: index % 12, farm });
    }),
    ...all.flatMap((index) =>
      [1, 2, 3].map((at) => node("Blade", `blade_${index}_${at}`, { name: `${at}`, turbine: ref(`turbine_${index}`) })),
    ),
    ...all.map((index) => {
      const turbinesOf = [index, (index + 1) % turbines].map((at) => ref(`turbine_${at}`));
      return node("Inspection", `inspection_${index}`, { name: `Inspection ${index}`, turbines: turbinesOf });
    }),
    ...all.map((index) => ({
      instanceType: "edge",
      ...ref(`edge_${index}`),
      type: nearType,
      startNode: ref(`turbine_${index}`),
      endNode: ref(`mast_${Math.floor(index / 10)}`),
    })),
  ];
}

/** Turbines that there are. */
export const turbines = 10_000;

/** What is selected, as ours takes it. */
export const selections = {
  nested: {
    name: true,
    farm: { select: { name: true } },
    blades: { select: { name: true } },
    masts: { select: { name: true } },
  },
  list: { name: true, inspections: { select: { name: true } } },
};

const sources = (view, ...properties) => ({ sources: [{ source: reference(view), properties }] });
const through = (view, identifier, direction) => ({ through: { source: reference(view), identifier }, direction });
const hasData = (view) => ({ filter: { hasData: [reference(view)] } });

/** The same as one writes it by hand. */
export const handWritten = {
  nested: {
    with: {
      turbines: { nodes: hasData("Turbine"), limit: 1_000 },
      farms: {
        nodes: { from: "turbines", ...through("Turbine", "farm", "outwards"), ...hasData("Farm") },
        limit: 10_000,
      },
      blades: {
        nodes: { from: "turbines", ...through("Blade", "turbine", "inwards"), ...hasData("Blade") },
        limit: 10_000,
      },
      edges: {
        edges: {
          from: "turbines",
          direction: "outwards",
          maxDistance: 1,
          filter: { equals: { property: ["edge", "type"], value: nearType } },
        },
        limit: 10_000,
      },
      masts: { nodes: { from: "edges", ...hasData("Mast") }, limit: 10_000 },
    },
    select: {
      turbines: sources("Turbine", "name", "farm"),
      farms: sources("Farm", "name"),
      blades: sources("Blade", "name", "turbine"),
      edges: {},
      masts: sources("Mast", "name"),
    },
  },
  list: {
    with: { turbines: { nodes: hasData("Turbine"), limit: 1_000 } },
    select: { turbines: sources("Turbine", "name") },
  },
};

/** A request for the inspections of turbines: the service follows no list backwards, so a call of its own per page. */
export const inspectionsOf = (ids, cursor) => ({
  instanceType: "node",
  sources: [{ source: reference("Inspection") }],
  filter: { containsAny: { property: [space, "Inspection/v1", "turbines"], values: ids } },
  limit: 1_000,
  ...(cursor === undefined ? {} : { cursor }),
});
