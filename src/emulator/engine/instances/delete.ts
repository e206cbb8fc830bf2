import type { InstanceDelete, InstanceId } from "../../../models/index.js";
import { refuseBeyond } from "../limits.js";
import type { ProjectState } from "../state.js";
import { checkSpacesWritable } from "./spaces.js";
import { purgeDeleted } from "./store.js";
import { Transaction } from "./transaction.js";
import { conflicts, versionConflict } from "./versions.js";

/**
 * Deletes instances as `POST /models/instances/delete` does (contract 7.3): with a node go its edges;
 * unknown instances are left out of the answer.
 *
 * @throws {@link Fault} 400 for unknown and system spaces and for more deleted instances than may be kept, 409 for version conflicts.
 */
export function deleteInstances(
  state: ProjectState,
  request: { readonly items: readonly InstanceDelete[] },
): { readonly items: readonly InstanceId[] } {
  checkSpacesWritable(state, new Set(request.items.map((item) => item.space)), false);
  const tx = new Transaction(state);
  const items = stageDeletes(tx, request.items, false);
  refuseTooManyDeleted(tx);
  tx.commit();
  return { items };
}

/** Refuses to delete more than a project may keep of what was deleted (contract 3.2); that goes by itself after 3 days. */
export function refuseTooManyDeleted({ state, deletedCount }: Transaction): void {
  if (deletedCount === 0) return;
  purgeDeleted(state);
  const count = state.deletedInstances.size + deletedCount;
  refuseBeyond(count, state.limits.softDeletedInstances, "deleted instances");
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
