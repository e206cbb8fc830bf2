import type { PropertyType } from "../../../models/index.js";
import { type Comparable, compareValues } from "./compare.js";

/** Orders two values. */
export type Compare = (a: Comparable, b: Comparable) => number;

/** Orders by the root locale where a locale is `und`, or one that this runtime has no rules for. */
const ROOT = "en";

const collators = new Map<string, Intl.Collator>();

/** How values of a type are sorted: texts by the collation of their property (contract 9.2, 10), all else as it compares. */
export function sortComparison(type: PropertyType | { readonly type: "instant" }): Compare {
  const collation = type.type === "text" ? (type.collation ?? "ucs_basic") : "ucs_basic";
  if (collation === "ucs_basic") return compareValues;
  const { compare } = collatorOf(collation);
  return (a, b) => compare(String(a), String(b));
}

function collatorOf(collation: string): Intl.Collator {
  const known = collators.get(collation);
  if (known) return known;
  const collator = new Intl.Collator(collation === "und" ? ROOT : [collation, ROOT]);
  collators.set(collation, collator);
  return collator;
}
