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
  const walk: JsonWalk = { mostBytes: 0 };
  const wrong = wrongEntry(value, 0, walk);
  if (wrong !== undefined) return wrong;
  return walk.mostBytes > MAX_JSON_BYTES && utf8Length(writeJson(value)) > MAX_JSON_BYTES
    ? `at most ${MAX_JSON_BYTES} bytes`
    : undefined;
}

interface JsonWalk {
  /** Most bytes that what was seen so far may take in its text: a unit of a text may be written as six. */
  mostBytes: number;
}

function wrongEntry(entry: JsonValue, depth: number, walk: JsonWalk): string | undefined {
  if (depth > MAX_DEPTH) return `at most ${MAX_DEPTH} levels of nesting`;
  if (typeof entry === "string") {
    walk.mostBytes += 6 * entry.length + 3;
    return isLonger(entry, MAX_TEXT_BYTES) ? `texts of at most ${MAX_TEXT_BYTES} bytes inside` : undefined;
  }
  walk.mostBytes += typeof entry === "bigint" ? String(entry).length + 1 : 30;
  if (Array.isArray(entry)) return wrongWithin(entry, depth, walk);
  if (!isRecord(entry)) return undefined;
  const keys = Object.keys(entry);
  if (keys.length > MAX_KEYS) return `at most ${MAX_KEYS} keys in one object`;
  for (const key of keys) {
    if (key.length > MAX_KEY_LENGTH) return `keys of at most ${MAX_KEY_LENGTH} characters`;
    walk.mostBytes += 6 * key.length + 4;
  }
  return wrongWithin(Object.values(entry), depth, walk);
}

function wrongWithin(entries: readonly JsonValue[], depth: number, walk: JsonWalk): string | undefined {
  for (const entry of entries) {
    const wrong = wrongEntry(entry, depth + 1, walk);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
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
