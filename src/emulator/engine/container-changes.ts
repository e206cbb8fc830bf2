import { isListType, type PropertyType, sameJson } from "../../models/index.js";
import { maxListSize } from "./list-size.js";

/** Most bytes of a text when the property names no maximum. */
const TEXT_BYTES = 128_000;

/**
 * What of a property's type a change touches that may not be touched, in words; `undefined` when nothing.
 * Units, enum values added and sizes raised are fine (contract 5.4).
 */
export function typeChange(before: PropertyType, after: PropertyType): string | undefined {
  if (before.type !== after.type) return `the type from ${before.type} to ${after.type}`;
  if (isListType(before) !== isListType(after)) return `list from ${isListType(before)} to ${isListType(after)}`;
  if (maxListSize(after) < maxListSize(before)) {
    return `maxListSize from ${maxListSize(before)} down to ${maxListSize(after)}`;
  }
  if (before.type === "text" && after.type === "text") {
    const from = before.collation ?? "ucs_basic";
    const to = after.collation ?? "ucs_basic";
    if (from !== to) return `the collation from ${from} to ${to}`;
    if ((after.maxTextSize ?? TEXT_BYTES) < (before.maxTextSize ?? TEXT_BYTES)) return "maxTextSize to a smaller one";
  }
  if (before.type === "direct" && after.type === "direct" && !sameJson(before.container, after.container)) {
    return "the target container";
  }
  if (before.type === "enum" && after.type === "enum") {
    const removed = Object.keys(before.values).filter((id) => !Object.hasOwn(after.values, id));
    if (removed.length > 0) return `the enum by removing '${removed[0]}' from the values`;
  }
  return undefined;
}
