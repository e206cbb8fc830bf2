import type { ViewDescriptor } from "../../ir/index.js";
import { isRecord, type NodeReference } from "../../models/index.js";
import type { HandleContext } from "../handle-context.js";
import { isReference, keyOf, referenceOf } from "../identity.js";
import { retrieveNested } from "../nested.js";
import { invalidValue, unknownProperty } from "../problems.js";
import { propertyOf } from "../registry.js";
import type { CallOptions } from "../types/call.js";
import { unboundView } from "../unbound-view.js";

/** Relations to follow, by name. */
type Tree = Readonly<Record<string, unknown>>;

/** What is left to follow. */
interface Step {
  readonly view: ViewDescriptor;
  readonly ids: readonly NodeReference[];
  readonly tree: Tree;
}

/** Nodes that relations lead to, level by level, each once, without those to begin with. */
export async function reachedFrom(
  context: HandleContext,
  view: ViewDescriptor,
  ids: readonly NodeReference[],
  tree: unknown,
  options: CallOptions,
): Promise<NodeReference[]> {
  const roots = new Set(ids.map(keyOf));
  const found = new Map<string, NodeReference>();
  const followed = new Map<Tree, Set<string>>();
  const steps: Step[] = [{ view, ids, tree: treeOf(tree, view, "recursive") }];
  for (let step = steps.shift(); step !== undefined; step = steps.shift()) {
    const { view: from, tree: relations } = step;
    const done = followed.get(relations) ?? new Set();
    followed.set(relations, done);
    const fresh = step.ids.filter((id) => !done.has(keyOf(id)));
    for (const id of fresh) done.add(keyOf(id));
    const nexts = nextSteps(context, from, relations);
    if (fresh.length === 0 || nexts.length === 0) continue;
    const select = Object.fromEntries(nexts.map(({ name }) => [name, true]));
    const rows = await retrieveNested(context, from, fresh, { select }, options);
    for (const { name, next } of nexts) {
      const targets = rows.flatMap((row) => referencesIn(row[name]));
      for (const id of targets) if (!roots.has(keyOf(id))) found.set(keyOf(id), id);
      if (next) steps.push({ ...next, ids: targets });
    }
  }
  return [...found.values()];
}

interface Next {
  readonly name: string;
  /** What is followed from the nodes that the relation leads to. */
  readonly next: Omit<Step, "ids"> | undefined;
}

function nextSteps({ scope }: HandleContext, view: ViewDescriptor, tree: Tree): Next[] {
  return Object.entries(tree).flatMap(([name, value]): Next[] => {
    if (value === undefined) return [];
    const place = { view, name };
    const property = propertyOf(view, name);
    const relations = Object.keys(view.properties).filter((key) => isRelation(view, key));
    if (property === undefined || !isRelation(view, name)) throw unknownProperty(place, relations);
    if (value === true) return [{ name, next: undefined }];
    const source = "source" in property ? property.source : undefined;
    const target = scope.registry.node(source);
    if (target === undefined) throw unboundView(place, source);
    if (value !== "all") return [{ name, next: { view: target, tree: treeOf(value, view, name) } }];
    if (!isRelation(target, name))
      throw invalidValue(place, "true or an object: its nodes have no such relation", value);
    // The same tree again, so that nobody is followed twice.
    return [{ name, next: { view: target, tree: Object.keys(tree).length === 1 ? tree : { [name]: value } } }];
  });
}

function isRelation(view: ViewDescriptor, name: string): boolean {
  const type = propertyOf(view, name)?.type;
  return type === "direct" || type === "reverse" || type === "edge";
}

function treeOf(value: unknown, view: ViewDescriptor, name: string): Tree {
  if (isRecord(value)) return value;
  throw invalidValue({ view, name }, "followed with an object of relations, true or 'all'", value);
}

function referencesIn(value: unknown): NodeReference[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((one) => (isReference(one) ? [referenceOf(one)] : []));
}
