import type { Filter } from "../../models/index.js";

/** A filter, or `true`: no condition. */
export type Condition = Filter | true;

/** A filter that nothing matches: told by identity. */
export const nothing: Filter = { not: { matchAll: {} } };

/** Holds where all of them hold. */
export function every(conditions: readonly Condition[]): Condition {
  if (conditions.includes(nothing)) return nothing;
  const filters = conditions.flatMap((condition) =>
    condition === true ? [] : "and" in condition ? condition.and : [condition],
  );
  if (filters.length > 1) return { and: filters };
  return filters[0] ?? true;
}

/** Holds where one of them holds: nowhere when there is none (E90). */
export function some(conditions: readonly Condition[]): Condition {
  if (conditions.includes(true)) return true;
  const filters = conditions.flatMap((condition) =>
    condition === true || condition === nothing ? [] : "or" in condition ? condition.or : [condition],
  );
  if (filters.length > 1) return { or: filters };
  return filters[0] ?? nothing;
}

/** Holds where the condition does not. */
export function negate(condition: Condition): Condition {
  if (condition === true) return nothing;
  return condition === nothing || { not: condition };
}
