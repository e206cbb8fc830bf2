import type { PygenClient } from "../client/index.js";
import { QueryError } from "../errors/index.js";
import type { ViewDescriptor } from "../ir/index.js";
import type { HandleContext } from "./handle-context.js";
import { upsertViews } from "./parts.js";
import { defaultLimits, type PlanLimits, withBounds } from "./plan/scope.js";
import { Registry } from "./registry.js";
import type { BindOptions, Bound, ViewSet } from "./types/api.js";
import type { ViewOf } from "./types/markers.js";
import type { UntypedBound, UntypedViewApi } from "./types/untyped.js";
import type { WriteOptions } from "./types/writing.js";
import { ViewHandle } from "./view-handle.js";

/**
 * Binds views to a client: a handle for each, by the names they are given here. Only the views that are named are
 * bundled; selecting into another one is a compile error.
 *
 * @param views - metadata constants of generated code, by the names their handles get
 * @throws QueryError `QUERY.RESERVED_NAME` when a handle would be called `upsert`, `QUERY.INVALID_LIMIT` for a bound that
 *   is none
 *
 * @example
 * ```ts
 * import { bind } from "pygen";
 * import { Farm, Turbine } from "./windfarm/index.js";
 *
 * const wind = bind(client, { turbine: Turbine, farm: Farm }, { space: "wind_data" });
 * const rows = await wind.turbine.list({ where: { capacity: { gte: 5 } }, select: { name: true, farm: true }, limit: 10 });
 * ```
 */
export function bind<const Views extends ViewSet<Views>, const Options extends BindOptions = BindOptions>(
  client: PygenClient,
  views: Views,
  options?: Options,
): Bound<Views, Options> {
  // The markers of the metadata constants are what lays the types over the handles.
  const bound: unknown = bindViews(client, descriptorsOf(views), options ?? {}, defaultLimits);
  return bound as Bound<Views, Options>;
}

/** The descriptors that metadata constants are: the type of a constant tells the kinds of its properties not apart. */
export function descriptorsOf(
  views: Readonly<Record<string, ViewOf<unknown>>>,
): Readonly<Record<string, ViewDescriptor>> {
  const constants: unknown = views;
  return constants as Readonly<Record<string, ViewDescriptor>>;
}

/** The same without types, and with pages of any size. */
export function bindViews(
  client: PygenClient,
  views: Readonly<Record<string, ViewDescriptor>>,
  options: BindOptions,
  limits: PlanLimits,
): UntypedBound {
  const entries = Object.entries(views);
  if (Object.hasOwn(views, "upsert")) {
    throw new QueryError("QUERY.RESERVED_NAME", "A handle cannot be called 'upsert', which writes several views.", {
      hint: "Give the view another name where it is bound.",
    });
  }
  const registry = new Registry(entries.map(([, view]) => view));
  const context: HandleContext = {
    client,
    scope: {
      registry,
      space: options.space,
      externalIds: options.externalIds,
      limits: withBounds(limits, options),
    },
  };
  const handles = new Map<string, UntypedViewApi>();
  const handleOf = (name: string, view: ViewDescriptor): UntypedViewApi => {
    const handle = handles.get(name) ?? new ViewHandle(context, view);
    handles.set(name, handle);
    return handle;
  };
  // Handles are made when they are asked for: a model may have hundreds.
  const bound: unknown = Object.defineProperties(Object.create(null), {
    ...Object.fromEntries(entries.map(([name, view]) => [name, { enumerable: true, get: () => handleOf(name, view) }])),
    upsert: { value: (items: unknown, writing?: WriteOptions) => upsertViews(context, views, items, writing ?? {}) },
  });
  return bound as UntypedBound;
}
