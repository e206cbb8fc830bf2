import { QueryError, type QueryErrorCode } from "../errors/index.js";
import type { ViewDescriptor } from "../ir/index.js";
import { formatVersionedId } from "../models/index.js";
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

/** A relation into a view that was not bound. */
export function unboundView(place: Place, target: string | undefined): QueryError {
  return target === undefined
    ? new QueryError("QUERY.UNBOUND_VIEW", `The view that ${placeText(place)} leads to is not known.`, {
        hint: "Only ids can be read and written here: use true in a selection, and ids in what is written.",
      })
    : new QueryError("QUERY.UNBOUND_VIEW", `${placeText(place)} leads to view ${target}, which is not bound.`, {
        hint: "Give its metadata constant to bind() too, or ask for the id alone with true.",
      });
}

/** What kind of value was met, without showing the value. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid Date" : "a Date";
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
