import type { PygenClient } from "../../client/index.js";
import type { Filter, InstanceId, InstanceWrite } from "../../models/index.js";
import { keyOf, referenceOf } from "../identity.js";
import type { CallOptions } from "../types/call.js";
import type { EdgeSet } from "./edge-sets.js";

/** Values of one filter (contract 3.4). */
const chunk = 1_000;

/** Edges of sets that were given whole which are not among those to write. */
export async function staleEdges(
  edgeSets: readonly EdgeSet[],
  writes: readonly InstanceWrite[],
  calls: Pick<PygenClient["instances"], "iterate">,
  options: CallOptions,
): Promise<InstanceId[]> {
  const kept = new Set(writes.map(keyOf));
  const stale = new Map<string, InstanceId>();
  for (const filter of edgeSets.flatMap(filtersOf)) {
    for await (const edge of calls.iterate({ instanceType: "edge", filter }, options)) {
      const key = keyOf(edge);
      if (!kept.has(key)) stale.set(key, { instanceType: "edge", ...referenceOf(edge) });
    }
  }
  return [...stale.values()];
}

function filtersOf({ type, end, nodes }: EdgeSet): Filter[] {
  return Array.from({ length: Math.ceil(nodes.length / chunk) }, (_, index) => {
    const values = nodes.slice(index * chunk, (index + 1) * chunk).map((node) => ({ ...node }));
    const ofType = { equals: { property: ["edge", "type"], value: { ...type } } };
    return { and: [ofType, { in: { property: ["edge", end], values } }] };
  });
}
