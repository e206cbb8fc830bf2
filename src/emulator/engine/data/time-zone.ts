import { badRequest } from "../fault.js";

const MINUTE = 60_000;

/** Where clocks show the same. Local times are milliseconds since 1970 as clocks there show them. */
export interface TimeZone {
  readonly toLocal: (time: number) => number;
  /** Of a time that clocks skip, the one as long after the skip; of one that they show twice, the first. */
  readonly fromLocal: (local: number) => number;
}

/**
 * Reads the name of a time zone: `UTC`, an offset from it such as `UTC+05:30` in steps of 15 minutes, or a place such as
 * `Europe/Oslo`.
 *
 * @throws {@link Fault} 400 for what is none
 */
export function timeZoneOf(name = "UTC"): TimeZone {
  const [, sign, hours, minutes = "0"] = /^UTC(?:([+-])(\d{1,2})(?::?(\d{2}))?)?$/.exec(name) ?? [];
  if (name === "UTC") return fixed(0);
  if (sign === undefined) return placed(name);
  const offset = Number(hours) * 60 + Number(minutes);
  if (Number(minutes) % 15 !== 0 || Number(minutes) > 59 || offset > 18 * 60) throw unknownZone(name);
  return fixed(offset * MINUTE * (sign === "-" ? -1 : 1));
}

function fixed(offset: number): TimeZone {
  return { toLocal: (time) => time + offset, fromLocal: (local) => local - offset };
}

function placed(name: string): TimeZone {
  const offsetAt = offsetsOf(name);
  return {
    toLocal: (time) => time + offsetAt(time),
    fromLocal: (local) => {
      // Offsets differ by less than a day from one moment to the next: one of the two around it is the right one.
      const [before, after] = [offsetAt(local - 24 * 60 * MINUTE), offsetAt(local + 24 * 60 * MINUTE)];
      const early = local - Math.max(before, after);
      return early + offsetAt(early) === local ? early : local - Math.min(before, after);
    },
  };
}

function offsetsOf(name: string): (time: number) => number {
  if (!name.includes("/")) throw unknownZone(name);
  let format: Intl.DateTimeFormat;
  try {
    const numeric = "numeric";
    const fields = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric } as const;
    format = new Intl.DateTimeFormat("en-US", { timeZone: name, hourCycle: "h23", second: numeric, ...fields });
  } catch {
    throw unknownZone(name);
  }
  return (time) => {
    const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
    const [year = 0, month = 1, day, hour, minute, second] = [
      ...(["year", "month", "day", "hour", "minute", "second"] as const),
    ].map((part) => parts.get(part));
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(time / 1000) * 1000;
  };
}

function unknownZone(name: string): Error {
  return badRequest(`Invalid timeZone '${name}'. Use UTC, such as UTC+05:30, or such as Europe/Oslo`);
}
