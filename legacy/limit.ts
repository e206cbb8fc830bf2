/** Rows that v1's calls give when no limit is given. */
const usual = 25;

/** v1's limits in today's form: `-1` and `null` stood for all. */
export function limitOf(limit: number | null | undefined): number {
  if (limit === null || limit === -1) return Number.POSITIVE_INFINITY;
  return limit ?? usual;
}

/** Most that a search and groups can give. */
export const mostOfPage = 1000;

/** The same, of what has no further pages. */
export function pageLimitOf(limit: number | null | undefined): number {
  return Math.min(limitOf(limit), mostOfPage);
}
