/**
 * Milliseconds since 1970 of a time in ISO format; NaN for anything else. Times as the service writes them, such as
 * `2024-12-31T23:59:59.999+00:00`, are read in a fraction of the time of `Date.parse`.
 */
export function parseTime(text: string): number {
  const { length } = text;
  const usual = (length === 29 && text.endsWith("+00:00")) || (length === 24 && text.endsWith("Z"));
  const time = usual && isSeparated(text) ? usualTime(text) : Number.NaN;
  return Number.isNaN(time) ? Date.parse(text) : time;
}

/** Whether hyphens, colons, `T` and the point are where they should be. */
function isSeparated(text: string): boolean {
  return (
    text.charCodeAt(4) === 45 &&
    text.charCodeAt(7) === 45 &&
    text.charCodeAt(10) === 84 &&
    text.charCodeAt(13) === 58 &&
    text.charCodeAt(16) === 58 &&
    text.charCodeAt(19) === 46
  );
}

function usualTime(text: string): number {
  const year = pair(text, 0) * 100 + pair(text, 2);
  const month = pair(text, 5);
  const day = pair(text, 8);
  const hour = pair(text, 11);
  const minute = pair(text, 14);
  const second = pair(text, 17);
  const hundredths = pair(text, 20);
  const thousandth = text.charCodeAt(22) - 48;
  const outside = (month - 1) | (12 - month) | (day - 1) | (31 - day) | (23 - hour) | (59 - minute) | (59 - second);
  if ((outside | year | hour | minute | second | hundredths | thousandth | (9 - thousandth)) < 0) return Number.NaN;
  const minutes = daysUntil(year, month, day) * 1_440 + hour * 60 + minute;
  return minutes * 60_000 + second * 1_000 + hundredths * 10 + thousandth;
}

/** Two digits as a number; far below zero where they are none. */
function pair(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return (tens | ones | (9 - tens) | (9 - ones)) < 0 ? -100_000 : tens * 10 + ones;
}

/** Days from 1970 to a date of the Gregorian calendar; years are counted from March, so that they end with February. */
function daysUntil(year: number, month: number, day: number): number {
  const years = month > 2 ? year : year - 1;
  const months = month > 2 ? month - 3 : month + 9;
  const leaps = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return years * 365 + leaps + Math.floor((153 * months + 2) / 5) + day - 719_469;
}
