import { parse, stringify } from "lossless-json";

/** Finds what may be an integer too long for a number: a run of digits where a whole number could stand. */
const longInteger = /(?<![^\s:,[-])\d{16,}(?![^\s,\]}])/;

/**
 * Reads JSON without rounding integers: those beyond 2^53 become `bigint`, everything else is as `JSON.parse` gives it
 * (E104). A text without such integers costs no more than `JSON.parse` and one scan for them.
 *
 * @throws SyntaxError for what is not JSON; RangeError where a text with such integers is nested some thousand levels
 * deep, which takes up the stack
 *
 * @example
 * ```ts
 * import { parseJson } from "pygen";
 * const row = parseJson('{"count": 3, "id": 8238506972502594227}'); // { count: 3, id: 8238506972502594227n }
 * ```
 */
export function parseJson(text: string): unknown {
  if (!longInteger.test(text)) return JSON.parse(text);
  return parse(text, null, { parseNumber: exactNumber, onDuplicateKey: ({ newValue }) => newValue });
}

function exactNumber(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) || !/^-?\d+$/.test(text) ? number : BigInt(text);
}

/**
 * Writes JSON, a `bigint` as the digits of an integer. A value without any costs what `JSON.stringify` costs.
 *
 * @throws TypeError for values that no JSON can hold, such as cycles
 */
export function writeJson(value: unknown): string {
  // Where a program taught bigint to write itself, as text mostly, it would not be noticed below.
  if ("toJSON" in BigInt.prototype) return stringify(value) as string;
  try {
    return JSON.stringify(value);
  } catch {
    // Engines refuse a bigint each in their own words; whatever else cannot be written throws again.
    JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "bigint" ? null : inner));
  }
  return stringify(value) as string;
}

/** The same integer in its one form: a `number` where that is exact, else a `bigint`. Other values stay as they are. */
export function exactInteger<T>(value: T): T | number | bigint {
  if (typeof value === "bigint") return isSafe(value) ? Number(value) : value;
  return typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value;
}

function isSafe(value: bigint): boolean {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
}
