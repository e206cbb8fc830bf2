import { PygenClient, type PygenClientOptions } from "pygen";
import { type WindFarm, windFarm } from "../../windfarm/sdk/index.js";

/** The wind farm, with a default space. */
export type Wind = WindFarm<{ readonly space: string }>;

/** A turbine as the page shows it: plain JSON, to be carried from the server to the browser. */
export interface TurbineRow {
  readonly externalId: string;
  readonly name: string | null;
  readonly capacity: number | null;
  readonly farm: { readonly name: string | null } | null;
}

/** How many rows come at a time. */
export const STEP = 20;

/** The wind farm over a client, on the server and in the browser alike. */
export function connect(options: PygenClientOptions): Wind {
  return windFarm(new PygenClient(options), { space: "wind_data" });
}

/** The next turbines by name, after the one that came last. */
export async function turbinesAfter(wind: Wind, last: TurbineRow | undefined): Promise<readonly TurbineRow[]> {
  return wind.turbine.list({
    where: last === undefined ? {} : { $or: [...laterNames(last.name), sameName(last)] },
    select: { name: true, capacity: true, farm: { select: { name: true } } },
    sort: [{ name: "asc" }, { externalId: "asc" }],
    limit: STEP,
  });
}

/** Turbines without a name come last. */
function laterNames(name: string | null) {
  return name === null ? [] : [{ name: { gt: name } }, { name: null }];
}

function sameName({ name, externalId }: TurbineRow) {
  return { name, externalId: { gt: externalId } };
}
