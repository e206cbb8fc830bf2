import type { FactOf } from "./markers.js";
import type { NameOf } from "./names.js";
import type { ViewName, Wrong } from "./wrong.js";

/** A unit of the quantity that another one is of, by its external id; or what a unit system has for it. */
type UnitLike<Unit> =
  | (Unit extends `${infer Quantity}:${string}` ? `${Quantity}:${string}` : string)
  | { readonly unitSystemName: string };

type ConvertedFrom<T, K> = [FactOf<T, "units">] extends [never]
  ? Wrong<`'${K & string}' of ${ViewName<T>} has no unit`>
  : K extends keyof FactOf<T, "units">
    ? UnitLike<FactOf<T, "units">[K]>
    : Wrong<`'${K & string}' of ${ViewName<T>} has no unit`>;

/**
 * Units in which to read properties, at most 10: by the external id of one of the same quantity, such as `length:ft`, or by
 * unit system. Conditions are not converted.
 */
export type TargetUnits<T> = { readonly [K in NameOf<T>]?: ConvertedFrom<T, K> };
