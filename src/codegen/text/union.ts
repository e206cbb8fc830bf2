import { stringLiteral } from "./literal.js";

/** A union of text literals, on one line or, where `used` columns and it would pass the width, a member a line. */
export function literalUnion(values: readonly string[], indent: number, used: number, width: number): string {
  const literals = values.map(stringLiteral);
  const line = literals.join(" | ") || "never";
  if (literals.length < 2 || indent + used + line.length <= width) return line;
  const margin = `\n${" ".repeat(indent + 2)}`;
  return `${literals.map((literal) => `${margin}| ${literal}`).join("")}`;
}
