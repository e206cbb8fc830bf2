import type { PygenClient } from "../client/index.js";
import type { Representation } from "../ir/index.js";
import type { VersionedIdentity } from "../models/index.js";
import { onFirstUse } from "./on-first-use.js";
import type { BindOptions } from "./types/api.js";
import type { CallOptions } from "./types/call.js";
import type { UntypedBound } from "./types/untyped.js";

const load: typeof import("./load-model.js").loadModel = onFirstUse(
  "model()",
  () => import("./load-model.js"),
  "loadModel",
);

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
  return await load(client, id, options);
}
