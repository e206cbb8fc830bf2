import type { BindOptions, ScopeOf, ShapeOf, Write } from "pygen";
import { type Random, seeded } from "./random.js";
import type { WindFarmViews } from "./sdk/index.js";

/** The space of the example's instances. */
export const DATA_SPACE = "wind_data";

interface Binding extends BindOptions {
  readonly space: typeof DATA_SPACE;
}

/** What one writes through a view of the example's SDK. */
type Item<View extends keyof WindFarmViews> = Write<ShapeOf<WindFarmViews[View]>, ScopeOf<WindFarmViews, Binding>>;

/** Instances by the handle that writes them; nested ones are written with those that hold them. */
export interface FarmData {
  readonly farm: readonly Item<"farm">[];
  readonly metmast: readonly Item<"metmast">[];
  readonly technician: readonly Item<"technician">[];
  readonly turbine: readonly Item<"turbine">[];
  readonly inspection: readonly Item<"inspection">[];
}

const FARMS = ["Horns Bank", "Dogger Ridge", "Anholt West", "Kriegers Shoal"] as const;
const TURBINES_PER_FARM = 60;
const METMASTS_PER_FARM = 5;
const TECHNICIANS = 40;
const WAKES_PER_TURBINE = 12;
const TECHNICIANS_PER_TURBINE = 4;

const turbineId = (farm: number, index: number): string => `turbine_${farm}_${String(index).padStart(2, "0")}`;
const farmId = (farm: number): string => `farm_${farm}`;
const metmastId = (farm: number, index: number): string => `metmast_${farm}_${index}`;
const technicianId = (index: number): string => `technician_${index}`;

/** About 2,000 nodes and 5,000 edges, the same for the same seed. */
export function farmData(seed = 1): FarmData {
  const random = seeded(seed);
  const farms = FARMS.map((name, farm) => farmItem(random, farm, name));
  return {
    farm: farms,
    metmast: FARMS.flatMap((name, farm) =>
      Array.from({ length: METMASTS_PER_FARM }, (_, index) => metmastItem(random, farm, index, name)),
    ),
    technician: Array.from({ length: TECHNICIANS }, (_, index) => technicianItem(random, index)),
    turbine: FARMS.flatMap((name, farm) =>
      Array.from({ length: TURBINES_PER_FARM }, (_, index) => turbineItem(random, farm, index, name)),
    ),
    inspection: Array.from({ length: FARMS.length * TURBINES_PER_FARM }, (_, index) => inspectionItem(random, index)),
  };
}

function farmItem(random: Random, farm: number, name: string): Item<"farm"> {
  const longitude = random.float(4, 15);
  const latitude = random.float(54, 57);
  return {
    externalId: farmId(farm),
    name,
    description: `${name}, offshore`,
    capacity: TURBINES_PER_FARM * 6,
    country: random.pick(["DK", "DE", "GB"]),
    commissioned: `${random.int(2008, 2022)}-0${random.int(1, 9)}-15`,
    boundary: {
      type: "Polygon",
      coordinates: [[longitude, latitude, longitude + 0.2, latitude, longitude + 0.2, latitude + 0.2]],
    },
    gridCodes: ["ENTSO-E RfG", random.pick(["TR 3.2.5", "VDE 4120", "GC0137"])],
    cableRoutes: [
      { name: "north", length: random.int(10, 90) },
      { name: "south", length: random.int(10, 90) },
    ],
  };
}

function metmastItem(random: Random, farm: number, index: number, name: string): Item<"metmast"> {
  const id = metmastId(farm, index);
  return {
    externalId: id,
    name: `${name} mast ${index + 1}`,
    height: random.int(80, 140),
    windSpeed: `${id}:wind_speed`,
    windProfiles: [`${id}:profile_day`, `${id}:profile_night`],
    location: { x: random.float(0, 20), y: random.float(0, 20) },
  };
}

function technicianItem(random: Random, index: number): Item<"technician"> {
  const certificates = ["working at height", "high voltage", "rope access", "first aid"].filter(() =>
    random.chance(0.6),
  );
  return {
    externalId: technicianId(index),
    name: `${random.pick(["Ada", "Bo", "Chen", "Dag", "Eir", "Femi"])} ${random.pick(["Holm", "Lund", "Berg", "Okafor"])}`,
    email: index % 10 === 0 ? null : `technician${index}@example.com`,
    employeeNumber: 9_000_000_000 + index,
    certificates,
    supervisor: index < 4 ? null : technicianId(index % 4),
  };
}

