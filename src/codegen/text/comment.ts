/** Control characters, line separators and marks of direction: nothing of a text may hide or end a comment. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** The text on one line, for a `//` comment. */
export function oneLine(text: string): string {
  return text.replace(unseen, " ").replace(/\s+/g, " ").trim();
}

/** Text of a model within a JSDoc comment: it cannot end the comment nor give tags (E14, B12). */
function harmless(text: string): string {
  return oneLine(text)
    .replace(/\*\//g, "*\\/")
    .replace(/(?<!\w)@/g, "\\@")
    .replace(/`{3,}/g, "``");
}

/**
 * A JSDoc comment of paragraphs of a model's text, wrapped, with a line end; nothing where no paragraph says anything.
 */
export function docComment(paragraphs: readonly string[], indent: number, width: number): string {
  const texts = paragraphs.map(harmless).filter((text) => text !== "");
  const margin = " ".repeat(indent);
  const [only = ""] = texts;
  if (texts.length === 0) return "";
  if (texts.length === 1 && indent + only.length + 7 <= width) return `${margin}/** ${only} */\n`;
  const lines = texts.flatMap((text, index) => [...(index > 0 ? [""] : []), ...wrap(text, width - indent - 3)]);
  return `${margin}/**\n${lines.map((line) => `${margin} * ${line}`.trimEnd()).join("\n")}\n${margin} */\n`;
}

/** Lines of words, none longer than the width where words are not. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
