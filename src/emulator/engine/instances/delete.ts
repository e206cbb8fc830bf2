import type { InstanceDelete, InstanceId } from "../../../models/index.js";
import type { ProjectState } from "../state.js";
import { checkSpacesWritable } from "./spaces.js";
import { Transaction } from "./transaction.js";
import { conflicts, versionConflict } from "./versions.js";

/**
 * Deletes instances as `POST /models/instances/delete` does (contract 7.3): with a node go its edges;
 * unknown instances are left out of the answer.
 *
 * @throws {@link Fault} 400 for unknown and system spaces, 409 for version conflicts.
 */
export function deleteInstances(
  state: ProjectState,
  request: { readonly items: readonly InstanceDelete[] },
): { readonly items: readonly InstanceId[] } {
  checkSpacesWritable(state, new Set(request.items.map((item) => item.space)), false);
  const tx = new Transaction(state);
  const items = stageDeletes(tx, request.items, false);
  tx.commit();
  return { items };
}

/** Marks instances for deletion; gives the ids of those that are there to delete. */
export function stageDeletes(
  tx: Transaction,
  items: readonly InstanceDelete[],
  skipOnVersionConflict: boolean,
): readonly InstanceId[] {
  const found = items.flatMap((item) => {
    const stored = tx.stored(item);
    if (!stored || stored.instanceType !== item.instanceType) return [];
    if (!conflicts(stored, item.existingVersion)) return [stored];
    if (skipOnVersionConflict) return [];
    throw versionConflict();
  });
  const distinct = [...new Set(found)];
  for (const instance of distinct) tx.delete(instance);
  return distinct.map(({ instanceType, space, externalId }) => ({ instanceType, space, externalId }));
}
