import type { ModelDocument } from "../codegen/index.js";
import { CliError } from "./cli-error.js";
import { exitCodes } from "./exit-codes.js";
import type { CliIo } from "./io.js";
import { type ModelFileOptions, readModel } from "./model-file.js";
import { readModelsFromService } from "./service.js";
import type { AccessOptions } from "./service-access.js";

/** Options that name models, shared by the commands that read some. */
export interface SourceOptions extends AccessOptions, ModelFileOptions {
  /** Data models of the service, each as `space/externalId@version`. */
  readonly model?: readonly string[];
  /** Files and folders with what the models build on. */
  readonly dependsOn?: readonly string[];
}

/** Models and what they build on. */
export interface ModelSource {
  readonly document: ModelDocument;
  readonly dependencies: readonly ModelDocument[];
  /** Which data model of the document. */
  readonly dataModel?: string;
}

/** Reads the models that a command was given: files and folders, or data models of the service. */
export async function readSource(files: readonly string[], options: SourceOptions, io: CliIo): Promise<ModelSource> {
  const { model = [], dependsOn = [], dataModel } = options;
  if (files.length > 0 === model.length > 0) {
    throw new CliError(
      exitCodes.usage,
      files.length === 0 ? "no model is given" : "a model file and --model are both given",
      "Give either model files or --model space/externalId@version.",
    );
  }
  const { document, parents } =
    model.length > 0
      ? await readModelsFromService(model, options, io)
      : { document: await readModel(files, options, io), parents: undefined };
  const more: ModelDocument[] = [];
  for (const each of dependsOn) more.push(await readModel([each], options, io));
  return {
    document,
    dependencies: parents ? [parents, ...more] : more,
    ...(dataModel === undefined ? {} : { dataModel }),
  };
}
