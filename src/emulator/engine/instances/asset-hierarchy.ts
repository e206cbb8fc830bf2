import type { JsonValue, NodeReference } from "../../../models/index.js";
import { instanceKey } from "../state.js";
import { isDirectValue, sameReference } from "./references.js";
import { holdersOfRelation, layoutOf, type Row } from "./row-indexes.js";
import { timestampOf } from "./timestamps.js";
import type { Transaction } from "./transaction.js";

/** The container of the system's asset hierarchy and the roles of its properties (contract 11.5). */
const HIERARCHY = {
  container: "cdf_cdm/CogniteAsset",
  parent: "assetHierarchy_parent",
  root: "assetHierarchy_root",
  path: "assetHierarchy_path",
  updated: "assetHierarchy_path_last_updated_time",
} as const;

/** Longest path that is computed: the longest list the property takes. */
const MAX_PATH = 100;

/** The properties that the service computes, by container key: users cannot write them. */
const COMPUTED: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [HIERARCHY.container, new Set<string>([HIERARCHY.root, HIERARCHY.path, HIERARCHY.updated])],
]);

/** Whether the service computes a container's property. */
export function isComputed(containerKey: string, property: string): boolean {
  return COMPUTED.get(containerKey)?.has(property) === true;
}

/**
 * Computes root and path of the assets whose place in the hierarchy changed, and of all below them.
 * A path runs from the root to the asset itself. Assets in or below a cycle have neither root nor path.
 */
export function computeAssetHierarchy(tx: Transaction): void {
  const moved = tx.drafts.filter((draft) => {
    const row = draft.rows.get(HIERARCHY.container);
    const before = draft.base?.rows.get(HIERARCHY.container);
    return row !== undefined && (before === undefined || !sameReference(parentIn(row), parentIn(before)));
  });
  if (moved.length === 0) return;
  const now = tx.state.now();
  for (const asset of withDescendants(tx, moved)) place(tx, asset, now);
}

function place(tx: Transaction, asset: NodeReference, now: number): void {
  const row = tx.row(asset, HIERARCHY.container);
  if (!row) return;
  const path = pathTo(tx, asset);
  if (samePath(row.get(HIERARCHY.path), path)) return;
  const next = new Map(row);
  const [root] = path;
  if (root) {
    next
      .set(HIERARCHY.root, { ...root })
      .set(HIERARCHY.path, path)
      .set(HIERARCHY.updated, timestampOf(now));
  } else {
    for (const property of [HIERARCHY.root, HIERARCHY.path, HIERARCHY.updated]) next.delete(property);
  }
  tx.edit(asset, "node").rows.set(layoutOf(tx.state, HIERARCHY.container).pack(next));
}

/** From the root to the asset; empty when a cycle or the longest path is met on the way. */
function pathTo(tx: Transaction, asset: NodeReference): readonly { space: string; externalId: string }[] {
  const path: { space: string; externalId: string }[] = [];
  const seen = new Set<string>();
  let current: NodeReference | undefined = asset;
  while (current) {
    const key = instanceKey(current);
    if (seen.has(key) || path.length === MAX_PATH) return [];
    seen.add(key);
    path.push({ space: current.space, externalId: current.externalId });
    current = parentIn(tx.row(current, HIERARCHY.container));
  }
  return path.reverse();
}

function withDescendants(tx: Transaction, moved: readonly NodeReference[]): Iterable<NodeReference> {
  const movedUnder = childrenByNewParent(tx);
  const found = new Map<string, NodeReference>();
  const queue: NodeReference[] = [...moved];
  for (const asset of queue) {
    const key = instanceKey(asset);
    if (found.has(key)) continue;
    found.set(key, asset);
    // One by one: a parent may have more children than a call takes arguments.
    for (const child of [...(movedUnder.get(key) ?? []), ...storedChildren(tx, asset)]) queue.push(child);
  }
  return found.values();
}

function storedChildren(tx: Transaction, asset: NodeReference): readonly NodeReference[] {
  const holders = holdersOfRelation(tx.state, HIERARCHY.container, HIERARCHY.parent, asset);
  return [...(holders ?? [])].filter(
    (child) => !tx.isDeleted(child) && tx.draft(child)?.rows.has(HIERARCHY.container) !== true,
  );
}

function childrenByNewParent(tx: Transaction): ReadonlyMap<string, readonly NodeReference[]> {
  const children = new Map<string, NodeReference[]>();
  for (const draft of tx.drafts) {
    const parent = parentIn(draft.rows.get(HIERARCHY.container));
    if (!parent) continue;
    const key = instanceKey(parent);
    const known = children.get(key);
    if (known) known.push(draft);
    else children.set(key, [draft]);
  }
  return children;
}

function parentIn(row: Row | undefined): NodeReference | undefined {
  const parent = row?.get(HIERARCHY.parent);
  return isDirectValue(parent) ? parent : undefined;
}

function samePath(stored: JsonValue | undefined, path: readonly NodeReference[]): boolean {
  const known = Array.isArray(stored) ? stored.filter(isDirectValue) : [];
  return known.length === path.length && known.every((entry, index) => sameReference(entry, path[index]));
}
