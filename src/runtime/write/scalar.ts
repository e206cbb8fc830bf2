import { QueryError } from "../../errors/index.js";
import type { ScalarDescriptor } from "../../ir/index.js";
import type { JsonValue } from "../../models/index.js";
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

function encodeOne(value: unknown, { type }: ScalarDescriptor, place: Place): JsonValue {
  if (type === "timestamp") return encodeTime(value, place);
  if (type === "json") return value as JsonValue;
  if (typeof value === "number") return encodeNumber(value, type, place);
  if (typeof value === "string" || typeof value === "boolean") return value;
  throw unfit(place, expected(type), value);
}

function encodeNumber(value: number, type: ScalarDescriptor["type"], place: Place): number {
  const fits = type === "int64" ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (fits) return value;
  const wanted = type === "int64" ? "a whole number within 2^53" : "a finite number";
  throw new QueryError("QUERY.INVALID_VALUE", `${placeText(place)} must be ${wanted}, got ${value}.`);
}

/** Milliseconds, as the service keeps them (E91). */
function encodeTime(value: unknown, place: Place): string {
  if (typeof value === "string") return value;
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  throw unfit(place, "a Date or ISO text", value);
}

function expected(type: ScalarDescriptor["type"]): string {
  if (type === "boolean") return "a boolean";
  return /^(int|float)/.test(type) ? "a number" : "a string";
}

/** A value that cannot be sent in the place. */
export function unfit(place: Place, wanted: string, value: unknown): QueryError {
  return new QueryError("QUERY.INVALID_VALUE", `${placeText(place)} must be ${wanted}, got ${kindOf(value)}.`);
}
