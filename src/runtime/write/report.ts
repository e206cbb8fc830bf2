import { isMultiRequestError, type MultiRequestOutcome, type PygenError } from "../../errors/index.js";
import type { InstanceId, InstanceWrite, WrittenInstance } from "../../models/index.js";
import { isReference, keyOf } from "../identity.js";
import type { FailedItem, UpsertResult, WrittenItem } from "../types/writing.js";

/** What one request answered, and when. */
export interface WriteAnswer {
  readonly items: readonly WrittenInstance[];
  /** An earlier answer to the request was lost, so that it may say nothing of what that one did. */
  readonly lost: boolean;
  /** Milliseconds since the write began. */
  readonly after: number;
}

/** What is known of a write when it is over. */
export interface WriteRun {
  readonly writes: readonly InstanceWrite[];
  readonly answers: readonly WriteAnswer[];
  /** The time at which it began, by this machine's clock. */
  readonly began: number;
  readonly failed?: readonly FailedItem[];
  readonly deleted?: readonly InstanceId[];
}

/**
 * What became of every instance. Where an answer was lost, and where the service made a node in advance for one that
 * points at it, the answer tells a second write; then the service's own times tell who made it.
 */
export function reportOf({ writes, answers, began, failed = [], deleted = [] }: WriteRun): UpsertResult {
  const since = startByService(answers) ?? began;
  const mayBeMade = answers.length > 1 ? targetsOf(writes) : new Set<string>();
  const byKey = new Map(
    answers.flatMap(({ items, lost }) => items.map((item) => [keyOf(item), { item, lost }] as const)),
  );
  const failedKeys = new Set(failed.map(keyOf));
  const items: WrittenItem[] = [];
  const skipped: InstanceId[] = [];
  for (const write of writes) {
    const key = keyOf(write);
    const answer = byKey.get(key);
    if (answer && !isSkipped(write, answer.item)) {
      items.push({ ...answer.item, status: statusOf(answer.item, answer.lost, mayBeMade.has(key), since) });
    } else if (!failedKeys.has(key)) skipped.push(idOf(write));
  }
  const count = (status: string): number =>
    [...items, ...failed].reduce((sum, item) => (item.status === status ? sum + 1 : sum), 0);
  return {
    items,
    skipped,
    failed,
    deleted,
    counts: {
      created: count("created"),
      updated: count("updated"),
      unchanged: count("unchanged"),
      skipped: skipped.length,
      failed: count("failed"),
      unknown: count("unknown"),
      unsent: count("unsent"),
      deleted: deleted.length,
    },
  };
}

function isSkipped({ existingVersion }: InstanceWrite, { wasModified, version }: WrittenInstance): boolean {
  return existingVersion !== undefined && !wasModified && version > existingVersion;
}

function statusOf(item: WrittenInstance, lost: boolean, mayBeMade: boolean, since: number): WrittenItem["status"] {
  const isNew = item.createdTime >= since;
  if (item.wasModified) {
    if (item.version === 1 || item.createdTime === item.lastUpdatedTime) return "created";
    // Made without values when another node pointed at it, then written: two versions.
    return mayBeMade && item.version === 2 && isNew ? "created" : "updated";
  }
  if (!lost || item.lastUpdatedTime < since) return "unchanged";
  return isNew ? "created" : "updated";
}

/** The latest time, by the service's clock, at which the write had surely not begun to be applied. */
function startByService(answers: readonly WriteAnswer[]): number | undefined {
  const bounds = answers.flatMap(({ items, lost, after }) => {
    const changed = lost ? undefined : items.find(({ wasModified }) => wasModified);
    return changed ? [changed.lastUpdatedTime - Math.ceil(after)] : [];
  });
  return bounds.length === 0 ? undefined : bounds.reduce((latest, bound) => Math.max(latest, bound));
}

/** Nodes that the service may have made for a direct relation. */
function targetsOf(writes: readonly InstanceWrite[]): Set<string> {
  const targets = new Set<string>();
  for (const { sources = [] } of writes) {
    for (const { properties } of sources) {
      for (const value of Object.values(properties)) {
        for (const one of Array.isArray(value) ? value : [value]) if (isReference(one)) targets.add(keyOf(one));
      }
    }
  }
  return targets;
}

/** What an error says of the items of a call that it ended. */
export function failuresOf(error: PygenError, items: readonly InstanceId[]): FailedItem[] {
  if (!isMultiRequestError(error)) {
    const { outcome } = error;
    const status = outcome === "unknown" || outcome === "unsent" ? outcome : "failed";
    return items.map((item) => ({ ...idOf(item), status, error }));
  }
  // Calls about instances name them by their ids.
  const { failed, unknown, unsent } = error as MultiRequestOutcome<InstanceId>;
  return [
    ...failed.map(({ id, error: why }): FailedItem => ({ ...id, status: "failed", error: why })),
    ...unknown.map(({ id, error: why }): FailedItem => ({ ...id, status: "unknown", error: why })),
    ...unsent.map((id): FailedItem => ({ ...id, status: "unsent" })),
  ];
}

function idOf({ instanceType, space, externalId }: InstanceId): InstanceId {
  return { instanceType, space, externalId };
}
