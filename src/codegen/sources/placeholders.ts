import type { Diagnostic } from "../../errors/index.js";
import { type JsonValue, writeJson } from "../../models/index.js";
import { sourceProblem } from "./problems.js";
import type { SourceFile } from "./source-file.js";
import type { Variables } from "./variables.js";

/** A placeholder, with the quotes around it where it is all that they hold. */
const placeholder = /(["'])\{\{\s*([\w.-]+)\s*\}\}\1|\{\{\s*([\w.-]+)\s*\}\}/g;

/**
 * Puts values in the place of `{{ name }}`. A placeholder that is a whole value takes the value's type, as the toolkit
 * has it; within a text it is replaced by its digits or letters.
 */
export function withVariables(
  { path, text }: SourceFile,
  variables: readonly Variables[],
  problems: Diagnostic[],
): string {
  if (!text.includes("{{")) return text;
  const values = valuesFor(path, variables);
  return text.replace(placeholder, (all, _quote, quoted: string | undefined, bare: string | undefined, at: number) => {
    const name = quoted ?? bare ?? "";
    const value = values.get(name);
    if (value === undefined) {
      const line = text.slice(0, at).split("\n").length;
      problems.push(sourceProblem("SOURCE.VARIABLE_MISSING", path, `variable ${name} has no value`, line));
      return all;
    }
    return quoted !== undefined || isWhole(text, at, all) ? writeJson(value) : plain(value);
  });
}

function valuesFor(path: string, variables: readonly Variables[]): ReadonlyMap<string, JsonValue> {
  const folders = `/${path.split("/").slice(0, -1).join("/")}/`;
  const counting = variables.filter(({ folder }) => folder === "" || folders.includes(`/${folder}/`));
  return new Map(counting.flatMap(({ values }) => [...values]));
}

/** Whether a placeholder stands alone after `key:`, `-`, `[` or `,` and before the end of the value. */
function isWhole(text: string, at: number, { length }: string): boolean {
  const before = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  const after = /^[^\n]*/.exec(text.slice(at + length))?.[0] ?? "";
  return /(^|[:\-[,{]\s+|[[{,:]|^\s*-\s*)\s*$/.test(before) && /^\s*($|[,\]}]|#)/.test(after);
}

function plain(value: JsonValue): string {
  return typeof value === "string" ? value : writeJson(value);
}
