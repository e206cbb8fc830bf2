import { createEmulator, type LoadModel } from "../../../../src/emulator/index.js";
import { PygenClient, token } from "../../../../src/index.js";
import { bindViews } from "../../../../src/runtime/bind.js";
import { defaultLimits, type PlanLimits } from "../../../../src/runtime/plan/scope.js";
import type { UntypedBound, UntypedViewApi } from "../../../../src/runtime/types/untyped.js";
import { windFarmModel, windFarmViews } from "../../../runtime/join/wind-farm.js";

/** How many turbines there are, and rows and ids of pages and filters. */
export interface FarmSize extends Pick<PlanLimits, "rootPage" | "setPage" | "chunk"> {
  readonly turbines: number;
}

/** A wind farm of so many turbines, and what was asked of it. */
export interface CountedFarm {
  readonly handle: (name: string) => UntypedViewApi;
  readonly turbines: number;
  readonly count: () => number;
}

/** @param scale - how many times smaller pages, filters and the like are than the service's */
export function farmSize(turbines: number, scale: number): FarmSize {
  const { rootPage, setPage, chunk } = defaultLimits;
  return { turbines, rootPage: rootPage / scale, setPage: setPage / scale, chunk: chunk / scale };
}

/** A farm of that size on an emulator of its own, with its requests counted. */
export async function countedFarm({ turbines, ...pages }: FarmSize): Promise<CountedFarm> {
  const emulator = createEmulator();
  emulator.load(windFarmModel as LoadModel, { global: false });
  emulator.load({ spaces: [{ space: "data" }] }, { global: false });
  let requests = 0;
  const client = new PygenClient({
    baseUrl: "http://emulator",
    project: "farm",
    application: "planner-page",
    credentials: token("any"),
    fetch: (request) => {
      requests += 1;
      return emulator.fetch(request);
    },
  });
  const limits: PlanLimits = { ...defaultLimits, ...pages };
  const bound = bindViews(client, windFarmViews, { space: "data" }, limits);
  await write(bound, turbines);
  requests = 0;
  return { handle: (name) => handleOf(bound, name), turbines, count: () => requests };
}

function handleOf(bound: UntypedBound, name: string): UntypedViewApi {
  const handle = bound[name];
  if (handle === undefined) throw new Error(`no view ${name}`);
  return handle;
}

const numbered = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Ten turbines to a farm and a mast; three blades, two sensors and a nacelle to a turbine; an inspection of two turbines each. */
async function write(bound: UntypedBound, turbines: number): Promise<void> {
  const farms = Math.ceil(turbines / 10);
  const other = (index: number): string => `turbine_${(index + 1) % turbines}`;
  await bound.upsert({
    farm: numbered(farms).map((index) => ({ externalId: `farm_${index}`, name: `Farm ${index}`, country: "DK" })),
    metmast: numbered(farms).map((index) => ({ externalId: `mast_${index}`, name: `Mast ${index}`, height: index })),
    turbine: numbered(turbines).map((index) => ({
      externalId: `turbine_${index}`,
      name: `Turbine ${index}`,
      capacity: index % 12,
      farm: `farm_${Math.floor(index / 10)}`,
      neighbours: [other(index)],
      blades: [1, 2, 3].map((position) => ({
        externalId: `blade_${index}_${position}`,
        name: `${position}`,
        position,
        isDamaged: index % 10 === 0,
      })),
      nacelle: { externalId: `nacelle_${index}`, serialNumber: `${index}` },
      metmasts: [{ edge: { distance: index }, node: `mast_${Math.floor(index / 10)}` }],
      wakes: [{ node: other(index) }],
    })),
    sensor: numbered(turbines * 2).map((index) => ({
      externalId: `sensor_${index}`,
      name: `Sensor ${index}`,
      quantity: "speed",
      turbine: `turbine_${Math.floor(index / 2)}`,
    })),
    inspection: numbered(turbines).map((index) => ({
      externalId: `inspection_${index}`,
      turbines: [`turbine_${index}`, other(index)],
      performedAt: new Date(0),
      severity: "minor",
    })),
  });
}
