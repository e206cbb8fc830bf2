import { isRecord } from "../models/index.js";

/** JSON text with the keys of every object sorted: equal for values that differ only in the order of keys. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isRecord(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => compareText(a, b))) : inner,
  );
}

/** The same value with the keys of every object sorted. */
export function canonical<T>(value: T): T {
  return JSON.parse(canonicalJson(value));
}

/** Order by UTF-16 code units: the same on every machine, whatever its language. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
