import type { UseMutationOptions } from "@tanstack/react-query";
import { type Credentials, isApiError, PygenClient } from "pygen";
import { listOptions, pagesOptions, upsertOptions, type ViewPagesOptions, type ViewQueryOptions } from "pygen/react";
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

/** A farm to choose. */
export interface FarmRow {
  readonly externalId: string;
  readonly name: string | null;
}

/** What the list is narrowed down by. */
export interface Filter {
  /** How names begin. */
  readonly name: string;
  /** External id of a farm, or all of them. */
  readonly farm: string;
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

/** A change, and the state of the turbine that it is made on. */
export interface Change {
  readonly base: TurbineRow;
  readonly edit: TurbineEdit;
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

/** The turbines that a filter leaves, by name and page by page. */
export function turbinePages(wind: Wind, { name, farm, status, minCapacity }: Filter): ViewPagesOptions<TurbineRow> {
  return pagesOptions(wind.turbine, {
    where: {
      ...(name && { name: { prefix: name } }),
      ...(farm && { farm: { equals: farm } }),
      ...(status && { status }),
      ...(minCapacity > 0 && { capacity: { gte: minCapacity } }),
    },
    select,
    sort: [{ name: "asc" }],
    pageSize: 24,
  });
}

/** The farms to choose from. */
export function farmNames(wind: Wind): ViewQueryOptions<FarmRow[]> {
  return listOptions(wind.farm, { select: { name: true }, sort: [{ name: "asc" }], limit: 200 });
}

/**
 * Stores a change, unless somebody else changed the turbine after it was read: then gives what they made of it. Once it is
 * stored, what is on the screen of turbines is read again.
 */
export function turbineSave(wind: Wind): UseMutationOptions<TurbineRow | undefined, Error, Change> {
  const { mutationKey, mutationFn } = upsertOptions(wind.turbine);
  return {
    mutationKey,
    mutationFn: async ({ base, edit }, context) => {
      try {
        await mutationFn([{ externalId: base.externalId, $existingVersion: base.$version, ...edit }], context);
        return undefined;
      } catch (error) {
        const isConflict = isApiError(error) && error.code === "API.VERSION_CONFLICT";
        const newer = isConflict ? await wind.turbine.retrieve(base.externalId, { select }) : undefined;
        // One that was deleted meanwhile leaves nothing to choose from.
        if (newer === undefined) throw error;
        return newer;
      }
    },
  };
}
