import type { Instance } from "../../models/index.js";
import type { DecodeRow, Row } from "../decode/row.js";
import { keyOf } from "../identity.js";
import type { SetPage } from "./branch.js";
import type { CompiledRelation, CompiledSet } from "./compile.js";
import { type Entry, type Lookup, lookupOf } from "./lookup.js";

/** What further stages gave, by the relation they are for. */
export type Staged = ReadonlyMap<CompiledRelation, Lookup>;

/** The rows of a page, with what hangs on them. */
export function rowsOf(set: CompiledSet, page: SetPage, staged: Staged): Row[] {
  return page.rows.map(rowMaker(set, page, staged));
}

/** Turns the flat sets of an answer into rows with what hangs on them. The pages must be of one order. */
export function entriesOf(set: CompiledSet, pages: readonly SetPage[], staged: Staged): Entry[] {
  const run = {};
  const entries: Entry[] = [];
  for (const page of pages) {
    const farNodes = farNodesOf(set, page, staged);
    const toRow = rowMaker(set, page, staged);
    for (const instance of page.rows) {
      entries.push({ instance, row: toRow(instance), far: farNodes(instance), run, at: entries.length });
    }
  }
  return entries;
}

function rowMaker(set: CompiledSet, page: SetPage, staged: Staged): DecodeRow {
  if (set.relations.length === 0) return set.decode;
  const lookups = set.relations.map((relation) => [relation.plan.property, lookupIn(relation, page, staged)] as const);
  return (instance) => {
    const row = set.decode(instance);
    for (const [property, lookup] of lookups) row[property] = lookup(instance);
    return row;
  };
}

function lookupIn(relation: CompiledRelation, page: SetPage, staged: Staged): Lookup {
  const known = staged.get(relation);
  if (known) return known;
  const pages = page.inner.get(relation.set) ?? [];
  return lookupOf(relation, [{ entries: entriesOf(relation.set, pages, staged) }]);
}

/** For edges: the nodes that were reached along them. */
function farNodesOf({ far }: CompiledSet, page: SetPage, staged: Staged): (instance: Instance) => Entry | undefined {
  if (far === undefined) return () => undefined;
  const pages = page.inner.get(far.set) ?? [];
  const nodes = new Map(entriesOf(far.set, pages, staged).map((entry) => [keyOf(entry.instance), entry]));
  return (edge) => (edge.instanceType === "edge" ? nodes.get(keyOf(edge[far.end])) : undefined);
}
