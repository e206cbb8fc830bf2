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
import type { BindOptions } from "./types/api.js";
import type { CallOptions } from "./types/call.js";
import type { UntypedBound } from "./types/untyped.js";

/** The handles of a data model that is read from the service. */
export async function loadModel(
  client: PygenClient,
  id: VersionedIdentity,
  options: BindOptions & CallOptions & Representation,
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
