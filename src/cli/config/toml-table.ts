import { CliError } from "../cli-error.js";
import { exitCodes } from "../exit-codes.js";

/** What settings of Pygen v1 hold. */
export type TomlValue = string | boolean | number | readonly TomlValue[];

const token = /\s+|#.*|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[[\],]|true|false|-?\d+(?:\.\d+)?/y;

/**
 * One table of a TOML file, as far as settings of Pygen v1 go: texts, numbers, booleans and lists of them.
 *
 * @param file - what messages call it
 * @returns `undefined` where the file has no such table
 * @throws CliError for a line of the table that is none of it
 */
export function tomlTable(file: string, text: string, name: string): ReadonlyMap<string, TomlValue> | undefined {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => tableOf(line) === name);
  if (start < 0) return undefined;
  const found = new Map<string, TomlValue>();
  for (let at = start + 1; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (/^\s*\[/.test(line)) break;
    if (/^\s*(#|$)/.test(line)) continue;
    const [, key, first = ""] = /^\s*"?([\w-]+)"?\s*=(.*)$/.exec(line) ?? [];
    const place = `${file}:${at + 1}`;
    if (key === undefined) throw unreadable(place);
    let tokens = tokensOf(first, place);
    while (depthOf(tokens) > 0 && at + 1 < lines.length) tokens = [...tokens, ...tokensOf(lines[++at] ?? "", place)];
    found.set(key, readValue(tokens, place));
  }
  return found;
}

function tableOf(line: string): string | undefined {
  return /^\s*\[\s*([\w.-]+)\s*\]\s*(?:#.*)?$/.exec(line)?.[1];
}

/** What stands in a text, without blanks and comments. */
function tokensOf(text: string, place: string): readonly string[] {
  const tokens: string[] = [];
  for (token.lastIndex = 0; token.lastIndex < text.length; ) {
    const [found] = token.exec(text) ?? [];
    if (found === undefined) throw unreadable(place);
    if (!/^[\s#]/.test(found)) tokens.push(found.startsWith("'") ? JSON.stringify(found.slice(1, -1)) : found);
  }
  return tokens;
}

function depthOf(tokens: readonly string[]): number {
  return tokens.filter((each) => each === "[").length - tokens.filter((each) => each === "]").length;
}

/** Lists may end in a comma; all else reads as JSON does. */
function readValue(tokens: readonly string[], place: string): TomlValue {
  const json = tokens.filter((each, index) => !(each === "," && tokens[index + 1] === "]"));
  try {
    return JSON.parse(json.join(" "));
  } catch {
    throw unreadable(place);
  }
}

function unreadable(place: string): CliError {
  return new CliError(
    exitCodes.usage,
    `${place}: the setting of Pygen v1 cannot be read`,
    "Write texts, booleans and lists of texts alone, or a pygen.config file: pygen init.",
  );
}
