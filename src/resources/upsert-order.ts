import type { InstanceWrite, NodeReference } from "../models/index.js";

/** How a batch of writes is sent. */
export interface UpsertOrder {
  /** Nodes, then edges; of one request both together. */
  readonly stages: readonly (readonly InstanceWrite[])[];
  /** Per stage and chunk of `size`, the earlier chunks of that stage that hold a node which it refers to. */
  readonly waitsFor: readonly (readonly (readonly number[])[])[];
}

/**
 * Nodes, then edges; nodes after those of the batch that they refer to, else in the order given.
 * Of nodes that refer to each other in a circle, one comes before what it refers to.
 *
 * @param size - items of a request
 */
export function upsertOrder(items: readonly InstanceWrite[], size: number): UpsertOrder {
  const edges = items.filter((item) => item.instanceType === "edge");
  const nodes = edges.length === 0 ? items : items.filter((item) => item.instanceType !== "edge");
  const graph = references(nodes);
  const order = graph && referredFirst(nodes.length, graph);
  const sorted = order?.flatMap((place) => nodes[place] ?? []) ?? nodes;
  if (items.length <= size) return { stages: [[...sorted, ...edges]], waitsFor: [] };
  return {
    stages: [sorted, edges].filter((stage) => stage.length > 0),
    waitsFor: graph && order ? [chunksReferredTo(order, graph, size)] : [],
  };
}

/** Which nodes of a batch refer to which, by place: those of a node are from the end of the one before to its own. */
interface Graph {
  readonly ends: Uint32Array;
  /** The place of a node, or -1 for one outside the batch. */
  readonly targets: Int32Array;
}

/**
 * Most batches refer to nodes outside of them, or to none, and may be large: so places are kept only of nodes that are
 * referred to. `undefined`: none is.
 */
function references(nodes: readonly InstanceWrite[]): Graph | undefined {
  const ends = new Uint32Array(nodes.length);
  const found: NodeReference[] = [];
  const wanted = new Map<string, Map<string, number>>();
  const lengths = new Set<number>();
  const collect = (value: unknown): void => {
    const { space, externalId } = (value ?? {}) as NodeReference;
    if (typeof space !== "string" || typeof externalId !== "string") return;
    found.push(value as NodeReference);
    const ids = wanted.get(space);
    if (ids?.has(externalId) === true) return;
    if (ids === undefined) wanted.set(space, new Map([[externalId, -1]]));
    else ids.set(externalId, -1);
    lengths.add(externalId.length);
  };
  nodes.forEach(({ sources = [] }, place) => {
    for (const { properties } of sources) {
      // An inherited key does no harm, and nothing is faster.
      for (const key in properties) {
        const value = properties[key];
        if (typeof value !== "object" || value === null) continue;
        if (!Array.isArray(value)) collect(value);
        else if (typeof value[0] === "object") value.forEach(collect);
      }
    }
    ends[place] = found.length;
  });
  let inside = false;
  nodes.forEach(({ space, externalId }, place) => {
    // Most ids are told apart from those that are referred to by their length, which costs less than to look them up.
    const ids = lengths.has(externalId.length) ? wanted.get(space) : undefined;
    if (ids?.has(externalId) !== true) return;
    ids.set(externalId, place);
    inside = true;
  });
  if (!inside) return undefined;
  return { ends, targets: Int32Array.from(found, ({ space, externalId }) => wanted.get(space)?.get(externalId) ?? -1) };
}

/** Depth first, without recursion: chains of references may be as long as the batch. */
function referredFirst(count: number, { ends, targets }: Graph): number[] {
  const seen = new Uint8Array(count);
  const next = new Uint32Array(count);
  const ordered: number[] = [];
  const path: number[] = [];
  const enter = (place: number): void => {
    if (seen[place] === 1) return;
    seen[place] = 1;
    next[place] = place === 0 ? 0 : (ends[place - 1] ?? 0);
    path.push(place);
  };
  for (let root = 0; root < count; root++) {
    enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const index = next[top] ?? 0;
      next[top] = index + 1;
      if (index >= (ends[top] ?? 0)) {
        path.pop();
        ordered.push(top);
      } else if ((targets[index] ?? -1) >= 0) enter(targets[index] ?? 0);
    }
  }
  return ordered;
}

function chunksReferredTo(order: readonly number[], { ends, targets }: Graph, size: number): number[][] {
  const chunkOf = new Uint32Array(order.length);
  const chunks = Array.from({ length: Math.ceil(order.length / size) }, () => new Set<number>());
  order.forEach((place, rank) => {
    chunkOf[place] = Math.floor(rank / size);
  });
  let index = 0;
  chunkOf.forEach((chunk, place) => {
    for (; index < (ends[place] ?? 0); index++) {
      const earlier = chunkOf[targets[index] ?? -1] ?? chunk;
      if (earlier < chunk) chunks[chunk]?.add(earlier);
    }
  });
  return chunks.map((chunk) => [...chunk]);
}
