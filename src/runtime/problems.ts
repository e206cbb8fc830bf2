import { QueryError, type QueryErrorCode } from "../errors/index.js";
import type { ViewDescriptor } from "../ir/index.js";
import { formatVersionedId, isRecord } from "../models/index.js";
import { nearest } from "./nearest.js";

/** Where in a view something was asked for. */
export interface Place {
  readonly view: ViewDescriptor;
  readonly name: string;
}

/** `'capacity' of view wind/Turbine@v1` */
export function placeText({ view, name }: Place): string {
  return `'${name}' of view ${formatVersionedId(view)}`;
}

/** An error about something that is not among what is known, with the nearest known name. */
export function unknownName(code: QueryErrorCode, name: string, what: string, known: readonly string[]): QueryError {
  const near = nearest(name, known);
  const guess = near === undefined ? "" : ` Did you mean '${near}'?`;
  return new QueryError(code, `'${name}' is not ${what}.${guess}`, { hint: `Known: ${known.join(", ") || "none"}.` });
}

/** A key that is no property of the view. */
export function unknownProperty({ view, name }: Place, known: readonly string[]): QueryError {
  return unknownName("QUERY.UNKNOWN_PROPERTY", name, `a property of view ${formatVersionedId(view)}`, known);
}

/** A value that does not fit where it stands. */
export function invalidValue(place: Place, expected: string, value: unknown): QueryError {
  return new QueryError("QUERY.INVALID_VALUE", `${placeText(place)} must be ${expected}, got ${kindOf(value)}.`);
}

/** A query that would cost more than it may. */
export function tooManyRequests(most: number): QueryError {
  return new QueryError("QUERY.MAX_REQUESTS", `The query takes more than the ${most} requests that it may.`, {
    hint: "Ask for less at once, or give a greater maxRequests.",
  });
}

/** More rows than are collected where no limit was given. */
export function unbounded(most: number): QueryError {
  return new QueryError("QUERY.UNBOUNDED", `The list has more than ${most.toLocaleString("en-US")} rows.`, {
    hint: "Stream it with for await, give a limit, or ask for all with limit: Infinity.",
  });
}

/**
 * The options of a call, as they were given.
 *
 * @throws QueryError naming what is no option of it
 */
export function optionsOf(value: unknown, of: string, known: readonly string[]): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) {
    throw new QueryError("QUERY.INVALID_VALUE", `The options of ${of} must be an object, got ${kindOf(value)}.`);
  }
  for (const [name, option] of Object.entries(value)) {
    if (option !== undefined && !known.includes(name)) {
      throw unknownName("QUERY.UNKNOWN_OPTION", name, `an option of ${of}`, known);
    }
  }
  return value;
}

/** What kind of value was met, without showing the value. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid Date" : "a Date";
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
