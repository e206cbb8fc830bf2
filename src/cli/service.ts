import { PygenClient } from "../client/index.js";
import { type ModelDocument, readModelDocument } from "../codegen/index.js";
import { formatVersionedId, parseJson, parseVersionedId, type VersionedIdentity, type View } from "../models/index.js";
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
  const items = await client.dataModels.retrieve(ids, { inlineViews: true }, { parse: parseJson });
  const found = new Set(items.map(formatVersionedId));
  const missing = ids.map(formatVersionedId).filter((id) => !found.has(id));
  if (missing.length > 0) {
    throw new CliError(
      exitCodes.problems,
      `project ${access.project} has no data model ${missing.join(", ")}`,
      "Check space, external id and version, and that the token may read the space.",
    );
  }
  const document = readModelDocument({ items });
  return { document, parents: readModelDocument({ views: await parentsOutside(document, client) }) };
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

/** The views that views of a document implement, directly or not, and that it does not hold. */
async function parentsOutside({ views }: ModelDocument, client: PygenClient): Promise<readonly View[]> {
  const seen = new Set(views.map(formatVersionedId));
  const found: View[] = [];
  let level: ModelDocument["views"] = views;
  while (level.length > 0) {
    const parents = new Map(level.flatMap((view) => view.implements ?? []).map((id) => [formatVersionedId(id), id]));
    const missing = [...parents].filter(([id]) => !seen.has(id));
    for (const [id] of missing) seen.add(id);
    const ids = missing.map(([, { space, externalId, version }]) => ({ space, externalId, version }));
    const next = ids.length === 0 ? [] : await client.views.retrieve(ids, {}, { parse: parseJson });
    found.push(...next);
    level = next;
  }
  return found;
}
