const TIMESTAMP = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?(?:Z|([+-])(\d{2})(?::?(\d{2}))?)?$/;
/** How long a day is, and what of a canonical timestamp stands before its zone. */
const DAY_LENGTH = "2024-01-31".length;
const INSTANT_LENGTH = "2024-01-31T07:08:09.120".length;

const MINUTE = 60_000;
/** Offsets of real zones stay within this many minutes. */
const MAX_OFFSET = 18 * 60;

const FIRST = Date.parse("0001-01-01T00:00:00.000Z");
const LAST = Date.parse("9999-12-31T23:59:59.999Z");

/**
 * The instant of a timestamp in milliseconds since 1970; `undefined` when the text is not one.
 * Zones: `Z`, `+HH:MM`, `+HHMM`, `+HH`, or none for UTC; 0-3 digits of fraction; years 1-9999 (contract 10).
 */
export function instantOf(text: string): number | undefined {
  const match = TIMESTAMP.exec(text);
  if (!match) return undefined;
  const [, year = "", month = "", day = "", hour = "", minute = "", second = "", fraction = ""] = match;
  if (!isCalendarDay(Number(year), Number(month), Number(day))) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const offset = offsetMinutes(match[8], match[9], match[10]);
  if (offset === undefined) return undefined;
  const local = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, "0")}Z`);
  const instant = local - offset * MINUTE;
  return instant >= FIRST && instant <= LAST ? instant : undefined;
}

/** The form timestamps are stored and returned in: UTC with milliseconds, `2024-05-06T07:08:09.120+00:00`. */
export function canonicalTimestamp(text: string): string | undefined {
  if (beginsWithInstant(text)) {
    const zone = text.slice(INSTANT_LENGTH);
    if (zone === "+00:00") return text;
    if (zone === "Z") return `${text.slice(0, INSTANT_LENGTH)}+00:00`;
  }
  const instant = instantOf(text);
  return instant === undefined ? undefined : timestampOf(instant);
}

/** The canonical timestamp of an instant. */
export function timestampOf(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, -1)}+00:00`;
}

/** Whether the text is a day of the calendar, `YYYY-MM-DD` in years 1-9999. */
export function isDate(text: string): boolean {
  return text.length === DAY_LENGTH && beginsWithDay(text);
}

function beginsWithDay(text: string): boolean {
  if (text[4] !== "-" || text[7] !== "-") return false;
  return isCalendarDay(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
}

/** Whether a text begins with an instant in canonical form. */
function beginsWithInstant(text: string): boolean {
  if (text[10] !== "T" || text[13] !== ":" || text[16] !== ":" || text[19] !== ".") return false;
  const fits = digits(text, 11, 2) <= 23 && digits(text, 14, 2) <= 59 && digits(text, 17, 2) <= 59;
  return fits && digits(text, 20, 3) <= 999 && beginsWithDay(text);
}

/** The number that some digits are; NaN when others are among them. */
function digits(text: string, from: number, count: number): number {
  let number = 0;
  for (let at = from; at < from + count; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function offsetMinutes(sign: string | undefined, hours: string | undefined, minutes = "00"): number | undefined {
  if (sign === undefined) return 0;
  const offset = Number(hours) * 60 + Number(minutes);
  if (Number(minutes) > 59 || offset > MAX_OFFSET) return undefined;
  return sign === "-" ? -offset : offset;
}
