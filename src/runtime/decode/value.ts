import { ResponseError } from "../../errors/index.js";
import type { PropertyDescriptor } from "../../ir/index.js";
import type { Instance, JsonValue } from "../../models/index.js";
import { isReference, referenceOf } from "../identity.js";
import { mismatchAt, type OnMismatch, placeOf, wrongValue } from "./mismatch.js";
import { parseTime } from "./time.js";

/**
 * Turns a value of the wire into what rows carry; of elements of lists, the place is given too. One of another type than
 * promised is reported, and passes as it is.
 */
export type DecodeValue = (value: JsonValue, instance: Instance, place?: number) => unknown;

/** The decoder of a property's values; absent ones never reach it. */
export function valueDecoder(name: string, property: PropertyDescriptor, onMismatch: OnMismatch): DecodeValue {
  const expect =
    (expected: string): DecodeValue =>
    (value, instance, place) => {
      onMismatch(name, () => wrongValue(pathOf(name, place), instance, expected, value));
      return value;
    };
  const unsafe: DecodeValue = (value, instance, place) => {
    onMismatch(name, () => unsafeInteger(pathOf(name, place), instance));
    return value;
  };
  const one = property.type === "int64" ? integerDecoder(property.bigint, expect, unsafe) : decoderOf(property, expect);
  if (!("list" in property && property.list)) return one;
  const wrong = expect("an array");
  const plain = elementKind(property);
  return (value, instance) => {
    if (!Array.isArray(value)) return wrong(value, instance);
    return arePlain(plain, value) ? value : value.map((element: JsonValue, place) => one(element, instance, place));
  };
}

function pathOf(name: string, place: number | undefined): string {
  return place === undefined ? name : `${name}[${place}]`;
}

/** Makes what reports a value, and says what was expected in its place. */
type Expect = (expected: string) => DecodeValue;

// Kinds of values that pass as they are: numbers, since telling them apart is half of what a row costs.
const none = 0;
const string = 1;
const boolean = 2;
const number = 3;
const integer = 4;
const date = 5;
const json = 6;

/** One of the kinds above. */
export type PlainKind = number;

/** The kind of a property's values; of lists, times, direct relations and exact integers there is none. */
export function plainKind(property: PropertyDescriptor): PlainKind {
  return "list" in property && property.list ? none : elementKind(property);
}

function elementKind(property: PropertyDescriptor): PlainKind {
  switch (property.type) {
    case "boolean":
      return boolean;
    case "date":
      return date;
    case "json":
      return json;
    case "int32":
      return integer;
    case "int64":
      return property.bigint ? none : integer;
    case "float32":
    case "float64":
      return number;
    case "timestamp":
      return property.iso ? string : none;
    case "direct":
    case "reverse":
    case "edge":
      return none;
    default:
      return string;
  }
}

const hyphen = 45;

/** Whether a value is of a kind. */
export function isPlain(kind: PlainKind, value: JsonValue | undefined): boolean {
  switch (kind) {
    case string:
      return typeof value === "string";
    case boolean:
      return typeof value === "boolean";
    case number:
      return Number.isFinite(value);
    case integer:
      return Number.isSafeInteger(value);
    case date:
      return (
        typeof value === "string" &&
        value.length === 10 &&
        value.charCodeAt(4) === hyphen &&
        value.charCodeAt(7) === hyphen
      );
    default:
      return kind === json && value !== undefined && value !== null;
  }
}

function arePlain(kind: PlainKind, values: readonly JsonValue[]): boolean {
  for (const value of values) if (!isPlain(kind, value)) return false;
  return true;
}

/** What messages call each kind. */
const expected: readonly string[] = [
  "nothing",
  "a string",
  "a boolean",
  "a finite number",
  "a whole number",
  "a date in ISO format",
  "JSON",
];

function decoderOf(property: PropertyDescriptor, expect: Expect): DecodeValue {
  const kind = elementKind(property);
  if (kind === none) return property.type === "timestamp" ? timeDecoder(expect) : referenceDecoder(expect);
  const wrong = expect(expected[kind] ?? "");
  return (value, instance, place) => {
    if (isPlain(kind, value)) return value;
    // Where integers are read exactly, those of floating point come so too.
    return kind === number && typeof value === "bigint" ? Number(value) : wrong(value, instance, place);
  };
}

function timeDecoder(expect: Expect): DecodeValue {
  const wrong = expect("a time in ISO format");
  return (value, instance, place) => {
    const time = typeof value === "string" ? parseTime(value) : Number.NaN;
    return Number.isNaN(time) ? wrong(value, instance, place) : new Date(time);
  };
}

function referenceDecoder(expect: Expect): DecodeValue {
  const wrong = expect("{ space, externalId }");
  return (value, instance, place) => (isReference(value) ? referenceOf(value) : wrong(value, instance, place));
}

/** JSON numbers past 2^53 were rounded when the answer was parsed: the true value is lost (E104). */
function integerDecoder(exact: true | undefined, expect: Expect, unsafe: DecodeValue): DecodeValue {
  const wrong = expect("a whole number");
  return (value, instance, place) => {
    if (Number.isSafeInteger(value)) return exact ? BigInt(Number(value)) : value;
    if (typeof value === "bigint") return exact ? value : unsafe(value, instance, place);
    return Number.isInteger(value) ? unsafe(value, instance, place) : wrong(value, instance, place);
  };
}

function unsafeInteger(path: string, instance: Instance): ResponseError {
  return new ResponseError(
    "RESPONSE.UNSAFE_INTEGER",
    `${placeOf(path, instance)} is an integer beyond 2^53, which a number cannot hold.`,
    {
      hint: "Generate the code with --int64 bigint, or load the model with { int64: 'bigint' }.",
      ...mismatchAt(path, instance),
    },
  );
}
