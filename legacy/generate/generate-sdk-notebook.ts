import type { PygenClient } from "../../src/client/index.js";
import type { VersionedIdentity } from "../../src/models/index.js";
import { model, type UntypedBound } from "../../src/runtime/index.js";
import { defined } from "../arguments.js";
import { type WarningSink, warnOnce } from "../deprecation.js";
import { type LegacyClient, legacyClient } from "../legacy-client.js";

/** Options of v1's `generate_sdk_notebook`. */
export interface NotebookOptions {
  readonly client: PygenClient;
  /** The space of instances that are named by external id alone. */
  readonly defaultInstanceSpace?: string;
  /** Where deprecated calls are told of. @defaultValue console */
  readonly logger?: WarningSink;
}

/**
 * v1's `generate_sdk_notebook`: a client for a data model at once, of which nothing is written (G5). Its names are checked when
 * they are used.
 *
 * @throws ModelError `MODEL.NOT_FOUND` when there is no such data model
 * @deprecated `model(client, id, { space })` of `pygen`
 *
 * @example
 * ```ts
 * import { generateSdkNotebook } from "pygen/legacy";
 *
 * const id = { space: "wind", externalId: "WindFarm", version: "v1" };
 * const v1 = await generateSdkNotebook(id, { client, defaultInstanceSpace: "wind_data" });
 * const rows = await v1["turbine"]?.list({ minCapacity: 5 });
 * ```
 */
export async function generateSdkNotebook(
  id: VersionedIdentity,
  { client, defaultInstanceSpace, logger = console }: NotebookOptions,
): Promise<LegacyClient<UntypedBound>> {
  warnOnce(logger, "generateSdkNotebook()", "model(client, id, { space }) of pygen");
  const sdk = await model(client, id, defined({ space: defaultInstanceSpace }));
  return legacyClient(sdk, { logger, dataModel: id });
}
