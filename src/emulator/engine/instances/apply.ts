import type {
  InstanceId,
  InstancesUpsertRequest,
  InstancesUpsertResponse,
  InstanceWrite,
  WrittenInstance,
} from "../../../models/index.js";
import { badRequest } from "../fault.js";
import { InstanceMap } from "../instance-map.js";
import { refuseBeyond } from "../limits.js";
import type { ProjectState } from "../state.js";
import { checkConstraints } from "./apply-constraints.js";
import { writeRows } from "./apply-rows.js";
import { settleTargets, type WrittenEnd } from "./apply-targets.js";
import { supplyValues, type WrittenRelation } from "./apply-values.js";
import { computeAssetHierarchy } from "./asset-hierarchy.js";
import { refuseTooManyDeleted, stageDeletes } from "./delete.js";
import { instanceName } from "./names.js";
import { checkSpacesWritable } from "./spaces.js";
import { type Committed, type Draft, Transaction } from "./transaction.js";
import { conflicts, versionConflict } from "./versions.js";
import { WritePlans } from "./write-plan.js";

/** What the emulator's own loading of system data may do and users may not. */
export interface ApplyOptions {
  /** Write to system spaces. */
  readonly system?: boolean;
}

/**
 * Writes and deletes instances as `POST /models/instances` does (contract 7.2): all of it, or nothing.
 *
 * @throws {@link Fault} 400 for a request that breaks a rule, 409 for version conflicts and missing ends of edges.
 */
export function applyInstances(
  state: ProjectState,
  request: InstancesUpsertRequest,
  options: ApplyOptions = {},
): InstancesUpsertResponse {
  const system = options.system === true;
  const deletes = request.delete ?? [];
  refuseDuplicates([...request.items, ...deletes]);
  checkSpacesWritable(state, new Set([...request.items, ...deletes].map((item) => item.space)), system);

  const tx = new Transaction(state);
  const deleted = stageDeletes(tx, deletes, request.skipOnVersionConflict === true);
  const outcomes = stageItems(tx, request, system);
  computeAssetHierarchy(tx);
  checkConstraints(tx);
  if (!system) refuseTooMany(tx);

  return { items: tx.commit(outcomes).map(answer), deleted };
}

function refuseTooMany(tx: Transaction): void {
  const { state, deletedCount, drafts } = tx;
  let count = state.instances.size - deletedCount;
  for (const { base } of drafts) if (!base) count += 1;
  // Those of the system do not count; they are few, and counted only where it matters.
  if (count > state.limits.instances) count -= systemInstances(state);
  refuseBeyond(count, state.limits.instances, "instances");
  refuseTooManyDeleted(tx);
}

function systemInstances(state: ProjectState): number {
  const own = [...state.spaces.values()].filter(({ isGlobal }) => isGlobal);
  return own.reduce((count, { space }) => count + state.instances.sizeOf(space), 0);
}

function stageItems(tx: Transaction, request: InstancesUpsertRequest, system: boolean): readonly (Draft | Committed)[] {
  const plans = new WritePlans(tx.state);
  const relations: WrittenRelation[] = [];
  const ends: WrittenEnd[] = [];
  const outcomes: (Draft | Committed)[] = [];
  for (const item of request.items) {
    const stored = tx.stored(item);
    if (stored && conflicts(stored, item.existingVersion)) {
      if (request.skipOnVersionConflict !== true) throw versionConflict();
      outcomes.push({ instance: stored, wasModified: false });
      continue;
    }
    if (stored && stored.instanceType !== item.instanceType) {
      throw badRequest(`Cannot write ${instanceName(item)}: it exists as ${instanceName(stored)}`);
    }
    const draft = tx.open(item, item.instanceType, stored);
    writeFacts(draft, item, ends);
    writeRows(tx, draft, item, supplyValues(item, plans, relations), plans, request.replace === true);
    outcomes.push(draft);
  }
  settleTargets(tx, relations, ends, request, system);
  return outcomes;
}

/** Type and ends: an omitted type of a node is kept, null clears it (contract 7.2.9). */
function writeFacts(draft: Draft, item: InstanceWrite, ends: WrittenEnd[]): void {
  if (item.type !== undefined) draft.type = item.type ?? undefined;
  if (item.instanceType === "node") return;
  draft.startNode = item.startNode;
  draft.endNode = item.endNode;
  ends.push({ edge: draft, node: item.startNode, end: "start" }, { edge: draft, node: item.endNode, end: "end" });
}

function refuseDuplicates(ids: readonly InstanceId[]): void {
  const seen = new InstanceMap<InstanceId>();
  let count = 0;
  for (const id of ids) {
    seen.set(id, id);
    count += 1;
    if (seen.size < count) throw badRequest(`Duplicate instance in the request: ${instanceName(id)}`);
  }
}

function answer({ instance, wasModified }: Committed): WrittenInstance {
  const { instanceType, space, externalId, version, createdTime, lastUpdatedTime } = instance;
  return { instanceType, space, externalId, version, wasModified, createdTime, lastUpdatedTime };
}
