import { QueryError } from "../../errors/index.js";
import type { DirectDescriptor, ScalarDescriptor, ViewDescriptor } from "../../ir/index.js";
import { type Filter, isRecord } from "../../models/index.js";
import { isReference } from "../identity.js";
import { invalidValue, kindOf, type Place, placeText, unknownProperty } from "../problems.js";
import { isStored, propertyOf, storedNames } from "../registry.js";
import { type Condition, every } from "./condition.js";
import { operandOf, text } from "./operand.js";
import { applyOperators, equality, equals, range, type Subject } from "./operators.js";
import { factPath, pathOf } from "./paths.js";
import type { ConditionScope } from "./scope.js";

/**
 * A `where` as a filter of the service; `undefined` when it has no condition.
 *
 * @throws QueryError naming the key, operator or value that is wrong, and the view
 */
export function whereToFilter(where: unknown, view: ViewDescriptor, scope: ConditionScope): Filter | undefined {
  const given = conditionOf(where, view, scope);
  const condition = scope.more?.simplify(given, scope.registry) ?? given;
  return condition === true ? undefined : condition;
}

/**
 * The same, with `true` for no condition.
 *
 * @throws QueryError as {@link whereToFilter} does
 */
export function conditionOf(where: unknown, view: ViewDescriptor, scope: ConditionScope): Condition {
  if (where === undefined) return true;
  if (!isRecord(where)) {
    throw new QueryError("QUERY.INVALID_WHERE", `A where must be an object, got ${kindOf(where)}.`);
  }
  return every(
    Object.entries(where).map(([name, value]) => {
      const place = { view, name };
      if (value === undefined) return true;
      return scope.more?.special(place, value, scope) ?? subjectCondition(subjectOf(place, scope), value);
    }),
  );
}

/** What a bare value, `null` or operators say of something. */
export function subjectCondition(subject: Subject, value: unknown): Condition {
  if (value === null) return equals(subject, null);
  if (isOperators(value, subject)) return applyOperators(subject, value);
  if (!subject.operators.includes("equals") || needsOperators(subject)) {
    throw invalidValue(subject.place, `an object of operators (${subject.operators.join(", ")})`, value);
  }
  return equals(subject, value);
}

/** Relations and JSON are objects themselves: without operators one could not tell them apart. */
function needsOperators({ type }: Subject): boolean {
  return type === "direct" || type === "json";
}

function isOperators(value: unknown, subject: Subject): value is Record<string, unknown> {
  if (!isRecord(value) || value instanceof Date) return false;
  return needsOperators(subject) || !isReference(value);
}

/** Keys that are no properties. */
const names = ["space", "externalId"];
const more = [
  "$type",
  "$createdTime",
  "$lastUpdatedTime",
  "$and",
  "$or",
  "$not",
  "$id",
  "$hasData",
  "$overlaps",
  "$raw",
];
const ofEdges = ["$startNode", "$endNode"];

function subjectOf(place: Place, scope: ConditionScope): Subject {
  const { view, name } = place;
  if (names.includes(name)) {
    const path = factPath(view.instanceType, name);
    return { place, path, type: "text", operators: [...range, "prefix"], operand: text(place) };
  }
  const property = propertyOf(view, name);
  if (property === undefined) {
    const edgeKeys = view.instanceType === "edge" ? ofEdges : [];
    throw unknownProperty(place, [...storedNames(view), ...names, ...edgeKeys, ...more]);
  }
  if (!isStored(property)) {
    throw new QueryError(
      "QUERY.NOT_FILTERABLE",
      `${placeText(place)} is no stored property: one cannot filter by it.`,
      {
        hint: "Lists and selections can ask for what is at its other end: { some: { ... } }.",
      },
    );
  }
  return {
    place,
    path: pathOf(view, name),
    type: property.list ? `list of ${property.type}` : property.type,
    operators: operatorsOf(property),
    operand: operandOf(property, place, scope.space),
    ...(property.type === "enum" ? { spellOut: true } : {}),
    nested: property.type === "direct" ? scope.more?.is(place, property.source, scope) : undefined,
  };
}

function operatorsOf(property: ScalarDescriptor | DirectDescriptor): readonly string[] {
  if (property.list) return ["containsAny", "containsAll", "exists"];
  switch (property.type) {
    case "text":
      return [...range, "prefix"];
    case "timeseries":
    case "file":
    case "sequence":
      return [...equality, "prefix"];
    case "direct":
      return [...equality, "is"];
    case "enum":
      return equality;
    case "boolean":
    case "json":
      return ["equals", "exists"];
    default:
      return range;
  }
}
