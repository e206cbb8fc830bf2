import { readFileSync } from "node:fs";
import path from "node:path";
import { PygenClient, token } from "pygen";
import { windFarm } from "../../../examples/windfarm/sdk/index.js";
import { type PackedApp, ROOT } from "./packed-app.js";

/** The project that the server's apps speak to. */
export const PROJECT = "acme";

/** What every app asks for, as text that stands in all of them, and the answer. */
export const QUERY = `{
  where: { capacity: { gte: 5 }, farm: { is: { name: { prefix: "Horns" } } } },
  select: { name: true, capacity: true, farm: { select: { name: true } } },
  sort: [{ capacity: "desc" }],
  limit: 10,
}`;

/** The rows of {@link QUERY}, as JSON of `name capacity farm`. */
export const ROWS = '["A2 8 Horns Bank","A1 5.5 Horns Bank"]';

/** One row of {@link QUERY} as text. */
export const ROW_TEXT: string = "`$" + "{row.name} $" + "{row.capacity} $" + "{row.farm?.name}`";

const turbines = [
  { externalId: "A1", name: "A1", capacity: 5.5, farm: "horns" },
  { externalId: "A2", name: "A2", capacity: 8, farm: "horns" },
  { externalId: "A3", name: "A3", capacity: 2, farm: "horns" },
  { externalId: "B1", name: "B1", capacity: 9, farm: "dogger" },
];

const farms = [
  { externalId: "horns", name: "Horns Bank", country: "DK" },
  { externalId: "dogger", name: "Dogger Ridge", country: "GB" },
];

/** The emulator of the installed package on a port, with a small wind farm in it. */
export async function startWindfarm(
  app: PackedApp,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const { createEmulator } = await app.door<typeof import("pygen/emulator")>("pygen/emulator");
  const { listen } = await app.door<typeof import("pygen/emulator/node")>("pygen/emulator/node");
  const emulator = createEmulator();
  emulator.load(JSON.parse(readFileSync(path.join(ROOT, "examples/windfarm/model.json"), "utf8")), {
    project: PROJECT,
    global: false,
  });
  const server = await listen(emulator);
  const client = new PygenClient({
    baseUrl: server.url,
    project: PROJECT,
    application: "tests",
    credentials: token("any"),
  });
  await windFarm(client, { space: "wind_data" }).upsert({ farm: farms, turbine: turbines });
  return { url: server.url, stop: () => server.close() };
}
