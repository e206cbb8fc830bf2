import { writeJson } from "../../models/index.js";
import type { RelationSelection } from "./selection.js";

/** Relations that are read in one way, and the properties that hold what it gives. */
export interface MergedRelation {
  readonly relation: RelationSelection;
  /** Properties beside the relation's own. */
  readonly also: readonly string[];
}

/** Properties may stand for one relation: where the same is selected of them, it is read once. */
export function mergeRelations(relations: readonly RelationSelection[]): MergedRelation[] {
  const merged: { readonly relation: RelationSelection; readonly also: string[] }[] = [];
  for (const relation of relations) {
    const same = merged.find((other) => isSame(other.relation, relation));
    if (same) same.also.push(relation.property);
    else merged.push({ relation, also: [] });
  }
  return merged;
}

function isSame(a: RelationSelection, b: RelationSelection): boolean {
  // Each direct relation is a property of its own; what leads elsewhere is told apart without a look at the rest.
  if (a.descriptor.type === "direct" || a.descriptor.type !== b.descriptor.type) return false;
  return a.descriptor.source === b.descriptor.source && textOf(a) === textOf(b);
}

function textOf(relation: RelationSelection): string {
  const { id: _id, ...descriptor } = relation.descriptor;
  return writeJson({ ...relation, property: "", descriptor });
}
