import type { Scope, UntypedViewApi, ViewApi } from "../src/runtime/index.js";
import type { WarningSink } from "./deprecation.js";
import { ViewCalls } from "./legacy-api.js";
import type { LegacyApi } from "./types/api.js";
import type { UntypedLegacyApi } from "./types/untyped.js";

/** How a client of v1 is made. */
export interface LegacyClientOptions {
  /** Where deprecated calls are told of, each once: `console` fits, and so does the logger of a client. @defaultValue console */
  readonly logger?: WarningSink;
}

type CallsOf<Handle> =
  Handle extends ViewApi<infer T, infer C extends Scope>
    ? LegacyApi<T, C>
    : Handle extends UntypedViewApi
      ? UntypedLegacyApi
      : never;

/** A client as v1's generated SDKs had it, over an SDK of today: v1's calls for each view, and those over all views. */
export type LegacyClient<Sdk> = { readonly [K in keyof Sdk as K extends "upsert" ? never : K]: CallsOf<Sdk[K]> };

/**
 * v1's calls over a generated SDK, or over what `bind` and `model` give: filters such as `minCapacity`, v1's limits, and lists
 * with v1's helpers. Each call goes through the one of the SDK that replaces it, and says once which that is.
 *
 * @param sdk - what a generated function, `bind()` or `model()` gives
 * @throws QueryError `QUERY.INVALID_VALUE` when it is none, as soon as a view of it is asked for
 *
 * @example
 * ```ts
 * import { legacyClient } from "pygen/legacy";
 * import { windFarm } from "./windfarm/index.js";
 *
 * const v1 = legacyClient(windFarm(client, { space: "wind_data" }));
 * const rows = await v1.turbine.list({ minCapacity: 5, namePrefix: "A", limit: 10, sortBy: "capacity" });
 * ```
 */
export function legacyClient<Sdk extends object>(sdk: Sdk, options: LegacyClientOptions = {}): LegacyClient<Sdk> {
  const { logger = console } = options;
  const calls = new Map<string, ViewCalls>();
  const callsOf = (name: string, handle: UntypedViewApi): ViewCalls => {
    const made = calls.get(name) ?? new ViewCalls(name, handle, logger);
    calls.set(name, made);
    return made;
  };
  // The SDK's type is what lays the types over the calls.
  const client: unknown = Object.defineProperties(
    Object.create(null),
    Object.fromEntries(
      Object.entries(sdk).map(([name, handle]) => [name, { enumerable: true, get: () => callsOf(name, handle) }]),
    ),
  );
  return client as LegacyClient<Sdk>;
}
