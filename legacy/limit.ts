/** Rows that v1's calls give when no limit is given. */
const usual = 25;

/** v1's limits in today's form: `-1` and `null` stood for all. */
export function limitOf(limit: number | null | undefined): number {
  if (limit === null || limit === -1) return Number.POSITIVE_INFINITY;
  return limit ?? usual;
}
