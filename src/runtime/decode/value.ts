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
      return (value, instance) => (Number.isSafeInteger(value) ? value : refuseUnsafe(name, instance));
    case "direct":
      return (value) => (isReference(value) ? referenceOf(value) : null);
    default:
      return (value) => value;
  }
}

/** JSON numbers past 2^53 were rounded when the answer was parsed: the true value is lost (E104). */
function refuseUnsafe(name: string, { space, externalId }: Instance): never {
  throw new ResponseError(
    "RESPONSE.UNSAFE_INTEGER",
    `'${name}' of instance '${externalId}' in space '${space}' is an integer beyond 2^53, which a number cannot hold.`,
    { hint: "Leave the property out of the selection, or store such values as text." },
  );
}
