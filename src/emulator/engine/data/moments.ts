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

/** Intervals of one length. */
export interface Granularity {
  /** The beginning of the unit, such as the hour, that a time is in. */
  readonly floor: (time: number) => number;
  /** The first beginning of a unit that is not before a time. */
  readonly ceil: (time: number) => number;
  /** Where the interval that begins at a time ends. */
  readonly next: (begin: number) => number;
  /** Where the interval begins that a time is in, counted from the beginning of one before it. */
  readonly containing: (begin: number, time: number) => number;
}

/**
 * Reads the length of intervals: 1 to 120 `s` or `m`, 1 to 100,000 `h`, `d` or `mo` (contract 11.1).
 *
 * @throws {@link Fault} 400 for what is none
 */
export function granularityOf(text: string | undefined): Granularity {
  const [, digits, unit] = /^(\d+)(s|m|h|d|mo)$/.exec(text ?? "") ?? [];
  const count = Number(digits);
  const most = unit === "s" || unit === "m" ? 120 : 100_000;
  if (unit === undefined || count < 1 || count > most) {
    throw badRequest(
      `Invalid granularity '${text ?? ""}'. Use 1 to 120 s or m, or 1 to 100000 h, d or mo, such as 15m`,
    );
  }
  return unit === "mo" ? months(count) : fixed(units[unit] ?? 1, count);
}

function fixed(unit: number, count: number): Granularity {
  const length = unit * count;
  return {
    floor: (time) => Math.floor(time / unit) * unit,
    ceil: (time) => Math.ceil(time / unit) * unit,
    next: (begin) => begin + length,
    containing: (begin, time) => begin + Math.floor((time - begin) / length) * length,
  };
}

function months(count: number): Granularity {
  const monthOf = (time: number): number => {
    const date = new Date(time);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  };
  const beginOf = (month: number): number => Date.UTC(Math.floor(month / 12), month % 12);
  const floor = (time: number): number => beginOf(monthOf(time));
  return {
    floor,
    ceil: (time) => (floor(time) === time ? time : beginOf(monthOf(time) + 1)),
    next: (begin) => beginOf(monthOf(begin) + count),
    containing: (begin, time) => {
      const from = monthOf(begin);
      return beginOf(from + Math.floor((monthOf(time) - from) / count) * count);
    },
  };
}
