import { badRequest } from "../fault.js";
import type { TimeZone } from "./time-zone.js";

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

const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/**
 * Reads the length of intervals: 1 to 120 `s` or `m`, 1 to 100,000 `h`, `d` or `mo` (contract 11.1).
 *
 * @param zone - where hours, days and months begin
 * @throws {@link Fault} 400 for what is none
 */
export function granularityOf(text: string | undefined, zone: TimeZone): Granularity {
  const [, digits, unit] = /^(\d+)(s|m|h|d|mo)$/.exec(text ?? "") ?? [];
  const count = Number(digits);
  const most = unit === "s" || unit === "m" ? 120 : 100_000;
  if (unit === undefined || count < 1 || count > most) {
    throw badRequest(
      `Invalid granularity '${text ?? ""}'. Use 1 to 120 s or m, or 1 to 100000 h, d or mo, such as 15m`,
    );
  }
  if (unit === "mo") return counted(count, monthOf, beginOfMonth, zone);
  if (unit === "d") {
    const dayOf = (local: number): number => Math.floor(local / DAY);
    return counted(count, dayOf, (day) => day * DAY, zone);
  }
  return unit === "h" ? hours(count, zone) : fixed(unit === "s" ? SECOND : MINUTE, count);
}

function monthOf(local: number): number {
  const date = new Date(local);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function beginOfMonth(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12);
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

/** Hours have one length everywhere; where the offset is no whole hour they begin at other minutes. */
function hours(count: number, { toLocal }: TimeZone): Granularity {
  const { next, containing } = fixed(HOUR, count);
  const floor = (time: number): number => {
    const local = toLocal(time);
    return time - (local - Math.floor(local / HOUR) * HOUR);
  };
  return { floor, ceil: (time) => (floor(time) === time ? time : floor(time) + HOUR), next, containing };
}

/** Units of the calendar, which are numbered, and begin at local times. */
function counted(
  count: number,
  numberOf: (local: number) => number,
  beginOf: (number: number) => number,
  { toLocal, fromLocal }: TimeZone,
): Granularity {
  const unitOf = (time: number): number => numberOf(toLocal(time));
  const begin = (unit: number): number => fromLocal(beginOf(unit));
  const floor = (time: number): number => begin(unitOf(time));
  return {
    floor,
    ceil: (time) => (floor(time) === time ? time : begin(unitOf(time) + 1)),
    next: (from) => begin(unitOf(from) + count),
    containing: (from, time) => {
      const first = unitOf(from);
      return begin(first + Math.floor((unitOf(time) - first) / count) * count);
    },
  };
}
