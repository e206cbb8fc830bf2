import { ResponseError } from "../../errors/index.js";
import type { PropertyDescriptor } from "../../ir/index.js";
import type { Instance, JsonValue } from "../../models/index.js";
import { isReference, referenceOf } from "../identity.js";

/** Turns a value of the wire into what rows carry. */
export type DecodeValue = (value: JsonValue, instance: Instance) => unknown;

/** The decoder of a property's values; absent ones never reach it. */
export function valueDecoder(name: string, property: PropertyDescriptor): DecodeValue {
  const one = elementDecoder(name, property);
  if (!("list" in property && property.list)) return one;
  return (value, instance) => (Array.isArray(value) ? value.map((element) => one(element, instance)) : []);
}

function elementDecoder(name: string, property: PropertyDescriptor): DecodeValue {
  switch (property.type) {
    case "timestamp":
      return (value) => new Date(String(value));
    case "int64":
      return property.bigint ? exactDecoder(name) : (value, instance) => safeInteger(name, value, instance);
    case "float32":
    case "float64":
      // Where integers are read exactly, those of floating point come so too.
      return (value) => (typeof value === "bigint" ? Number(value) : value);
    case "direct":
      return (value) => (isReference(value) ? referenceOf(value) : null);
    default:
      return (value) => value;
  }
}

function exactDecoder(name: string): DecodeValue {
  return (value, instance) => (typeof value === "bigint" ? value : BigInt(safeInteger(name, value, instance)));
}

function safeInteger(name: string, value: JsonValue, instance: Instance): number {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : refuseUnsafe(name, instance);
}

/** JSON numbers past 2^53 were rounded when the answer was parsed: the true value is lost (E104). */
function refuseUnsafe(name: string, { space, externalId }: Instance): never {
  throw new ResponseError(
    "RESPONSE.UNSAFE_INTEGER",
    `'${name}' of instance '${externalId}' in space '${space}' is an integer beyond 2^53, which a number cannot hold.`,
    { hint: "Generate the code with --int64 bigint, or load the model with { int64: 'bigint' }." },
  );
}
