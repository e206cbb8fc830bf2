import { PygenClient, retrieveModels } from "../client/index.js";
import { type ModelDocument, readModelDocument } from "../codegen/index.js";
import { formatVersionedId, parseVersionedId, type VersionedIdentity } from "../models/index.js";
import { CliError } from "./cli-error.js";
import { exitCodes } from "./exit-codes.js";
import type { CliIo } from "./io.js";
import { type AccessOptions, accessOf } from "./service-access.js";

/**
 * Gets data models with their views from the service, and the views outside of them that these implement: with them the
 * same code is generated as from a file.
 *
 * @param models - each as `space/externalId@version`
 * @throws CliError for options that are missing or wrong, and when one of the data models is not there
 */
export async function readModelsFromService(
  models: readonly string[],
  options: AccessOptions,
  io: CliIo,
): Promise<{ readonly document: ModelDocument; readonly parents: ModelDocument }> {
  const ids = models.map(idOf);
  const access = await accessOf(options, io);
  const client = new PygenClient({ ...access, application: "pygen-cli" });
  const { dataModels, parents, missing } = await retrieveModels(client, ids);
  if (missing.length > 0) {
    throw new CliError(
      exitCodes.problems,
      `project ${access.project} has no data model ${missing.map(formatVersionedId).join(", ")}`,
      "Check space, external id and version, and that the token may read the space.",
    );
  }
  return { document: readModelDocument({ items: dataModels }), parents: readModelDocument({ views: parents }) };
}

function idOf(model: string): VersionedIdentity {
  const id = parseVersionedId(model);
  if (id) return id;
  throw new CliError(
    exitCodes.usage,
    `--model ${model} is not of the form space/externalId@version`,
    "Write for example --model wind/WindFarm@v1.",
  );
}
