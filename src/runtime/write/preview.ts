import type { Instance, InstanceId, InstanceWrite, Source } from "../../models/index.js";
import { keyOf } from "../identity.js";
import type { CallOptions } from "../types/call.js";
import type { WritePlan } from "../types/writing.js";
import { diffOf } from "./diff.js";
import type { WriteSet } from "./plan-write.js";
import type { WriteCalls } from "./run-write.js";
import { staleEdges } from "./stale-edges.js";

type PreviewCalls = Pick<WriteCalls, "iterate" | "retrieve">;

/** What a write would do, by what is stored now. */
export async function previewWrite(
  { writes, edgeSets }: WriteSet,
  calls: PreviewCalls,
  replace: boolean,
  options: CallOptions,
): Promise<WritePlan> {
  const deletes = await staleEdges(edgeSets, writes, calls, options);
  const items = diffOf(writes, await readStored(writes, calls, options), replace);
  const count = (status: string): number => items.reduce((sum, item) => (item.status === status ? sum + 1 : sum), 0);
  const counts = {
    create: count("create"),
    update: count("update"),
    unchanged: count("unchanged"),
    conflict: count("conflict"),
    delete: deletes.length,
  };
  return { items, deletes, counts };
}

/**
 * Instances as they are stored, once for each view that they are written through: asked for by several views, one without
 * data in all of them would be left out (contract 7.4).
 */
async function readStored(
  writes: readonly InstanceWrite[],
  calls: PreviewCalls,
  options: CallOptions,
): Promise<Instance[]> {
  const groups = new Map<string, { readonly source: Source; readonly ids: InstanceId[] }>();
  for (const write of writes) {
    for (const { source } of write.sources ?? []) {
      if (source.type === "container") continue;
      const key = JSON.stringify(source);
      const group = groups.get(key) ?? { source: { source }, ids: [] };
      group.ids.push(idOf(write));
      groups.set(key, group);
    }
  }
  const found = await Promise.all(
    [...groups.values()].map(({ source, ids }) => calls.retrieve(ids, { sources: [source] }, options)),
  );
  const stored = found.flat();
  const keys = new Set(stored.map(keyOf));
  // They may be there without data in any of the views.
  const others = writes.filter((write) => !keys.has(keyOf(write)));
  return [...stored, ...(await calls.retrieve(others.map(idOf), {}, options))];
}

function idOf({ instanceType, space, externalId }: InstanceId): InstanceId {
  return { instanceType, space, externalId };
}