function turbineItem(random: Random, farm: number, index: number, farmName: string): Item<"turbine"> {
  const id = turbineId(farm, index);
  const neighbour = (step: number): string => turbineId(farm, (index + step) % TURBINES_PER_FARM);
  return {
    externalId: id,
    name: `${farmName} ${String.fromCharCode(65 + (index % 10))}${1 + Math.floor(index / 10)}`,
    description: `Turbine ${index + 1} of ${farmName}`,
    tags: random.chance(0.3) ? ["priority"] : [],
    parent: farmId(farm),
    capacity: random.pick([3.6, 5, 6.2, 8, 11]),
    hubHeight: random.pick([78.5, 90, 105.25]),
    rotorDiameter: random.pick([107, 126, 154]),
    buildYear: random.int(2008, 2022),
    energyTotal: random.int(1, 900) * 1_000_000_000,
    isActive: !random.chance(0.1),
    status: random.chance(0.05)
      ? null
      : random.pick(["running", "running", "running", "idle", "stopped", "maintenance"]),
    installedAt: new Date(Date.UTC(random.int(2008, 2021), random.int(0, 11), random.int(1, 28), 8, 30)),
    serviceDue: `2027-${random.pick(["01", "04", "07", "10"])}-01`,
    powerCurve: Array.from({ length: 10 }, (_, speed) => Math.min(1, speed * 0.1)),
    alarmCodes: Array.from({ length: random.int(0, 3) }, () => random.int(100, 999)),
    settings: { mode: random.pick(["normal", "noise-reduced"]), curtailment: { limit: random.float(0.5, 1) } },
    activePower: `${id}:active_power`,
    manual: "manual_v3",
    farm: farmId(farm),
    replaces: index > 0 && random.chance(0.05) ? neighbour(-1 + TURBINES_PER_FARM) : null,
    neighbours: [neighbour(1), neighbour(2), neighbour(TURBINES_PER_FARM - 1)],
    blades: [1, 2, 3].map((position) => ({
      externalId: `${id}_blade_${position}`,
      name: `Blade ${position}`,
      position,
      span: random.float(50, 80, 1),
      isDamaged: random.chance(0.08),
      scannedAt: [new Date(Date.UTC(2024, random.int(0, 11), 3)), new Date(Date.UTC(2025, random.int(0, 11), 3))],
      washDates: [`2025-0${random.int(1, 9)}-20`],
      sectionsIntact: Array.from({ length: 4 }, () => !random.chance(0.02)),
      strainCounts: Array.from({ length: 3 }, () => random.int(0, 5_000_000_000)),
      photos: [`${id}_blade_${position}.jpg`],
      strain: [`${id}_blade_${position}:strain_root`, `${id}_blade_${position}:strain_tip`],
    })),
    nacelle: {
      externalId: `${id}_nacelle`,
      serialNumber: `NC-${farm}${String(index).padStart(3, "0")}`,
      gearRatio: random.float(80, 120),
      mass: random.int(80_000, 120_000),
      vibrationProfile: `${id}_nacelle:vibration`,
      oilTemperatures: Array.from({ length: 5 }, () => random.int(40, 70)),
    },
    sensors: [
      {
        externalId: `${id}_sensor_speed`,
        name: "Rotor speed",
        quantity: "speed" as const,
        samplingInterval: 1000,
        series: `${id}:speed`,
        attachedTo: `${id}_nacelle`,
      },
      {
        externalId: `${id}_sensor_strain`,
        name: "Blade strain",
        quantity: "strain" as const,
        samplingInterval: 100,
        series: `${id}:strain`,
        attachedTo: `${id}_blade_1`,
      },
    ],
    metmasts: Array.from({ length: METMASTS_PER_FARM }, (_, mast) => ({
      edge: {
        distance: random.int(300, 9000),
        bearing: random.int(0, 359),
        surveyedAt: new Date(Date.UTC(2023, 4, 1)),
      },
      node: metmastId(farm, mast),
    })),
    wakes: Array.from({ length: WAKES_PER_TURBINE }, (_, step) => ({
      edge: { externalId: `${id}_wake_${step}`, loss: random.float(0, 0.2, 3), sector: random.int(0, 359) },
      node: neighbour(step + 1),
    })),
    technicians: Array.from({ length: TECHNICIANS_PER_TURBINE }, (_, step) =>
      technicianId((index + step * 7 + farm) % TECHNICIANS),
    ),
  };
}

function inspectionItem(random: Random, index: number): Item<"inspection"> {
  const farm = index % FARMS.length;
  const first = random.int(0, TURBINES_PER_FARM - 1);
  return {
    externalId: `inspection_${index}`,
    performedAt: new Date(Date.UTC(2025, random.int(0, 11), random.int(1, 28), 9)),
    severity: random.pick(["none", "none", "minor", "major"]),
    findings: random.chance(0.5) ? ["leading edge erosion"] : [],
    report: `inspection_${index}.pdf`,
    inspector: technicianId(random.int(0, TECHNICIANS - 1)),
    turbines: [turbineId(farm, first), turbineId(farm, (first + 1) % TURBINES_PER_FARM)],
  };
}
