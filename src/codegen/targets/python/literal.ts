/** What Python does not show as it is: it is written by its number. */
const unseen = /[^\x20-\x7e]/gu;

/** Half of a sign: no text of the service holds one, and libraries of Python refuse it. */
const halfSign = /\p{Cs}/gu;

const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A text literal in plain ASCII: the text can neither end it nor show as something it is not (E14, B12). */
export function pythonText(text: string): string {
  const escaped = text
    .replace(halfSign, "\ufffd")
    .replace(/\\/g, "\\\\")
    .replace(unseen, (sign) => short[sign] ?? byNumber(sign));
  const count = (quote: string): number => escaped.split(quote).length - 1;
  // Whichever needs less escaping, as formatters have it.
  const quote = count('"') > count("'") ? "'" : '"';
  return `${quote}${escaped.replaceAll(quote, `\\${quote}`)}${quote}`;
}

function byNumber(sign: string): string {
  const hex = (sign.codePointAt(0) ?? 0).toString(16);
  if (hex.length <= 2) return `\\x${hex.padStart(2, "0")}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
