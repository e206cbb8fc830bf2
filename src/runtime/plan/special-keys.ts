import { type Filter, isRecord, type SourceReference, viewReference } from "../../models/index.js";
import { invalidValue, optionsOf, type Place, placeText, unknownProperty } from "../problems.js";
import { isStored, propertyOf } from "../registry.js";
import { type Condition, every, negate, some } from "./condition.js";
import { factSubject } from "./facts.js";
import { operandOf, reference } from "./operand.js";
import { bounds, chunksOf } from "./operators.js";
import { pathOf } from "./paths.js";
import type { ConditionScope } from "./scope.js";
import { conditionOf, subjectCondition } from "./where-to-filter.js";

/** What keys mean that begin with `$`; `undefined` for those that are none. */
export function special(place: Place, value: unknown, scope: ConditionScope): Condition | undefined {
  const { view, name } = place;
  const each = (): Condition[] => {
    if (!Array.isArray(value)) throw invalidValue(place, "an array", value);
    // One that is missing must not mean: no condition (E90).
    return value.map((where) => conditionOf(where ?? null, view, scope));
  };
  switch (name) {
    case "$and":
      return every(each());
    case "$or":
      return some(each());
    case "$not":
      return negate(conditionOf(value, view, scope));
    case "$raw":
      if (!isRecord(value)) throw invalidValue(place, "a filter", value);
      return value as Filter;
    case "$id":
      return isOneOf(place, value, scope.space);
    case "$hasData":
      return hasDataIn(place, value);
    case "$overlaps":
      return overlaps(place, value);
    default: {
      const fact = factSubject(place, scope.space);
      return fact && subjectCondition(fact, value);
    }
  }
}

/** Which instances they are: `{ equals }` or `{ in }` of ids. */
function isOneOf(place: Place, value: unknown, space: string | undefined): Condition {
  if (!isRecord(value)) throw invalidValue(place, "{ equals: id } or { in: ids }", value);
  const { equals, in: list } = optionsOf(value, placeText(place), ["equals", "in"]);
  const toId = reference(place, space);
  const lists = [...(equals === undefined ? [] : [[equals]]), ...(list === undefined ? [] : [list])];
  const conditions = lists.map((ids) => {
    if (!Array.isArray(ids)) throw invalidValue(place, "{ in: array of ids }", ids);
    return some(chunksOf(ids.map(toId)).map((chunk): Filter => ({ instanceReferences: chunk as never })));
  });
  return every(conditions);
}

/** That an instance has data in all of these views and containers. */
function hasDataIn(place: Place, value: unknown): Condition {
  if (!Array.isArray(value)) throw invalidValue(place, "an array of views and containers", value);
  const hasData = value.map((one: unknown) => sourceOf(one) ?? refuse(place, one));
  return hasData.length === 0 ? true : { hasData };
}

function sourceOf(value: unknown): SourceReference | undefined {
  if (!isRecord(value)) return undefined;
  const { space, externalId, version } = value;
  if (typeof space !== "string" || typeof externalId !== "string") return undefined;
  if (typeof version === "string") return viewReference({ space, externalId, version });
  return value["type"] === "container" ? { type: "container", space, externalId } : undefined;
}

/** That the stretch between two properties overlaps another one. */
function overlaps(place: Place, value: unknown): Condition {
  if (!isRecord(value)) throw invalidValue(place, "{ start, end } with bounds", value);
  const { start, end, ...limits } = optionsOf(value, placeText(place), ["start", "end", ...bounds]);
  const at = (name: unknown) => {
    if (typeof name !== "string") throw invalidValue(place, "{ start, end } with names of properties", name);
    return boundOf({ view: place.view, name });
  };
  const [startProperty, endProperty] = [at(start), at(end)];
  const set = bounds.flatMap((bound) =>
    limits[bound] === undefined ? [] : [[bound, startProperty.operand(limits[bound])] as const],
  );
  return {
    overlaps: { startProperty: startProperty.path, endProperty: endProperty.path, ...Object.fromEntries(set) },
  };
}

function boundOf(place: Place) {
  const property = propertyOf(place.view, place.name);
  if (property === undefined) throw unknownProperty(place, boundNames(place));
  if (!isStored(property) || property.list || property.type === "direct" || !hasBounds.has(property.type)) {
    throw invalidValue({ ...place, name: "$overlaps" }, "about numbers, timestamps or dates", place.name);
  }
  return { path: pathOf(place.view, place.name), operand: operandOf(property, place, undefined) };
}

const hasBounds: ReadonlySet<string> = new Set(["int32", "int64", "float32", "float64", "timestamp", "date"]);

function boundNames({ view }: Place): string[] {
  return Object.entries(view.properties).flatMap(([name, { type }]) => (hasBounds.has(type) ? [name] : []));
}

function refuse(place: Place, value: unknown): never {
  throw invalidValue(place, "an array of views and containers", value);
}
