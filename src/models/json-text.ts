export { parseJson } from "./parse-json.js";

/**
 * Writes JSON, a `bigint` as the digits of an integer. A value without any costs what `JSON.stringify` costs.
 *
 * @param indent - blanks per level, each member on a line of its own; left out, all on one line
 * @throws TypeError for values that no JSON can hold, such as cycles
 */
export function writeJson(value: unknown, indent?: number): string {
  // Where a program taught bigint to write itself, as text mostly, plain writing would go wrong without a sign.
  if (!("toJSON" in BigInt.prototype)) {
    try {
      return JSON.stringify(value, null, indent);
    } catch {
      // Engines refuse a bigint each in their own words; whatever else cannot be written throws again below.
    }
  }
  for (;;) {
    const mark = `"${Math.random()}n`;
    let count = 0;
    const asText = function (this: Readonly<Record<string, unknown>>, key: string, inner: unknown): unknown {
      const given = this[key];
      if (typeof given !== "bigint") return inner;
      count += 1;
      return `${mark.slice(1)}${given}`;
    };
    const text = JSON.stringify(value, asText, indent);
    // A text of the value may hold the mark, unlikely as it is: then another one is drawn.
    const parts = text.split(mark);
    if (parts.length === count + 1) return parts.map((part, at) => (at === 0 ? part : part.replace('"', ""))).join("");
  }
}

/** The same integer in its one form: a `number` where that is exact, else a `bigint`. Other values stay as they are. */
export function exactInteger<T>(value: T): T | number | bigint {
  if (typeof value === "bigint") return isSafe(value) ? Number(value) : value;
  return typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value;
}

function isSafe(value: bigint): boolean {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
}
