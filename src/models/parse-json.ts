import { parse } from "lossless-json";

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
