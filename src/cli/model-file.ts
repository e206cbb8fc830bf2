import { type ModelDocument, readModelFiles, type SourceOptions } from "../codegen/index.js";
import type { JsonValue } from "../models/index.js";
import { CliError } from "./cli-error.js";
import { exitCodes } from "./exit-codes.js";
import type { CliIo } from "./io.js";
import { findFiles, readFiles } from "./source-files.js";

/** How model files are read. */
export interface ModelFileOptions {
  /** `space/externalId@version` of the data model that GraphQL describes. */
  readonly dataModel?: string;
  /** Values of placeholders of toolkit files. */
  readonly values?: Readonly<Record<string, JsonValue>>;
  /** More of them, as `name=value`. */
  readonly variable?: readonly string[];
  /** Files with values of placeholders. */
  readonly variables?: readonly string[];
}

/**
 * Reads a model from files, folders and what comes in, in any of their forms.
 *
 * @throws CliError when one cannot be read; ModelError with all problems of their contents
 */
export async function readModel(
  named: readonly string[],
  { dataModel, values = {}, variable = [], variables = [] }: ModelFileOptions,
  io: CliIo,
): Promise<ModelDocument> {
  const found = await Promise.all(named.map((file) => findFiles(file, io)));
  const files = found.flatMap((of) => of.files);
  if (files.length === 0) {
    const message = `there is no model file in ${named.join(", ")}`;
    throw new CliError(exitCodes.problems, message, "Name files, or a folder with .json, .yaml or .graphql files.");
  }
  const options: SourceOptions = {
    variables: { ...values, ...Object.fromEntries(variable.map(nameAndValue)) },
    variableFiles: await readFiles(variables, "file with variables", io),
    skipOthers: found.some(({ isFolder }) => isFolder),
    ...(dataModel === undefined ? {} : { dataModel }),
  };
  return readModelFiles(files, options);
}

/** Reads one model file, in any of its forms. */
export async function readModelFile(file: string, io: CliIo): Promise<ModelDocument> {
  return readModel([file], {}, io);
}

function nameAndValue(text: string): readonly [string, string] {
  const [, name, value] = /^([\w.-]+)=(.*)$/s.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name, value];
  throw new CliError(
    exitCodes.usage,
    `--variable ${text.replace(/=.*$/s, "=…")} is not of the form name=value`,
    "Write for example --variable space=plant.",
  );
}
