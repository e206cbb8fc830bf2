import { readFileSync } from "node:fs";
import { type LegacyClient, legacyClient } from "pygen/legacy";
import { type WindFarm, windFarm } from "../../examples/windfarm/sdk/index.js";
import { createEmulator, type LoadModel } from "../../src/emulator/index.js";
import { PygenClient, token } from "../../src/index.js";

const model = JSON.parse(
  readFileSync(new URL("../../examples/windfarm/model.json", import.meta.url), "utf8"),
) as LoadModel;

type Wind = WindFarm<{ readonly space: "data" }>;

/** The wind farm's SDK on an emulator of its own, with some turbines, and v1's client over it. */
export interface World {
  readonly client: PygenClient;
  readonly wind: Wind;
  readonly v1: LegacyClient<Wind>;
  /** What was said of deprecated calls. */
  readonly warnings: string[];
  /** Requests that reached the service: the part of their path after the project. */
  readonly requests: string[];
}

export async function startWorld(): Promise<World> {
  const emulator = createEmulator();
  emulator.load(model, { global: false });
  emulator.load({ spaces: [{ space: "data" }, { space: "other" }] }, { global: false });
  const requests: string[] = [];
  const client = new PygenClient({
    baseUrl: "http://emulator",
    project: "test",
    application: "tests",
    credentials: token("any"),
    fetch: (request) => {
      requests.push(new URL(request.url).pathname.replace(/^.*\/test\//, ""));
      return emulator.fetch(request);
    },
  });
  const wind = windFarm(client, { space: "data" } as const);
  const warnings: string[] = [];
  const v1 = legacyClient(wind, { logger: { warn: (message) => warnings.push(message) } });
  await wind.upsert({
    farm: ["North", "South"].map((name, at) => ({ externalId: `F${at}`, name, country: at === 0 ? "DK" : "DE" })),
    metmast: [0, 1].map((at) => ({ externalId: `M${at}`, name: `Mast ${at}`, height: 80 + 20 * at })),
    technician: [0, 1].map((at) => ({ externalId: `P${at}`, name: `Person ${at}`, employeeNumber: at })),
    turbine: Array.from({ length: 60 }, (_, at) => {
      const id = `T${String(at).padStart(2, "0")}`;
      return {
        externalId: id,
        name: `${"ABC"[at % 3]}${at}`,
        capacity: at % 4 === 0 ? null : at / 10,
        buildYear: 2000 + (at % 10),
        status: at % 5 === 0 ? ("stopped" as const) : ("running" as const),
        isActive: at % 2 === 0,
        installedAt: new Date(Date.UTC(2020, 0, 1 + at)),
        serviceDue: `2027-01-${String(1 + (at % 28)).padStart(2, "0")}`,
        farm: `F${at % 2}`,
        neighbours: [`T${String((at + 1) % 60).padStart(2, "0")}`],
        blades:
          at % 3 === 0
            ? []
            : [1, 2, 3].map((position) => ({
                externalId: `${id}_B${position}`,
                name: `Blade ${position}`,
                position,
                isDamaged: position === at % 4,
              })),
        nacelle: { externalId: `${id}_N`, serialNumber: `S${at}` },
        metmasts: [{ edge: { distance: 100 + at, bearing: at }, node: `M${at % 2}` }],
        technicians: [`P${at % 2}`],
      };
    }),
  });
  requests.length = 0;
  return { client, wind, v1, warnings, requests };
}
