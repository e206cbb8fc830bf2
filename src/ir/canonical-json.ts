import { isRecord, writeJson } from "../models/index.js";

/** JSON text with the keys of every object sorted: equal for values that differ only in the order of keys. */
export function canonicalJson(value: unknown): string {
  return writeJson(sorted(value));
}

/** The same value with the keys of every object sorted. */
export function canonical<T>(value: T): T {
  // Sorting keys does not change a type.
  return sorted(value) as T;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, sorted(inner)] as const).sort(([a], [b]) => compareText(a, b)),
  );
}

/** Order by UTF-16 code units: the same on every machine, whatever its language. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
