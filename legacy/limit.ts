import { QueryError } from "../src/errors/index.js";

/** Rows that v1's calls give when no limit is given. */
const usual = 25;

/**
 * v1's limits in today's form: `-1` and `null` stood for all.
 *
 * @param name - what it is called among the arguments
 * @throws QueryError `QUERY.INVALID_LIMIT` for anything else but a whole number from 0, or `Infinity`
 */
export function limitOf(limit: number | null | undefined, name = "limit"): number {
  if (limit === null || limit === -1 || limit === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  return limit === undefined ? usual : wholeNumber(limit, name, 0, ", or -1, null or Infinity for all");
}

/** Most that a search and groups can give. */
export const mostOfPage = 1000;

/** The same, of what has no further pages. */
export function pageLimitOf(limit: number | null | undefined): number {
  return Math.min(limitOf(limit), mostOfPage);
}

/**
 * Rows of a page.
 *
 * @throws QueryError `QUERY.INVALID_LIMIT` for anything but a whole number from 1
 */
export function chunkSizeOf(size: number): number {
  return wholeNumber(size, "chunkSize", 1);
}

function wholeNumber(value: unknown, name: string, least: number, others = ""): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= least) return value;
  const got = typeof value === "number" ? String(value) : `a ${typeof value}`;
  throw new QueryError("QUERY.INVALID_LIMIT", `'${name}' must be a whole number from ${least}${others}; got ${got}.`);
}
