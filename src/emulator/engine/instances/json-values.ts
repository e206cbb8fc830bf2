import { isRecord, type JsonValue, writeJson } from "../../../models/index.js";
import { compareValues, isNumeric } from "./compare.js";

/** Largest JSON value, or list of them, in bytes of its text (contract 3.5). */
export const MAX_JSON_BYTES = 40_960;
/** Most keys of one object, longest key, and largest text in bytes (contract 3.5). */
const MAX_KEYS = 256;
const MAX_KEY_LENGTH = 128;
const MAX_TEXT_BYTES = 10_240;
/** Deepest nesting; the service names no bound of its own, this one keeps writing the answer safe. */
const MAX_DEPTH = 256;

const encoder = new TextEncoder();

/** The length of a text in bytes of UTF-8. */
export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}

/** Whether a text has more bytes of UTF-8 than so many. */
export function isLonger(text: string, bytes: number): boolean {
  // No UTF-16 unit takes more than three bytes.
  return text.length * 3 > bytes && utf8Length(text) > bytes;
}

/** What is wrong with a JSON value as a property's value, if anything. */
export function wrongJson(value: JsonValue): string | undefined {
  let level: readonly JsonValue[] = [value];
  let most = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return `at most ${MAX_DEPTH} levels of nesting`;
    for (const entry of level) {
      const wrong = wrongEntry(entry);
      if (wrong !== undefined) return wrong;
      most += mostBytes(entry);
    }
    level = level.flatMap(childrenOf);
  }
  return most > MAX_JSON_BYTES && utf8Length(writeJson(value)) > MAX_JSON_BYTES
    ? `at most ${MAX_JSON_BYTES} bytes`
    : undefined;
}

/** Most bytes that an entry may take in its text, without what is inside: a unit of a text may be written as six. */
function mostBytes(entry: JsonValue): number {
  if (typeof entry === "string") return 6 * entry.length + 3;
  if (typeof entry === "bigint") return String(entry).length + 1;
  if (!isRecord(entry)) return 30;
  return Object.keys(entry).reduce((sum, key) => sum + 6 * key.length + 4, 3);
}

function wrongEntry(entry: JsonValue): string | undefined {
  if (typeof entry === "string") {
    return isLonger(entry, MAX_TEXT_BYTES) ? `texts of at most ${MAX_TEXT_BYTES} bytes inside` : undefined;
  }
  if (!isRecord(entry)) return undefined;
  const keys = Object.keys(entry);
  if (keys.length > MAX_KEYS) return `at most ${MAX_KEYS} keys in one object`;
  return keys.some((key) => key.length > MAX_KEY_LENGTH) ? `keys of at most ${MAX_KEY_LENGTH} characters` : undefined;
}

function childrenOf(value: JsonValue): readonly JsonValue[] {
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}

/** Whether two JSON values are equal; the order of keys does not matter. */
export function jsonEquals(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  // A bigint and a number can be equal without being the same.
  if (isNumeric(a) && isNumeric(b)) return compareValues(a, b) === 0;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((entry, index) => jsonEquals(entry, b[index]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && jsonEquals(a[key] as JsonValue, b[key] as JsonValue))
  );
}
