import { compareText } from "../../../ir/index.js";

/** Without regard to case, and numbers within by their value: as linters sort imports. */
export function natural(a: string, b: string): number {
  return byPieces(a.toLowerCase(), b.toLowerCase()) || compareText(a, b);
}

function byPieces(a: string, b: string): number {
  const [left, right] = [pieces(a), pieces(b)];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [one = "", other = ""] = [left[index], right[index]];
    const numbers = /^\d/.test(one) && /^\d/.test(other);
    const order = numbers ? Number(one) - Number(other) : compareText(one, other);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function pieces(text: string): readonly string[] {
  return text.match(/\d+|\D+/g) ?? [];
}

/** Constants, then classes, then what begins with a small letter; those of a kind without regard to case. */
export function byKind(a: string, b: string): number {
  return kindOf(a) - kindOf(b) || natural(a, b);
}

/** The same, but with regard to case: as linters sort what a package exports. */
export function byKindAndCase(a: string, b: string): number {
  return kindOf(a) - kindOf(b) || byPieces(a, b);
}

function kindOf(name: string): number {
  if (name.length > 1 && /[A-Z]/.test(name) && name === name.toUpperCase()) return 0;
  return /^[A-Z]/.test(name) ? 1 : 2;
}
