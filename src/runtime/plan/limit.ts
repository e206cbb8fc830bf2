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
