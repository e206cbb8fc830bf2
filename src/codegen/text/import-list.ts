import { stringLiteral } from "./literal.js";

/** An import or export of names, on one line or, where it would pass the width, a name a line. */
export function nameList(keyword: string, names: readonly string[], from: string, width: number): string {
  const end = ` from ${stringLiteral(from)};\n`;
  const line = `${keyword} { ${names.join(", ")} }${end}`;
  return line.length <= width + 1 ? line : `${keyword} {\n${names.map((name) => `  ${name},\n`).join("")}}${end}`;
}
