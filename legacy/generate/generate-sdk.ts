import { type PygenClient, retrieveModels } from "../../src/client/index.js";
import { generate, type ModelDocument, type NamingOptions, readModelDocument } from "../../src/codegen/index.js";
import { ConfigError, ModelError } from "../../src/errors/index.js";
import { camelCase, kebabCase } from "../../src/ir/index.js";
import { formatVersionedId, type JsonObject, type VersionedIdentity } from "../../src/models/index.js";
import { defined, several } from "../arguments.js";
import { type WarningSink, warnOnce } from "../deprecation.js";
import { writeFolder } from "./write-folder.js";

/** A data model by its id, or as the service gives it: with its views in full. */
export type ModelSource = VersionedIdentity | JsonObject;

/** What of a data model is generated, and how. */
export interface ModelOptions {
  /** Where data models are read that are given by id. */
  readonly client?: PygenClient;
  /** What the function is called that binds the views. @defaultValue the external id of the data model */
  readonly clientName?: string;
  /** How names are written (N1 to N4). */
  readonly config?: NamingOptions;
  /** Views that are left out, each as `Turbine`, `wind/Turbine` or `wind/Turbine@v1` (G4). */
  readonly excludeViews?: readonly string[];
  readonly excludeSpaces?: readonly string[];
  /** Where the deprecated call and warnings about the data model are told. @defaultValue console */
  readonly logger?: WarningSink;
}

/** Options of v1's `generate_sdk`. */
export interface GenerateSdkOptions extends ModelOptions {
  /** The folder to write to. @defaultValue that of `topLevelPackage`, else of the external id of the first data model */
  readonly outputDir?: string;
  /** Names a folder below the current one: `acme.wind` is `acme/wind`. */
  readonly topLevelPackage?: string;
  /** Whether files that pygen wrote there may be replaced. Files of others never are. @defaultValue false */
  readonly overwrite?: boolean;
  /** Writes nothing. @defaultValue false */
  readonly returnSdkFiles?: boolean;
}

/**
 * v1's `generate_sdk`: the TypeScript SDK of a data model, or of several, written to a folder (G1 to G4).
 *
 * @returns the text of each file by its path below the folder
 * @throws ConfigError `CONFIG.CLIENT` for an id without a client, `CONFIG.OUTPUT` where the folder cannot be written to; ModelError
 *   `MODEL.NOT_FOUND` naming every data model that is not there, `MODEL.INVALID` for one with errors, of which nothing is written
 * @deprecated `pygen generate`, or `generate()` of `pygen/codegen`
 *
 * @example
 * ```ts
 * import { generateSdk } from "pygen/legacy";
 *
 * await generateSdk({ space: "wind", externalId: "WindFarm", version: "v1" }, { client, outputDir: "src/windfarm" });
 * ```
 */
export async function generateSdk(
  model: ModelSource | readonly ModelSource[],
  options: GenerateSdkOptions = {},
): Promise<ReadonlyMap<string, string>> {
  const { logger = console, outputDir, topLevelPackage, overwrite = false, returnSdkFiles = false } = options;
  warnOnce(logger, "generateSdk()", "generate() of pygen/codegen, or pygen generate on the command line");
  const { files, first } = await generated(model, options);
  if (!returnSdkFiles) {
    const folder = outputDir ?? topLevelPackage?.replaceAll(".", "/") ?? kebabCase(camelCase(first.externalId));
    await writeFolder(files, folder, overwrite);
  }
  return files;
}

/** The files of an SDK, and the id of its first data model. */
export async function generated(
  model: ModelSource | readonly ModelSource[],
  options: ModelOptions,
): Promise<{ readonly files: ReadonlyMap<string, string>; readonly first: VersionedIdentity }> {
  const { clientName, config, excludeViews, excludeSpaces, logger = console } = options;
  const { document, dependencies } = await readModels(several<ModelSource>(model), options.client);
  const { files, diagnostics } = generate({
    document,
    dependencies,
    exclude: defined({ views: excludeViews, spaces: excludeSpaces }),
    rename: defined({ model: clientName }),
    ...defined({ naming: config }),
  });
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    throw new ModelError(
      "MODEL.INVALID",
      `The data model has ${errors.length} errors: ${errors[0]?.message}.`,
      diagnostics,
    );
  }
  for (const { severity, code, message } of diagnostics) {
    if (severity === "warning") logger.warn(`pygen/legacy: ${code} ${message}`);
  }
  const [first] = document.dataModels;
  if (first === undefined) throw new ModelError("MODEL.NOT_FOUND", "No data model is given.");
  return { files, first };
}

async function readModels(
  models: readonly ModelSource[],
  client: PygenClient | undefined,
): Promise<{ readonly document: ModelDocument; readonly dependencies: readonly ModelDocument[] }> {
  const ids = models.filter(isId);
  if (ids.length === 0) return { document: readModelDocument({ items: models }), dependencies: [] };
  if (ids.length < models.length || client === undefined) {
    throw new ConfigError("CONFIG.CLIENT", "Data models that are given by id are read through a client, all of them.", {
      hint: "Give { client: new PygenClient({ ... }) }, and either ids or data models with their views.",
    });
  }
  const { dataModels, parents, missing } = await retrieveModels(client, ids);
  if (missing.length > 0) {
    throw new ModelError(
      "MODEL.NOT_FOUND",
      `There is no data model ${missing.map(formatVersionedId).join(", ")} in project ${client.project}.`,
    );
  }
  return { document: readModelDocument({ items: dataModels }), dependencies: [readModelDocument({ views: parents })] };
}

function isId(model: ModelSource): model is VersionedIdentity {
  return !("views" in model);
}
