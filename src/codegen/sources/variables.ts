import type { Diagnostic } from "../../errors/index.js";
import { isRecord, type JsonValue } from "../../models/index.js";
import type { SourceFile, SourceOptions } from "./source-file.js";
import { readYaml } from "./yaml.js";

/** Values of placeholders for a folder and all below it, unless a deeper one has others. */
export interface Variables {
  /** The end of the folder's path; empty means everywhere. */
  readonly folder: string;
  readonly values: ReadonlyMap<string, JsonValue>;
}

/** A file of the toolkit with values for the folder that it is in. */
export function isVariables({ path }: SourceFile): boolean {
  return /(^|\/)default\.config\.yaml$/.test(path);
}

/** The values of files of the toolkit and those that are given, in the order in which they count: the last one first. */
export async function readVariables(
  files: readonly SourceFile[],
  { variables = {}, variableFiles = [] }: SourceOptions,
  problems: Diagnostic[],
): Promise<readonly Variables[]> {
  const found: Variables[] = [];
  for (const { path, text } of files.filter(isVariables)) {
    const folder = path.slice(0, Math.max(path.lastIndexOf("/"), 0));
    for (const json of await readYaml(path, text, problems)) found.push(...variablesOf(json, folder));
  }
  for (const { path, text } of variableFiles) {
    for (const json of await readYaml(path, text, problems)) found.push(...variablesOf(json, ""));
  }
  found.sort((a, b) => a.folder.length - b.folder.length);
  return [...found, { folder: "", values: new Map(Object.entries(variables)) }];
}

/** `config.ENV.yaml` has them under `variables` and, by folders, for modules; others are names and values. */
function variablesOf(json: unknown, folder: string): readonly Variables[] {
  if (!isRecord(json)) return [];
  const inner = json["variables"];
  return collect(isRecord(inner) ? inner : json, folder);
}

function collect(from: Readonly<Record<string, unknown>>, folder: string): readonly Variables[] {
  const values = new Map<string, JsonValue>();
  const deeper: Variables[] = [];
  for (const [name, value] of Object.entries(from)) {
    if (isRecord(value)) deeper.push(...collect(value, folder === "" ? name : `${folder}/${name}`));
    else values.set(name, value as JsonValue);
  }
  return [{ folder, values }, ...deeper];
}
