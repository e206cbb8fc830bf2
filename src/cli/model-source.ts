import type { ModelDocument } from "../codegen/index.js";
import { CliError } from "./cli-error.js";
import { exitCodes } from "./exit-codes.js";
import type { CliIo } from "./io.js";
import { readModelFile } from "./model-file.js";
import { readModelFromService, type ServiceOptions } from "./service.js";

/** Options that name a model, shared by the commands that read one. */
export interface SourceOptions extends Partial<ServiceOptions> {
  /** Files with what the model builds on. */
  readonly dependsOn?: readonly string[];
  readonly dataModel?: string;
}

/** A model and what it builds on. */
export interface ModelSource {
  readonly document: ModelDocument;
  readonly dependencies: readonly ModelDocument[];
}

/** Reads the model that a command was given: a file, or a data model of the service. */
export async function readSource(file: string | undefined, options: SourceOptions, io: CliIo): Promise<ModelSource> {
  const { model } = options;
  if ((file === undefined) === (model === undefined)) {
    throw new CliError(
      exitCodes.usage,
      file === undefined ? "no model is given" : "a model file and --model are both given",
      "Give either a model file or --model space/externalId@version.",
    );
  }
  const { document, parents } =
    file === undefined
      ? await readModelFromService({ ...options, model: model ?? "" }, io)
      : { document: await readModelFile(file, io.cwd), parents: undefined };
  const dependencies: ModelDocument[] = parents ? [parents] : [];
  for (const dependency of options.dependsOn ?? []) dependencies.push(await readModelFile(dependency, io.cwd));
  return { document, dependencies };
}
