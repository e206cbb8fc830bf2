import { keyOf } from "../identity.js";
import type { SetPage } from "./branch.js";
import type { CompiledRelation, CompiledSet } from "./compile.js";
import { type Entry, type Lookup, lookupOf } from "./lookup.js";

/** What further stages gave, by the relation they are for. */
export type Staged = ReadonlyMap<CompiledRelation, Lookup>;

/** Turns the flat sets of an answer into rows with what hangs on them. The pages must be of one order. */
export function entriesOf(set: CompiledSet, pages: readonly SetPage[], staged: Staged): Entry[] {
  const run = {};
  const entries: Entry[] = [];
  for (const page of pages) {
    const farNodes = farNodesOf(set, page, staged);
    const lookups = set.relations.map(
      (relation) => [relation.plan.property, lookupIn(relation, page, staged)] as const,
    );
    for (const instance of page.rows) {
      const row = set.decode(instance);
      for (const [property, lookup] of lookups) row[property] = lookup(instance);
      entries.push({ instance, row, far: farNodes(instance), run, at: entries.length });
    }
  }
  return entries;
}

function lookupIn(relation: CompiledRelation, page: SetPage, staged: Staged): Lookup {
  const known = staged.get(relation);
  if (known) return known;
  const pages = page.inner.get(relation.set) ?? [];
  return lookupOf(relation, [{ entries: entriesOf(relation.set, pages, staged) }]);
}

/** For edges: the nodes that were reached along them. */
function farNodesOf(
  { far }: CompiledSet,
  page: SetPage,
  staged: Staged,
): (instance: SetPage["rows"][number]) => Entry | undefined {
  if (far === undefined) return () => undefined;
  const pages = page.inner.get(far.set) ?? [];
  const nodes = new Map(entriesOf(far.set, pages, staged).map((entry) => [keyOf(entry.instance), entry]));
  return (edge) => (edge.instanceType === "edge" ? nodes.get(keyOf(edge[far.end])) : undefined);
}
