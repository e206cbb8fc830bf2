/** Digits of the shortest integer that may be too long for a number. */
const SHORTEST = 16;

/** What may be an integer too long for a number, from its first digit: a run of digits where a whole number could stand. */
const longInteger = /(?<![^\s:,[-])\d{16,}(?![^\s,\]}])/y;

/** Where texts begin and end, their escapes, and whole numbers that may be too long. */
const quoteEscapeOrLong = /"|\\.|(?<![^\s:,[])-?[1-9]\d{15,}(?=\s*(?:[,\]}]|$))/g;

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
  if (!mayHoldLong(text)) return JSON.parse(text);
  const mark = markFor(text);
  return unmarked(JSON.parse(marked(text, mark)), mark);
}

/** Looks at every sixteenth place only: a run of so many digits takes one of them. */
function mayHoldLong(text: string): boolean {
  for (let at = SHORTEST - 1; at < text.length; at += SHORTEST) {
    if (!isDigit(text, at)) continue;
    let first = at;
    // A run that goes further back was looked at from the place before.
    while (first > at - SHORTEST && isDigit(text, first - 1)) first -= 1;
    let end = at + 1;
    while (end < first + SHORTEST && isDigit(text, end)) end += 1;
    // Most runs are too short, which is told faster without the pattern.
    if (end < first + SHORTEST) continue;
    longInteger.lastIndex = first;
    if (longInteger.test(text)) return true;
  }
  return false;
}

function isDigit(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 48 && unit <= 57;
}

/** The same JSON, with a text in place of each integer that is too long for a number. */
function marked(text: string, mark: string): string {
  let inText = false;
  return text.replace(quoteEscapeOrLong, (found) => {
    if (found === '"') inText = !inText;
    const tooLong = !inText && found.length >= 16 && !Number.isSafeInteger(Number(found));
    return tooLong ? `"${mark}${found}"` : found;
  });
}

/** What stands before the digits of a `bigint` while they are a text; no text of the JSON holds it. */
function markFor(text: string): string {
  for (;;) {
    const mark = `${Math.random()}n`;
    if (!text.includes(mark)) return mark;
  }
}

/** Puts integers in place of the texts that stand for them. */
function unmarked(value: unknown, mark: string): unknown {
  if (typeof value === "string") return value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value;
  if (typeof value !== "object" || value === null) return value;
  const values = value as Record<string, unknown>;
  // Every key is the object's own, `__proto__` too, so that setting it calls nothing.
  for (const [key, inner] of Object.entries(values)) values[key] = unmarked(inner, mark);
  return values;
}
