import { QueryError } from "../../errors/index.js";
import type { ScalarDescriptor } from "../../ir/index.js";
import { exactInteger, type JsonValue } from "../../models/index.js";
import { kindOf, type Place, placeText } from "../problems.js";

/** A value as it is sent; the service checks the rest of its type. */
export function encodeScalar(value: unknown, property: ScalarDescriptor, place: Place): JsonValue {
  if (property.list) {
    if (!Array.isArray(value)) throw unfit(place, "an array", value);
    return value.map((element: unknown) => encodeOne(element, property, place));
  }
  if (property.type !== "json" && Array.isArray(value)) throw unfit(place, "a single value", value);
  return encodeOne(value, property, place);
}

function encodeOne(value: unknown, { type, bigint }: ScalarDescriptor, place: Place): JsonValue {
  switch (type) {
    case "timestamp":
      return encodeTime(value, place);
    case "json":
      return value as JsonValue;
    case "boolean":
      if (typeof value !== "boolean") throw unfit(place, "a boolean", value);
      return value;
    case "int64":
      if (typeof value === "bigint") return exactInteger(value);
      if (!Number.isSafeInteger(value)) throw unfit(place, bigint ? "a bigint" : "a whole number within 2^53", value);
      return Number(value);
    case "int32":
      if (!Number.isSafeInteger(value)) throw unfit(place, "a whole number within 2^53", value);
      return Number(value);
    case "float32":
    case "float64":
      if (!Number.isFinite(value)) throw unfit(place, "a finite number", value);
      return Number(value);
    default:
      if (typeof value !== "string") throw unfit(place, "a string", value);
      return value;
  }
}

/** Milliseconds, as the service keeps them (E91). */
function encodeTime(value: unknown, place: Place): string {
  if (typeof value === "string") return value;
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  throw unfit(place, "a Date or ISO text", value);
}

/** A value that cannot be sent in the place. */
export function unfit(place: Place, wanted: string, value: unknown): QueryError {
  return new QueryError("QUERY.INVALID_VALUE", `${placeText(place)} must be ${wanted}, got ${kindOf(value)}.`);
}
