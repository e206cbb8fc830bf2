import { invalidValue, type Place } from "../problems.js";
import { type Operand, reference } from "./operand.js";
import { equality, range, type Subject } from "./operators.js";
import { factOf, factPath } from "./paths.js";

interface Fact {
  readonly type: string;
  readonly operators: readonly string[];
  readonly operand: (place: Place, space: string | undefined) => Operand;
  readonly edgesOnly?: true;
}

const node: Fact = { type: "a node", operators: equality, operand: reference };
const time: Fact = { type: "a time", operators: range, operand: milliseconds };

const facts: ReadonlyMap<string, Fact> = new Map<string, Fact>([
  ["$type", node],
  ["$createdTime", time],
  ["$lastUpdatedTime", time],
  ["$startNode", { ...node, edgesOnly: true }],
  ["$endNode", { ...node, edgesOnly: true }],
]);

/** A fact that begins with `$` as something to filter by; edges' own facts are theirs (E119). */
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

/** Points in time as milliseconds since 1970, as facts of instances have them (contract 9.1). */
function milliseconds(place: Place): Operand {
  return (value) => {
    const time = typeof value === "string" ? Date.parse(value) : value instanceof Date ? value.getTime() : Number.NaN;
    if (Number.isNaN(time)) throw invalidValue(place, "a Date or ISO text", value);
    return time;
  };
}
