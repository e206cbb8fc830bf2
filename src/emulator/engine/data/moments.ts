import { badRequest } from "../fault.js";

const units: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};

/**
 * The time that a request means (contract 11.1): milliseconds, as a number or as digits; `now`; or some time ago.
 *
 * @throws {@link Fault} 400 for other texts
 */
export function momentOf(moment: number | string, now: number): number {
  if (typeof moment === "number") return moment;
  if (moment === "now") return now;
  if (/^-?\d+$/.test(moment)) return Number(moment);
  const [, count, unit] = /^(\d+)([smhdw])-ago$/.exec(moment) ?? [];
  if (count === undefined || unit === undefined) {
    throw badRequest(`Invalid time '${moment}'. Use milliseconds since 1970, now, or such as 2d-ago (s, m, h, d, w)`);
  }
  return now - Number(count) * (units[unit] ?? 0);
}
