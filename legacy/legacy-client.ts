import { QueryError } from "../src/errors/index.js";
import type { NodeReference, VersionedIdentity } from "../src/models/index.js";
import type { Id, Scope, UntypedBound, UntypedViewApi, ViewApi } from "../src/runtime/index.js";
import { type ClientCalls, SdkCalls } from "./client-calls.js";
import type { WarningSink } from "./deprecation.js";
import { type ViewCalls, viewCalls } from "./legacy-api.js";
import type { EdgesOf, LegacyApi } from "./types/api.js";
import type { UntypedLegacyApi } from "./types/untyped.js";

/** How a client of v1 is made. */
export interface LegacyClientOptions {
  /** Where deprecated calls are told of, each once: `console` fits, and so does the logger of a client. @defaultValue console */
  readonly logger?: WarningSink;
  /** The data model, which `graphqlQuery` needs to know. */
  readonly dataModel?: VersionedIdentity;
}

type CallsOf<Handle> =
  Handle extends ViewApi<infer T, infer C extends Scope>
    ? LegacyApi<T, C> & EdgesOf<T, C>
    : Handle extends UntypedViewApi
      ? UntypedLegacyApi
      : never;

type ItemsOf<Sdk> = Sdk extends { readonly upsert: (items: infer Items, ...rest: never[]) => unknown } ? Items : never;

/** How instances are named, whichever view they are of. */
type IdOf<Sdk> = Sdk[keyof Sdk] extends infer Handle
  ? Handle extends ViewApi<infer _View, infer C extends Scope>
    ? Id<C>
    : Handle extends UntypedViewApi
      ? string | NodeReference
      : never
  : never;

/** A client as v1's generated SDKs had it, over an SDK of today: v1's calls for each view, and those over all views. */
export type LegacyClient<Sdk> = {
  readonly [K in keyof Sdk as K extends "upsert" ? never : K]: CallsOf<Sdk[K]>;
} & ClientCalls<ItemsOf<Sdk>, IdOf<Sdk>>;

/**
 * v1's calls over a generated SDK, or over what `bind` and `model` give: filters such as `minCapacity`, v1's limits, and lists
 * with v1's helpers. Each call goes through the one of the SDK that replaces it, and says once which that is.
 *
 * @param sdk - what a generated function, `bind()` or `model()` gives
 * @throws QueryError `QUERY.RESERVED_NAME` when a view has the name of a call over all views, `QUERY.INVALID_VALUE` when the SDK
 *   is none, as soon as a view of it is asked for
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
  const { logger = console, dataModel } = options;
  const handles = Object.entries(sdk);
  const taken = handles.find(([name]) => name === "delete" || name === "graphqlQuery");
  if (taken !== undefined) {
    throw new QueryError("QUERY.RESERVED_NAME", `A view cannot be called '${taken[0]}', which is a call of v1.`, {
      hint: "Give it another name where it is bound.",
    });
  }
  const made = new Map<string, ViewCalls>();
  const callsOf = (name: string, handle: UntypedViewApi): ViewCalls => {
    const calls = made.get(name) ?? viewCalls(name, handle, logger);
    made.set(name, calls);
    return calls;
  };
  const views = handles.map(([name, handle]) => [name, { enumerable: true, get: () => callsOf(name, handle) }]);
  // The SDK's type is what lays the types over the calls.
  const client: unknown = Object.defineProperties(
    new SdkCalls(sdk as UntypedBound, dataModel, logger),
    Object.fromEntries(views),
  );
  return client as LegacyClient<Sdk>;
}
