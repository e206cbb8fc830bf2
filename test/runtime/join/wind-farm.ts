import { readFileSync } from "node:fs";
import * as sdk from "../../../examples/windfarm/sdk/index.js";
import { descriptorsOf } from "../../../src/runtime/bind.js";
import type { Views } from "./world.js";

/** The example's model file. */
export const windFarmModel: object = JSON.parse(
  readFileSync(new URL("../../../examples/windfarm/model.json", import.meta.url), "utf8"),
) as object;

/** Its views, as generated code describes them. */
export const windFarmViews: Views = descriptorsOf({
  blade: sdk.Blade,
  distance: sdk.Distance,
  farm: sdk.Farm,
  inspection: sdk.Inspection,
  metmast: sdk.Metmast,
  nacelle: sdk.Nacelle,
  sensor: sdk.Sensor,
  technician: sdk.Technician,
  turbine: sdk.Turbine,
  wake: sdk.Wake,
});
