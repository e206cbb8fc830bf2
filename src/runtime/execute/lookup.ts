import type { Instance } from "../../models/index.js";
import type { Row } from "../decode/row.js";
import { keyOf, referenceOf } from "../identity.js";
import type { CompiledRelation } from "./compile.js";

/** An instance that was read, with its row. */
export interface Entry {
  readonly instance: Instance;
  readonly row: Row;
  /** Of edges: the node at their other end, where it was read and is one of those asked for. */
  readonly far: Entry | undefined;
  /** The answers that came in one order, and the place in it. */
  readonly run: object;
  readonly at: number;
}

/** What a relation holds, for one parent. */
export type Lookup = (parent: Instance) => unknown;

/** Entries that were read for some parents; without `parents`, for all. */
export interface Found {
  readonly entries: readonly Entry[];
  readonly parents?: ReadonlySet<string>;
}

/** Joins the instances at the other end of a relation to their parents. */
export function lookupOf(relation: CompiledRelation, found: readonly Found[]): Lookup {
  const items = relation.plan.kind === "direct" ? byTarget(relation, found) : byParent(relation, found);
  const { many, limit } = relation.plan;
  const value = shownAs(relation);
  return (parent) => {
    const all = items(parent);
    if (!many) return all[0] === undefined ? null : value(all[0]);
    return (limit === undefined ? all : all.slice(0, limit)).map(value);
  };
}

type Items = (parent: Instance) => readonly Entry[];

/** In the order of the relation's own list, unless a sort was asked for (E74). */
function byTarget({ keys, compare }: CompiledRelation, found: readonly Found[]): Items {
  const targets = new Map(found.flatMap(({ entries }) => entries.map((entry) => [keyOf(entry.instance), entry])));
  return (parent) => {
    const entries = [...new Set(keys(parent))].flatMap((key) => targets.get(key) ?? []);
    return compare ? inOrder(entries, (entry) => entry, compare) : entries;
  };
}

function byParent(relation: CompiledRelation, found: readonly Found[]): Items {
  const children = new Map<string, Entry[]>();
  for (const { entries, parents } of found) {
    for (const entry of entries) {
      for (const key of new Set(relation.keys(entry.instance))) {
        if (parents !== undefined && !parents.has(key)) continue;
        const siblings = children.get(key);
        if (siblings) siblings.push(entry);
        else children.set(key, [entry]);
      }
    }
  }
  const { compare, set, plan } = relation;
  const readFar = set.far !== undefined;
  const perEdge = plan.kind === "edge" && plan.give === "pairs";
  return (parent) => {
    const all = (children.get(keyOf(parent)) ?? []).filter(({ far }) => !readFar || far !== undefined);
    const entries = plan.kind === "edge" && !perEdge ? oncePerNode(all, relation) : all;
    return compare ? inOrder(entries, ({ far }) => far, compare) : entries;
  };
}

/** Two edges between the same nodes lead to one node (E67). */
function oncePerNode(entries: readonly Entry[], relation: CompiledRelation): readonly Entry[] {
  const nodes = new Map<string, Entry>();
  for (const entry of entries) {
    const key = keyOf(farEnd(relation, entry));
    if (!nodes.has(key)) nodes.set(key, entry);
  }
  return [...nodes.values()];
}

/** As the service ordered them; where they come from several answers, by comparing. */
function inOrder(
  entries: readonly Entry[],
  of: (entry: Entry) => Entry | undefined,
  compare: NonNullable<CompiledRelation["compare"]>,
): readonly Entry[] {
  const pairs = entries.flatMap((entry) => {
    const node = of(entry);
    return node ? [{ entry, node }] : [];
  });
  const oneRun = new Set(pairs.map(({ node }) => node.run)).size === 1;
  pairs.sort((a, b) => (oneRun ? a.node.at - b.node.at : compare(a.node.instance, b.node.instance)));
  return pairs.map(({ entry }) => entry);
}

function shownAs(relation: CompiledRelation): (entry: Entry) => unknown {
  const { plan } = relation;
  if (plan.kind === "direct") return ({ row }) => row;
  if (plan.kind === "reverse") return plan.give === "rows" ? ({ row }) => row : ({ instance }) => referenceOf(instance);
  switch (plan.give) {
    case "ids":
      return (entry) => farEnd(relation, entry);
    case "rows":
      return ({ far }) => far?.row;
    default:
      return (entry) => ({ edge: entry.row, node: entry.far?.row ?? farEnd(relation, entry) });
  }
}

function farEnd({ plan }: CompiledRelation, { instance }: Entry): { space: string; externalId: string } {
  if (plan.kind !== "edge" || instance.instanceType !== "edge") return referenceOf(instance);
  return referenceOf(plan.near === "startNode" ? instance.endNode : instance.startNode);
}
