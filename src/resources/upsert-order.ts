import type { InstanceWrite, NodeReference } from "../models/index.js";
import { isRecord } from "../models/index.js";

/**
 * Nodes, then edges; nodes after those of the batch that they refer to, else in the order given.
 * Of nodes that refer to each other in a circle, one comes before what it refers to.
 */
export function inOrderOfReference(items: readonly InstanceWrite[]): InstanceWrite[][] {
  const nodes = items.filter((item) => item.instanceType === "node");
  const edges = items.filter((item) => item.instanceType === "edge");
  return [referredFirst(nodes), edges].filter((stage) => stage.length > 0);
}

/** For each chunk, the earlier ones that hold a node which it refers to. */
export function chunksReferredTo(chunks: readonly (readonly InstanceWrite[])[]): number[][] {
  const placeOf = new Map<string, number>();
  return chunks.map((chunk, place) => {
    const needed = new Set(chunk.flatMap(referencesOf).flatMap((reference) => placeOf.get(keyOf(reference)) ?? []));
    for (const item of chunk) if (item.instanceType === "node") placeOf.set(keyOf(item), place);
    return [...needed];
  });
}

/** Depth first, without recursion: chains of references may be as long as the batch. */
function referredFirst(nodes: readonly InstanceWrite[]): InstanceWrite[] {
  const byKey = new Map(nodes.map((node) => [keyOf(node), node]));
  const seen = new Set<InstanceWrite>();
  const ordered: InstanceWrite[] = [];
  for (const root of nodes) {
    const path: { readonly node: InstanceWrite; readonly ahead: Iterator<NodeReference> }[] = [];
    const enter = (node: InstanceWrite | undefined): void => {
      if (node === undefined || seen.has(node)) return;
      seen.add(node);
      path.push({ node, ahead: referencesOf(node).values() });
    };
    enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.ahead.next();
      if (next.done) ordered.push(...path.splice(-1).map(({ node }) => node));
      else enter(byKey.get(keyOf(next.value)));
    }
  }
  return ordered;
}

/** What the values of an instance's sources may refer to. A JSON value that looks like a reference does no harm. */
function referencesOf(item: InstanceWrite): NodeReference[] {
  return (item.sources ?? []).flatMap(({ properties }) =>
    Object.values(properties).flatMap((value): NodeReference[] => {
      const values: readonly unknown[] = Array.isArray(value) ? value : [value];
      return values.filter(isReference);
    }),
  );
}

function isReference(value: unknown): value is NodeReference {
  return isRecord(value) && typeof value["space"] === "string" && typeof value["externalId"] === "string";
}

function keyOf({ space, externalId }: NodeReference): string {
  return `${space}/${externalId}`;
}
