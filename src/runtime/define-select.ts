import type { WidestScope } from "./types/api.js";
import type { GuardSelect, Select } from "./types/select.js";
import type { InterfaceOf, ViewLike } from "./types/view-like.js";

/**
 * A selection to be used more than once: it is checked against the view where it is written, and its type stays exact. It
 * is the same plain data. Whether the views it leads to are bound is checked where it is used.
 *
 * @param view - the metadata constant of the view, or its handle
 *
 * @example
 * ```ts
 * import { defineSelect } from "pygen";
 * import { Turbine } from "./windfarm/index.js";
 *
 * const card = defineSelect(Turbine, { name: true, farm: { select: { name: true } } });
 * const rows = await wind.turbine.list({ select: card, limit: 10 });
 * ```
 */
export function defineSelect<const V extends ViewLike, const S extends Select<InterfaceOf<V>, WidestScope>>(
  _view: V,
  select: S & GuardSelect<InterfaceOf<V>, S>,
): S {
  return select;
}
