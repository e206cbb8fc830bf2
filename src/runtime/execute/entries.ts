import type { Instance } from "../../models/index.js";
import type { DecodeRow, Row } from "../decode/row.js";
import type { SetPage } from "./branch.js";
import type { CompiledRelation, CompiledSet } from "./compile.js";
import { type Entry, type Lookup, lookupOf } from "./lookup.js";
import { NodeMap } from "./node-map.js";

/** What further stages gave, by the relation they are for. */
export type Staged = ReadonlyMap<CompiledRelation, Lookup>;

/**
 * Rows that were made before, by set and node: where a node comes in several answers, it is the same row. Without it, each
 * set comes in one answer, and no node of it twice.
 */
export type Known = Map<CompiledSet, NodeMap<Row>>;

/** The rows of a page, with what hangs on them. */
export function rowsOf(set: CompiledSet, page: SetPage, staged: Staged): Row[] {
  return page.rows.map(rowMaker(set, page, staged));
}

/** Turns the flat sets of an answer into rows with what hangs on them. The pages must be of one order. */
export function entriesOf(set: CompiledSet, pages: readonly SetPage[], staged: Staged, knownBefore?: Known): Entry[] {
  const run = {};
  const entries: Entry[] = [];
  const known = pages.length > 1 ? (knownBefore ?? new Map()) : knownBefore;
  for (const page of pages) {
    const farNodes = farNodesOf(set, page, staged, known);
    const toRow = oncePerNode(set, known, rowMaker(set, page, staged, known));
    for (const instance of page.rows) {
      entries.push({ instance, row: toRow(instance), far: farNodes(instance), run, at: entries.length });
    }
  }
  return entries;
}

function oncePerNode(set: CompiledSet, known: Known | undefined, toRow: DecodeRow): DecodeRow {
  if (known === undefined) return toRow;
  const rows = known.get(set) ?? new NodeMap<Row>();
  known.set(set, rows);
  return (instance) => {
    const before = rows.get(instance);
    if (before) return before;
    const row = toRow(instance);
    rows.set(instance, row);
    return row;
  };
}

function rowMaker(set: CompiledSet, page: SetPage, staged: Staged, known?: Known): DecodeRow {
  if (set.relations.length === 0 && set.empty.length === 0) return set.decode;
  const lookups = set.relations.flatMap((relation) => {
    const { property, also = [] } = relation.plan;
    const lookup = lookupIn(relation, page, staged, known);
    return [property, ...also].map((name) => ({ name, lookup }));
  });
  return (instance) => {
    const row = set.decode(instance);
    for (const { name, lookup } of lookups) row[name] = lookup(instance);
    for (const { property, many } of set.empty) row[property] = many ? [] : null;
    return row;
  };
}

function lookupIn(relation: CompiledRelation, page: SetPage, staged: Staged, known: Known | undefined): Lookup {
  const ofStage = staged.get(relation);
  if (ofStage) return ofStage;
  const pages = page.inner.get(relation.set) ?? [];
  return lookupOf(relation, [{ entries: entriesOf(relation.set, pages, staged, known) }]);
}

/** For edges: the nodes that were reached along them. */
function farNodesOf(
  { far }: CompiledSet,
  page: SetPage,
  staged: Staged,
  known: Known | undefined,
): (instance: Instance) => Entry | undefined {
  if (far === undefined) return () => undefined;
  const pages = page.inner.get(far.set) ?? [];
  const nodes = new NodeMap<Entry>();
  for (const entry of entriesOf(far.set, pages, staged, known)) nodes.set(entry.instance, entry);
  return (edge) => (edge.instanceType === "edge" ? nodes.get(edge[far.end]) : undefined);
}
