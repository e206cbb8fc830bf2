import { oneLine, wrap } from "../../text/index.js";
import { lineWidth } from "./code.js";

/** Text of a model within a docstring: it cannot end it, and formatters leave it as it is (E14, B12). */
function harmless(text: string): string {
  return oneLine(text).replace(/"""+/g, "'''").replace(/^"|"$/g, "'").replace(/\\/g, "\\\\");
}

/** A docstring of paragraphs, wrapped, with a line end; nothing where no paragraph says anything. */
export function docstring(paragraphs: readonly string[], indent: number): string {
  const texts = paragraphs.map(harmless).filter((text) => text !== "");
  if (texts.length === 0) return "";
  const margin = " ".repeat(indent);
  const lines = texts.flatMap((text, index) => [...(index > 0 ? [""] : []), ...wrap(text, lineWidth - indent - 3)]);
  const [first = "", ...rest] = lines;
  if (rest.length === 0 && (indent + first.length + 6 <= lineWidth || !first.includes(" "))) {
    return `${margin}"""${first}"""\n`;
  }
  if (rest.length === 0) return docstringOf(wrap(first, lineWidth - indent - 6), margin);
  return docstringOf(lines, margin);
}

function docstringOf(lines: readonly string[], margin: string): string {
  const [first = "", ...rest] = lines;
  return `${margin}"""${first}\n${rest.map((line) => `${margin}${line}`.trimEnd()).join("\n")}\n${margin}"""\n`;
}

/** A comment on lines of its own. */
export function comment(text: string): string {
  return `# ${oneLine(text)}\n`;
}
