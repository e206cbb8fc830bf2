import type { ScalarDescriptor } from "../../ir/index.js";
import { exactInteger, type JsonValue } from "../../models/index.js";
import { operandOf } from "../plan/operand.js";
import { invalidValue, type Place } from "../problems.js";

/** A value as it is sent, mostly as it is compared with; the service checks the rest of its type. */
export function encodeScalar(value: unknown, property: ScalarDescriptor, place: Place): JsonValue {
  if (property.list) {
    if (!Array.isArray(value)) throw invalidValue(place, "an array", value);
    return value.map((element: unknown) => encodeOne(element, property, place));
  }
  if (property.type !== "json" && Array.isArray(value)) throw invalidValue(place, "a single value", value);
  return encodeOne(value, property, place);
}

function encodeOne(value: unknown, property: ScalarDescriptor, place: Place): JsonValue {
  switch (property.type) {
    case "json":
      return value as JsonValue;
    case "int32":
      return wholeNumber(value, place, "a whole number within 2^53");
    case "int64":
      if (typeof value === "bigint") return exactInteger(value);
      return wholeNumber(value, place, property.bigint ? "a bigint" : "a whole number within 2^53");
    default:
      return operandOf(property, place, undefined)(value);
  }
}

function wholeNumber(value: unknown, place: Place, expected: string): number {
  if (!Number.isSafeInteger(value)) throw invalidValue(place, expected, value);
  return Number(value);
}
