import { isRecord, type JsonValue, type PropertyType } from "../../../models/index.js";

/** How values of a type compare. */
export type Kind = "text" | "number" | "boolean" | "direct" | "json";

/** A value made ready to compare: direct relations become one text that orders by space, then external id. */
export type Comparable = JsonValue;

/** How single values of a type compare. Canonical timestamps and dates compare as text. */
export function kindOf(type: PropertyType["type"] | "instant"): Kind {
  switch (type) {
    case "boolean":
    case "direct":
    case "json":
      return type;
    case "int32":
    case "int64":
    case "float32":
    case "float64":
    case "instant":
      return "number";
    default:
      return "text";
  }
}

/** Makes a single stored value ready to compare. */
export function comparable(kind: Kind, value: JsonValue): Comparable {
  if (kind !== "direct" || !isRecord(value)) return value;
  return directComparable(String(value["space"]), String(value["externalId"]));
}

/** A direct relation ready to compare: no id can hold a NUL, which sorts before all else. */
export function directComparable(space: string, externalId: string): string {
  return `${space}\0${externalId}`;
}

/** Orders two values of the same kind; JSON has no order. */
export function compareValues(a: Comparable, b: Comparable): number {
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  if (isNumeric(a) && isNumeric(b)) return Number(a > b) - Number(a < b);
  return Number(a) - Number(b);
}

/** Numbers, and integers that a number cannot hold: both compare with each other, exactly. */
export function isNumeric(value: unknown): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

/** Orders texts by code point, which is the order of their UTF-8 bytes (collation `ucs_basic`). */
export function compareText(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Moves surrogates, which stand for the highest code points, above all other units. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
