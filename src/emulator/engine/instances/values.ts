import {
  exactInteger,
  isListType,
  isRecord,
  type JsonValue,
  keyCount,
  type PropertyType,
  writeJson,
} from "../../../models/index.js";
import { maxListSize } from "../list-size.js";
import { isNumeric } from "./compare.js";
import { isLonger, MAX_JSON_BYTES, utf8Length, wrongJson } from "./json-values.js";
import { canonicalTimestamp, isDate } from "./timestamps.js";

/** Largest text, and largest list of texts, in bytes of UTF-8 (contract 3.5). */
const MAX_TEXT_BYTES = 128_000;

const SPACE = /^[a-zA-Z][a-zA-Z0-9_-]{0,41}[a-zA-Z0-9]?$/;
const MAX_EXTERNAL_ID = 256;

/** A value that is not what its property takes: what was expected instead. */
export class Mismatch {
  constructor(readonly expected: string) {}
}

/** A value in the form it is stored and returned in, or why it has none. */
export type Canonical = JsonValue | Mismatch;

/** Whether a value has no canonical form. */
export function isMismatch(canonical: Canonical): canonical is Mismatch {
  return typeof canonical === "object" && canonical !== null && canonical instanceof Mismatch;
}

/** Checks a value against its property's type and gives its canonical form (contract 3.5, 10). */
export function canonicalise(type: PropertyType, value: JsonValue): Canonical {
  return isListType(type) ? canonicalList(type, value) : canonicalScalar(type, value);
}

/** Names a value in an error, by kind and never by content. */
export function describeValue(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return "text";
  if (typeof value === "boolean") return "a boolean";
  return isNumeric(value) ? "a number" : "an object";
}

/** Names a type in an error: `float64`, `text[]`. */
export function describeType(type: PropertyType): string {
  return isListType(type) ? `${type.type}[]` : type.type;
}

function canonicalList(type: PropertyType, value: JsonValue): Canonical {
  if (!Array.isArray(value)) return expected("a list", value);
  const longest = maxListSize(type);
  if (value.length > longest) return new Mismatch(`at most ${longest} values, got ${value.length}`);
  // Lists that grow by themselves keep room for more, and those made with a length are slow to write as JSON.
  const values: JsonValue[] = value.slice();
  for (let index = 0; index < values.length; index++) {
    const result = canonicalScalar(type, values[index] as JsonValue);
    if (isMismatch(result)) return new Mismatch(`${result.expected} at position ${index}`);
    values[index] = result;
  }
  return wrongListBytes(type, values) ?? values;
}

function wrongListBytes(type: PropertyType, values: readonly JsonValue[]): Mismatch | undefined {
  if (type.type === "text") {
    let units = 0;
    for (const text of values) units += (text as string).length;
    // No UTF-16 unit takes more than three bytes.
    return 3 * units > MAX_TEXT_BYTES && utf8Length(values.join("")) > MAX_TEXT_BYTES
      ? new Mismatch(`at most ${MAX_TEXT_BYTES} bytes of text in all`)
      : undefined;
  }
  return type.type === "json" && isLonger(writeJson(values), MAX_JSON_BYTES)
    ? new Mismatch(`at most ${MAX_JSON_BYTES} bytes in all`)
    : undefined;
}

function canonicalScalar(type: PropertyType, value: JsonValue): Canonical {
  switch (type.type) {
    case "text":
      return canonicalText(value, Math.min(type.maxTextSize ?? MAX_TEXT_BYTES, MAX_TEXT_BYTES));
    case "boolean":
      return typeof value === "boolean" ? value : expected("a boolean", value);
    case "int32":
      return canonicalInteger(value, -(2 ** 31), 2 ** 31, "a 32-bit integer");
    case "int64":
      return canonicalInteger(value, -(2 ** 63), 2 ** 63, "a 64-bit integer");
    case "float32":
      return canonicalNumber(value, Math.fround, "a number of single precision");
    case "float64":
      return canonicalNumber(value, (number) => number, "a number");
    case "timestamp":
      return canonicalWhen(value, "a timestamp like 2024-01-31T12:30:00.000Z", canonicalTimestamp);
    case "date":
      return canonicalWhen(value, "a date like 2024-01-31", (text) => (isDate(text) ? text : undefined));
    case "json":
      return canonicalJson(value);
    case "direct":
      return canonicalDirect(value);
    case "timeseries":
    case "file":
    case "sequence":
      return canonicalText(value, MAX_TEXT_BYTES);
    case "enum":
      return canonicalEnum(type.values, type.unknownValue, value);
  }
}

function expected(what: string, value: JsonValue): Mismatch {
  return new Mismatch(`${what}, got ${describeValue(value)}`);
}

function canonicalText(value: JsonValue, maxBytes: number): Canonical {
  if (typeof value !== "string") return expected("text", value);
  if (value.includes("\0")) return new Mismatch("text without the character NUL");
  if (!isLonger(value, maxBytes)) return value;
  return new Mismatch(`text of at most ${maxBytes} bytes, got ${utf8Length(value)}`);
}

/** Equal integers are `===`: numbers where those are exact, else bigints (E104). */
function canonicalInteger(value: JsonValue, min: number, end: number, what: string): Canonical {
  if (!isNumeric(value)) return expected(what, value);
  if (typeof value === "number" && !Number.isInteger(value)) return new Mismatch(`${what}, got a fraction`);
  if (value < min || value >= end) return new Mismatch(`${what}, got one out of its range`);
  const exact = exactInteger(value);
  return typeof exact === "number" ? exact + 0 : exact;
}

function canonicalNumber(value: JsonValue, round: (value: number) => number, what: string): Canonical {
  if (!isNumeric(value)) return expected("a number", value);
  const rounded = round(Number(value));
  return Number.isFinite(rounded) ? rounded + 0 : new Mismatch(`${what}, got one out of its range`);
}

function canonicalWhen(value: JsonValue, what: string, canonical: (text: string) => string | undefined): Canonical {
  if (typeof value !== "string") return expected(what, value);
  return canonical(value) ?? new Mismatch(what);
}

function canonicalJson(value: JsonValue): Canonical {
  if (!isRecord(value)) return expected("a JSON object", value);
  const wrong = wrongJson(value);
  return wrong === undefined ? value : new Mismatch(`a JSON object with ${wrong}`);
}

function canonicalDirect(value: JsonValue): Canonical {
  const what = "a direct relation {space, externalId}";
  if (!isRecord(value)) return expected(what, value);
  const { space, externalId } = value as { readonly space?: JsonValue; readonly externalId?: JsonValue };
  if (keyCount(value) !== 2 || typeof space !== "string" || typeof externalId !== "string") {
    return new Mismatch(`${what} with exactly these two keys`);
  }
  if (!SPACE.test(space)) return new Mismatch(`${what} with the id of a space`);
  const fits = externalId.length >= 1 && externalId.length <= MAX_EXTERNAL_ID && !externalId.includes("\0");
  return fits ? { space, externalId } : new Mismatch(`${what} with an externalId of 1 to 256 characters`);
}

function canonicalEnum(
  values: Readonly<Record<string, unknown>>,
  unknownValue: string | undefined,
  value: JsonValue,
): Canonical {
  if (typeof value !== "string") return expected("text", value);
  if (value === unknownValue) return new Mismatch(`a value other than '${value}', which stands for unknown values`);
  return Object.hasOwn(values, value) ? value : new Mismatch(`one of [${Object.keys(values).join(", ")}]`);
}
