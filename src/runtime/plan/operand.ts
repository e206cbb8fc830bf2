import type { DirectDescriptor, ScalarDescriptor } from "../../ir/index.js";
import { exactInteger, isRecord, type JsonValue } from "../../models/index.js";
import { toReference } from "../identity.js";
import { invalidValue, type Place } from "../problems.js";

/** Turns a value that someone compares with into its form on the wire. */
export type Operand = (value: unknown) => JsonValue;

/** How values of a property are compared with. */
export function operandOf(
  property: ScalarDescriptor | DirectDescriptor,
  place: Place,
  space: string | undefined,
): Operand {
  switch (property.type) {
    case "direct":
      return reference(place, space);
    case "boolean":
      return typed(place, "a boolean", (value) => typeof value === "boolean");
    case "int64":
      return integer(place, property.bigint ? "a bigint" : "a finite number");
    case "int32":
    case "float32":
    case "float64":
      return typed(place, "a finite number", Number.isFinite);
    case "timestamp":
      return timestamp(place);
    case "json":
      return typed(place, "an object", isRecord);
    default:
      return text(place);
  }
}

/** A bigint that a number can hold is sent as one, so that equal values are the same. */
function integer(place: Place, expected: string): Operand {
  return (value) =>
    typeof value === "bigint" || Number.isFinite(value)
      ? exactInteger(value as JsonValue)
      : refuse(place, expected, value);
}

/** Texts as they are. */
export function text(place: Place): Operand {
  return typed(place, "a string", (value) => typeof value === "string");
}

/** Ids of instances; strings are in the default space. */
export function reference(place: Place, space: string | undefined): Operand {
  return (value) => {
    const { space: of, externalId } = toReference(value, space) ?? refuse(place, "an id", value);
    return { space: of, externalId };
  };
}

/** Points in time as ISO text with milliseconds (E91). */
export function timestamp(place: Place): Operand {
  return (value) => {
    if (typeof value === "string") return value;
    if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
    return refuse(place, "a Date or ISO text", value);
  };
}

function typed(place: Place, expected: string, fits: (value: unknown) => boolean): Operand {
  return (value) => (fits(value) ? (value as JsonValue) : refuse(place, expected, value));
}

function refuse(place: Place, expected: string, value: unknown): never {
  throw invalidValue(place, expected, value);
}
