import type { Instance, NodeReference } from "../../models/index.js";
import type { Row } from "../decode/row.js";
import { isReference, referenceOf } from "../identity.js";
import { type CompiledRelation, nodesIn } from "./compile.js";
import { NodeMap } from "./node-map.js";

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
  readonly parents?: NodeMap<NodeReference>;
}

/** Joins the instances at the other end of a relation to their parents. */
export function lookupOf(relation: CompiledRelation, found: readonly Found[]): Lookup {
  const { kind, many, limit } = relation.plan;
  const value = shownAs(relation);
  if (kind === "direct" && !many) return oneTarget(relation, found);
  const items = kind === "direct" ? byTarget(relation, found) : byParent(relation, found);
  return (parent) => {
    const all = items(parent);
    if (!many) return all[0] === undefined ? null : value(all[0]);
    return (limit === undefined ? all : all.slice(0, limit)).map(value);
  };
}

type Items = (parent: Instance) => readonly Entry[];

function oneTarget({ key }: CompiledRelation, found: readonly Found[]): Lookup {
  const targets = targetsOf(found);
  return (parent) => {
    const [node] = nodesIn(key(parent));
    return (node && targets.get(node)?.row) ?? null;
  };
}

function targetsOf(found: readonly Found[]): NodeMap<Entry> {
  const targets = new NodeMap<Entry>();
  for (const { entries } of found) for (const entry of entries) targets.set(entry.instance, entry);
  return targets;
}

/** In the order of the relation's own list, unless a sort was asked for (E74). */
function byTarget({ key, compare }: CompiledRelation, found: readonly Found[]): Items {
  const targets = targetsOf(found);
  return (parent) => {
    const entries: Entry[] = [];
    for (const reference of nodesIn(key(parent))) {
      const entry = targets.get(reference);
      if (entry) entries.push(entry);
    }
    return compare ? inOrder(entries, (entry) => entry, compare) : entries;
  };
}

function byParent(relation: CompiledRelation, found: readonly Found[]): Items {
  const { compare, plan } = relation;
  const children = childrenOf(relation, found);
  const perNode = plan.kind === "edge" && plan.give !== "pairs";
  return (parent) => {
    const all = children.get(parent) ?? [];
    const entries = perNode && all.length > 1 ? oncePerNode(all, relation) : all;
    return compare ? inOrder(entries, ({ far }) => far, compare) : entries;
  };
}

function childrenOf({ set, key }: CompiledRelation, found: readonly Found[]): NodeMap<Entry[]> {
  const children = new NodeMap<Entry[]>();
  const add = (parent: NodeReference, entry: Entry, among: Found["parents"]): void => {
    if (among?.has(parent) === false) return;
    const siblings = children.get(parent);
    if (siblings) siblings.push(entry);
    else children.set(parent, [entry]);
  };
  for (const { entries, parents } of found) {
    for (const entry of entries) {
      // Its node is none of those that are asked for.
      if (set.far !== undefined && entry.far === undefined) continue;
      const value = key(entry.instance);
      if (isReference(value)) add(value, entry, parents);
      else for (const parent of nodesIn(value)) add(parent, entry, parents);
    }
  }
  return children;
}

/** Two edges between the same nodes lead to one node (E67). */
function oncePerNode(entries: readonly Entry[], relation: CompiledRelation): readonly Entry[] {
  const seen = new NodeMap<Entry>();
  return entries.filter((entry) => {
    const node = farEnd(relation, entry);
    const isFirst = !seen.has(node);
    if (isFirst) seen.set(node, entry);
    return isFirst;
  });
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
