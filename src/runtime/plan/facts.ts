import type { ViewDescriptor } from "../../ir/index.js";
import type { Place } from "../problems.js";
import { milliseconds, type Operand, reference, text } from "./operand.js";
import type { Subject } from "./operators.js";
import { factOf, factPath } from "./paths.js";

interface Fact {
  readonly type: string;
  readonly operators: readonly string[];
  readonly operand: (place: Place, space: string | undefined) => Operand;
  readonly edgesOnly?: true;
}

const equality = ["equals", "in", "exists"];
const range = [...equality, "gt", "gte", "lt", "lte"];
const node: Fact = { type: "a node", operators: equality, operand: reference };
const time: Fact = { type: "a time", operators: range, operand: milliseconds };
const name: Fact = { type: "text", operators: [...range, "prefix"], operand: text };

const facts: ReadonlyMap<string, Fact> = new Map<string, Fact>([
  ["space", name],
  ["externalId", name],
  ["$type", node],
  ["$createdTime", time],
  ["$lastUpdatedTime", time],
  ["$startNode", { ...node, edgesOnly: true }],
  ["$endNode", { ...node, edgesOnly: true }],
]);

/** Names of the facts that a view's instances can be filtered by. */
export function factNames(view: ViewDescriptor): string[] {
  return [...facts].flatMap(([key, { edgesOnly }]) => (edgesOnly && view.instanceType === "node" ? [] : [key]));
}

/** A fact that every instance has as something to filter by; edges' own facts are theirs (E119). */
export function factSubject(place: Place, space: string | undefined): Subject | undefined {
  const fact = facts.get(place.name);
  if (fact === undefined || (fact.edgesOnly && place.view.instanceType === "node")) return undefined;
  return {
    place,
    path: factPath(place.view.instanceType, factOf(place.name)),
    type: fact.type,
    operators: fact.operators,
    operand: fact.operand(place, space),
  };
}
