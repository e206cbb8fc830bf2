import { inspect } from "node:util";
import { PygenClient, token } from "pygen";
import { DATA_SPACE, farmData } from "./data.js";
import { windFarm } from "./sdk/index.js";
import { formatTable } from "./table.js";

/** Where the data modeling service is, from the variables that CDF tools use. */
function clientFromEnvironment(): PygenClient {
  const { CDF_URL, CDF_PROJECT, CDF_TOKEN } = process.env;
  if (!CDF_URL || !CDF_PROJECT || !CDF_TOKEN) throw new Error("Set CDF_URL, CDF_PROJECT and CDF_TOKEN.");
  return new PygenClient({
    baseUrl: CDF_URL,
    project: CDF_PROJECT,
    application: "windfarm-example",
    credentials: token(CDF_TOKEN),
  });
}

/** Prints what a step did and how long it took. */
async function step<T>(name: string, work: () => Promise<T>, describe: (result: T) => string): Promise<T> {
  const start = performance.now();
  const result = await work();
  console.log(`  ${name.padEnd(9)} ${describe(result)} in ${Math.round(performance.now() - start)} ms`);
  return result;
}

const client = clientFromEnvironment();
await client.spaces.create([{ space: DATA_SPACE, name: "Wind farm data" }]);
const wind = windFarm(client, { space: DATA_SPACE });

const data = farmData();
await step(
  "write",
  () => wind.upsert(data),
  ({ items }) => {
    const edges = items.filter((item) => item.instanceType === "edge").length;
    return `${items.length - edges} nodes and ${edges} edges, nested in ${Object.values(data).flat().length} objects`;
  },
);

const question = {
  where: { capacity: { gte: 5 }, status: { in: ["running", "idle"] }, farm: { is: { name: { prefix: "Horns" } } } },
  select: {
    name: true,
    capacity: true,
    farm: { select: { name: true, country: true } },
    blades: { select: { name: true, isDamaged: true }, where: { isDamaged: true }, limit: 3, sort: [{ name: "asc" }] },
    metmasts: { edge: { select: { distance: true } }, node: { select: { height: true } }, limit: 2 },
    technicians: { select: { name: true }, limit: 2 },
    inspections: { select: { severity: true, performedAt: true }, sort: [{ performedAt: "desc" }], limit: 1 },
  },
  sort: [{ capacity: { order: "desc", nulls: "last" } }, { name: "asc" }],
  limit: 12,
} as const;
const turbines = await step(
  "query",
  async () => wind.turbine.list(question),
  (rows) => `${rows.length} turbines with five relations`,
);
console.log(`\nwind.turbine.list(${inspect(question, { depth: null, breakLength: 120 })})\n`);
console.log(
  formatTable(
    ["turbine", "MW", "farm", "damaged blades", "met masts", "technicians", "last inspection"],
    turbines.map((turbine) => [
      turbine.name,
      turbine.capacity,
      turbine.farm && `${turbine.farm.name} (${turbine.farm.country})`,
      turbine.blades.map((blade) => blade.name).join(", "),
      turbine.metmasts.map(({ edge, node }) => `${edge.distance} m (${node?.height} m high)`).join(", "),
      turbine.technicians.map((technician) => technician.name).join(", "),
      turbine.inspections[0] &&
        `${turbine.inspections[0].performedAt.toISOString().slice(0, 10)} ${turbine.inspections[0].severity}`,
    ]),
  ),
);

await step(
  "stream",
  async () => {
    let count = 0;
    let damaged = 0;
    for await (const blade of wind.blade.list()) {
      count += 1;
      if (blade.isDamaged) damaged += 1;
    }
    return { count, damaged };
  },
  ({ count, damaged }) => `${count} blades page by page, ${damaged} of them damaged,`,
);
const one = await step(
  "retrieve",
  () => wind.turbine.retrieve("turbine_0_07"),
  (row) => `${row?.name}, ${row?.status}`,
);
if (one) {
  await step(
    "patch",
    () => wind.turbine.upsert([{ externalId: one.externalId, name: one.name, status: "maintenance" }]),
    ({ items }) => `${items[0]?.externalId} is at version ${items[0]?.version}`,
  );
}
await step(
  "delete",
  () => wind.inspection.delete(["inspection_0", "inspection_1"]),
  ({ deleted }) => `${deleted.length} inspections`,
);
