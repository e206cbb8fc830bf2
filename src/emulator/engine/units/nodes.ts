import type { NodeWrite } from "../../../models/index.js";
import { QUANTITIES } from "./catalog.js";

/** The system space of the units. */
export const UNITS_SPACE = "cdf_cdm_units";

const UNIT = { type: "view", space: "cdf_cdm", externalId: "CogniteUnit", version: "v1" } as const;

/** The nodes of the units that can be converted, such as `temperature:deg_c`. */
export function unitNodes(): readonly NodeWrite[] {
  return [...QUANTITIES].flatMap(([name, { units }]) => {
    const sources = [{ source: UNIT, properties: { quantity: labelOf(name) } }];
    return [...units.keys()].map(
      (unit): NodeWrite => ({ instanceType: "node", space: UNITS_SPACE, externalId: `${name}:${unit}`, sources }),
    );
  });
}

/** `Volume Flow Rate` for `volume_flow_rate`. */
function labelOf(name: string): string {
  return name
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}
