import { QueryError } from "../../errors/index.js";
import { kindOf } from "../problems.js";

/**
 * A limit as a number, `undefined` for none.
 *
 * @throws QueryError `QUERY.INVALID_LIMIT` for anything but a whole number from 0, or `Infinity`
 */
export function toLimit(limit: unknown, of: string): number | undefined {
  if (limit === undefined || limit === Number.POSITIVE_INFINITY) return undefined;
  if (typeof limit === "number" && Number.isSafeInteger(limit) && limit >= 0) return limit;
  const got = typeof limit === "number" ? String(limit) : kindOf(limit);
  throw new QueryError(
    "QUERY.INVALID_LIMIT",
    `The limit of ${of} must be a whole number from 0, or Infinity; got ${got}.`,
  );
}

/**
 * How many rows a page has: as many as may be, unless fewer are asked for.
 *
 * @throws QueryError `QUERY.INVALID_LIMIT` for anything but a whole number from 1 to `most`
 */
export function toPageSize(size: unknown, most: number, of: string): number {
  if (size === undefined) return most;
  if (typeof size === "number" && Number.isInteger(size) && size >= 1 && size <= most) return size;
  const got = typeof size === "number" ? String(size) : kindOf(size);
  throw new QueryError("QUERY.INVALID_LIMIT", `A page of ${of} must have from 1 to ${most} rows; pageSize is ${got}.`);
}
