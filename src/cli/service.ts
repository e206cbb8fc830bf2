import { PygenClient } from "../client/index.js";
import { type ModelDocument, readModelDocument } from "../codegen/index.js";
import { formatVersionedId, parseJson, parseVersionedId, type View } from "../models/index.js";
import { CliError } from "./cli-error.js";
import { exitCodes } from "./exit-codes.js";
import type { CliIo } from "./io.js";
import { type AccessOptions, accessOf } from "./service-access.js";

/** Where a data model is to be had from. */
export interface ServiceOptions extends AccessOptions {
  /** `space/externalId@version`. */
  readonly model: string;
}

/**
 * Gets a data model with its views from the service, and the views outside of it that these implement: with them the
 * same code is generated as from a file.
 *
 * @throws CliError for options that are missing or wrong, and when there is no such data model
 */
export async function readModelFromService(
  options: ServiceOptions,
  io: CliIo,
): Promise<{ readonly document: ModelDocument; readonly parents: ModelDocument }> {
  const id = parseVersionedId(options.model);
  if (!id) {
    throw new CliError(
      exitCodes.usage,
      `--model ${options.model} is not of the form space/externalId@version`,
      "Write for example --model wind/WindFarm@v1.",
    );
  }
  const access = await accessOf(options, io);
  const client = new PygenClient({ ...access, application: "pygen-cli" });
  const items = await client.dataModels.retrieve([id], { inlineViews: true }, { parse: parseJson });
  if (items.length === 0) {
    throw new CliError(
      exitCodes.problems,
      `project ${access.project} has no data model ${formatVersionedId(id)}`,
      "Check space, external id and version, and that the token may read the space.",
    );
  }
  const document = readModelDocument({ items });
  return { document, parents: readModelDocument({ views: await parentsOutside(document, client) }) };
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
