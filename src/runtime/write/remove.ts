import type { ViewDescriptor } from "../../ir/index.js";
import { formatVersionedId, type InstanceId, type NodeReference } from "../../models/index.js";
import type { HandleContext } from "../handle-context.js";
import { keyOf } from "../identity.js";
import { callKeys, callName, callOptions, idOf } from "../operations/call-options.js";
import { listOf, optionsOf } from "../problems.js";
import type { CallOptions } from "../types/api.js";

/** Deletes instances by id; unknown ones are passed over. */
export async function remove(
  { client, scope }: HandleContext,
  view: ViewDescriptor,
  ids: readonly unknown[],
  options: CallOptions,
): Promise<{ readonly deleted: readonly NodeReference[] }> {
  const { instanceType } = view;
  optionsOf(options, callName("delete", view), callKeys);
  const unique = new Map<string, InstanceId>();
  for (const id of listOf(ids, `The ids to delete of view ${formatVersionedId(view)}`)) {
    const reference = idOf(id, view, scope.space);
    unique.set(keyOf(reference), { instanceType, ...reference });
  }
  const gone = await client.instances.delete([...unique.values()], callOptions(options));
  return { deleted: gone.map(({ space, externalId }) => ({ space, externalId })) };
}
