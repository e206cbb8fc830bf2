import type { PygenClient } from "../client/index.js";
import { ModelError } from "../errors/index.js";
import {
  buildModel,
  describeMembers,
  memberNames,
  type Representation,
  schemaOf,
  typescriptMembers,
  untold,
} from "../ir/index.js";
import { formatVersionedId, parseJson, type VersionedIdentity } from "../models/index.js";
import { bindViews } from "./bind.js";
import { defaultLimits } from "./plan/scope.js";
import type { BindOptions, CallOptions } from "./types/api.js";
import type { UntypedBound } from "./types/untyped.js";

/**
 * Loads a data model and gives a handle for each of its views, with nothing generated: names, selections and filters are
 * those of generated code, but are checked when they are used and not when they are compiled. `int64: "bigint"` among the
 * options reads all int64 values exactly (E104).
 *
 * @throws ModelError `MODEL.NOT_FOUND` when there is no such data model
 *
 * @example
 * ```ts
 * import { model } from "pygen";
 * const wind = await model(client, { space: "wind", externalId: "WindFarm", version: "v1" }, { space: "wind_data" });
 * const rows = await wind["turbine"]?.list({ where: { capacity: { gte: 5 } }, limit: 10 });
 * ```
 */
export async function model(
  client: PygenClient,
  id: VersionedIdentity,
  options: BindOptions & CallOptions & Representation = {},
): Promise<UntypedBound> {
  const { signal, timeout } = options;
  const [found] = await client.dataModels.retrieve([id], { inlineViews: true }, { signal, timeout, parse: parseJson });
  if (found === undefined) {
    throw new ModelError(
      "MODEL.NOT_FOUND",
      `There is no data model ${formatVersionedId(id)} in project ${client.project}.`,
    );
  }
  const resolved = buildModel(found, schemaOf(), untold);
  const views = describeMembers(resolved, memberNames(resolved, typescriptMembers, untold), options);
  const byHandle = Object.fromEntries(views.map(({ name, descriptor }) => [name.handle, descriptor]));
  return bindViews(client, byHandle, options, defaultLimits);
}
