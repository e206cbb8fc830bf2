import { type Credentials, type ListQuery, PygenClient } from "pygen";
import { type Turbine, type WindFarm, windFarm } from "../../windfarm/sdk/index.js";
import type { Config } from "./config.js";

/** The wind farm, with a default space. */
export type Wind = WindFarm<{ readonly space: string }>;

/** The states of operation that the model lists. */
export type Status = "idle" | "maintenance" | "running" | "stopped";

/** A turbine as this app shows it. */
export interface TurbineRow {
  readonly externalId: string;
  readonly $version: number;
  readonly name: string | null;
  readonly capacity: number | null;
  readonly hubHeight: number | null;
  /** One that the model does not list may come, if the model was changed. */
  readonly status: Turbine["status"];
  readonly serviceDue: string | null;
  readonly farm: { readonly name: string | null } | null;
}

/** What the list is narrowed down by. */
export interface Filter {
  /** How names begin. */
  readonly name: string;
  readonly status: Status | "";
  /** Megawatts. */
  readonly minCapacity: number;
}

/** What the form changes. */
export interface TurbineEdit {
  readonly name: string;
  readonly capacity: number;
  readonly status: Status | null;
  readonly serviceDue: string | null;
}

const select = {
  name: true,
  capacity: true,
  hubHeight: true,
  status: true,
  serviceDue: true,
  farm: { select: { name: true } },
  $version: true,
} as const;

export function connect(config: Config, credentials: Credentials): Wind {
  const client = new PygenClient({
    baseUrl: config.baseUrl,
    project: config.project,
    application: "web-app-example",
    credentials,
    // Somebody is waiting in front of the screen.
    timeout: { attempt: 10_000, total: 20_000 },
    retry: { attempts: 3 },
  });
  return windFarm(client, { space: config.space });
}

/** The turbines that a filter leaves, by name. Nothing is asked for before the rows are taken. */
export function listTurbines(
  wind: Wind,
  { name, status, minCapacity }: Filter,
  signal: AbortSignal,
): ListQuery<TurbineRow> {
  return wind.turbine.list({
    where: {
      ...(name && { name: { prefix: name } }),
      ...(status && { status }),
      ...(minCapacity > 0 && { capacity: { gte: minCapacity } }),
    },
    select,
    sort: [{ name: "asc" }],
    signal,
  });
}

/** A turbine as it is stored now. */
export async function readTurbine(wind: Wind, externalId: string): Promise<TurbineRow | undefined> {
  return wind.turbine.retrieve(externalId, { select });
}

/**
 * Stores a change, unless somebody else changed the turbine after it was read.
 *
 * @throws ConflictError when they did
 */
export async function saveTurbine(wind: Wind, read: TurbineRow, edit: TurbineEdit): Promise<void> {
  await wind.turbine.upsert([{ externalId: read.externalId, $existingVersion: read.$version, ...edit }]);
}
