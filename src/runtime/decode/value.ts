import { ResponseError } from "../../errors/index.js";
import type { PropertyDescriptor } from "../../ir/index.js";
import type { Instance, JsonValue } from "../../models/index.js";
import { isReference, referenceOf } from "../identity.js";
import { type OnMismatch, placeOf, wrongValue } from "./mismatch.js";

/** Turns a value of the wire into what rows carry. One of another type than promised is reported, and passes as it is. */
export type DecodeValue = (value: JsonValue, instance: Instance) => unknown;

/** The decoder of a property's values; absent ones never reach it. */
export function valueDecoder(name: string, property: PropertyDescriptor, onMismatch: OnMismatch): DecodeValue {
  const { type } = property;
  const expect =
    (expected: string): DecodeValue =>
    (value, instance) => {
      onMismatch(name, () => wrongValue(name, instance, expected, value));
      return value;
    };
  const unsafe: DecodeValue = (value, instance) => {
    onMismatch(name, () => unsafeInteger(name, instance));
    return value;
  };
  const one = type === "int64" ? integerDecoder(property.bigint, expect, unsafe) : decoderOf(type, expect);
  if (!("list" in property && property.list)) return one;
  const wrong = expect("an array");
  return (value, instance) => {
    if (!Array.isArray(value)) return wrong(value, instance);
    return value.map((element: JsonValue) => one(element, instance));
  };
}

/** Makes what reports a value, and says what was expected in its place. */
type Expect = (expected: string) => DecodeValue;

function decoderOf(type: Exclude<PropertyDescriptor["type"], "int64">, expect: Expect): DecodeValue {
  switch (type) {
    case "json":
      return (value) => value;
    case "boolean":
      return checked((value) => typeof value === "boolean", expect("a boolean"));
    case "int32":
      return checked(Number.isInteger, expect("a whole number"));
    case "float32":
    case "float64":
      return numberDecoder(expect("a finite number"));
    case "timestamp":
      return timeDecoder(expect("a time in ISO format"));
    case "date":
      return checked(isDate, expect("a date in ISO format"));
    case "direct": {
      const wrong = expect("{ space, externalId }");
      return (value, instance) => (isReference(value) ? referenceOf(value) : wrong(value, instance));
    }
    default:
      return checked((value) => typeof value === "string", expect("a string"));
  }
}

function checked(fits: (value: unknown) => boolean, wrong: DecodeValue): DecodeValue {
  return (value, instance) => (fits(value) ? value : wrong(value, instance));
}

function numberDecoder(wrong: DecodeValue): DecodeValue {
  return (value, instance) => {
    if (Number.isFinite(value)) return value;
    // Where integers are read exactly, those of floating point come so too.
    return typeof value === "bigint" ? Number(value) : wrong(value, instance);
  };
}

function timeDecoder(wrong: DecodeValue): DecodeValue {
  return (value, instance) => {
    if (typeof value !== "string") return wrong(value, instance);
    const time = new Date(value);
    return Number.isNaN(time.getTime()) ? wrong(value, instance) : time;
  };
}

function isDate(value: unknown): boolean {
  return typeof value === "string" && value.length === 10 && value[4] === "-" && value[7] === "-";
}

/** JSON numbers past 2^53 were rounded when the answer was parsed: the true value is lost (E104). */
function integerDecoder(exact: true | undefined, expect: Expect, unsafe: DecodeValue): DecodeValue {
  const wrong = expect("a whole number");
  return (value, instance) => {
    if (Number.isSafeInteger(value)) return exact ? BigInt(Number(value)) : value;
    if (typeof value === "bigint") return exact ? value : unsafe(value, instance);
    return Number.isInteger(value) ? unsafe(value, instance) : wrong(value, instance);
  };
}

function unsafeInteger(name: string, instance: Instance): ResponseError {
  return new ResponseError(
    "RESPONSE.UNSAFE_INTEGER",
    `${placeOf(name, instance)} is an integer beyond 2^53, which a number cannot hold.`,
    { hint: "Generate the code with --int64 bigint, or load the model with { int64: 'bigint' }." },
  );
}
