import { isRecord } from "./json.js";

/**
 * Whether a value was stored as it was written: times by instant, numbers as 32 bits may hold them, absent for null,
 * objects whatever the order of their keys.
 */
export function sameStored(a: unknown, b: unknown): boolean {
  if (a === b || (a ?? b ?? null) === null) return true;
  if (typeof a === "bigint" || typeof b === "bigint") return String(a) === String(b);
  if (typeof a === "number" && typeof b === "number") return !Number.isInteger(a) && Math.fround(a) === Math.fround(b);
  if (typeof a === "string" && typeof b === "string") return instantOf(a) === instantOf(b);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((one, at) => sameStored(one, b[at]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameStored(a[name], b[name]))
  );
}

/** Milliseconds of a timestamp; NaN, which equals nothing, for other texts. */
function instantOf(text: string): number {
  return /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
}
