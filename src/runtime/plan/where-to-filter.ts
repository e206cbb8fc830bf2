import { QueryError } from "../../errors/index.js";
import type { DirectDescriptor, ScalarDescriptor, ViewDescriptor } from "../../ir/index.js";
import { type Filter, isRecord } from "../../models/index.js";
import { isReference } from "../identity.js";
import { invalidValue, kindOf, type Place, placeText, unboundView, unknownProperty } from "../problems.js";
import { isStored, propertyOf, storedNames } from "../registry.js";
import { type Condition, every, negate, some } from "./condition.js";
import { factNames, factSubject } from "./facts.js";
import { operandOf } from "./operand.js";
import { applyOperators, equals, type Subject } from "./operators.js";
import { pathOf } from "./paths.js";
import { deeper, type PlanScope } from "./scope.js";

type Context = Pick<PlanScope, "registry" | "space" | "limits" | "more">;

/**
 * A `where` as a filter of the service; `undefined` when it has no condition.
 *
 * @throws QueryError naming the key, operator or value that is wrong, and the view
 */
export function whereToFilter(where: unknown, view: ViewDescriptor, scope: Context): Filter | undefined {
  const given = conditionOf(where, view, scope);
  const condition = scope.more?.simplify(given, scope.registry) ?? given;
  return condition === true ? undefined : condition;
}

function conditionOf(where: unknown, view: ViewDescriptor, scope: Context): Condition {
  if (where === undefined) return true;
  if (!isRecord(where)) {
    throw new QueryError("QUERY.INVALID_WHERE", `A where must be an object, got ${kindOf(where)}.`);
  }
  return every(
    Object.entries(where).map(([name, value]) =>
      value === undefined
        ? true
        : (combined({ view, name }, value, scope) ?? keyCondition({ view, name }, value, scope)),
    ),
  );
}

const specialKeys = ["$and", "$or", "$not", "$id", "$hasData", "$overlaps", "$raw"];

/** What keys mean that are about no single property or fact. */
function combined(place: Place, value: unknown, scope: Context): Condition | undefined {
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
    default:
      return scope.more?.special(place, value, scope.space);
  }
}

function keyCondition(place: Place, value: unknown, scope: Context): Condition {
  const subject = factSubject(place, scope.space) ?? propertySubject(place, scope);
  if (value === null) return equals(subject, null);
  if (isOperators(value, subject)) return applyOperators(subject, value);
  if (!subject.operators.includes("equals") || needsOperators(subject)) {
    throw invalidValue(place, `an object of operators (${subject.operators.join(", ")})`, value);
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

function propertySubject(place: Place, scope: Context): Subject {
  const { view, name } = place;
  const property = propertyOf(view, name);
  if (property === undefined) {
    throw unknownProperty(place, [...storedNames(view), ...factNames(view), ...specialKeys]);
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
    ...(property.type === "direct" ? { nested: nestedIn(property, place, scope) } : {}),
  };
}

function nestedIn(property: DirectDescriptor, place: Place, scope: Context): (where: unknown) => Condition {
  return (where) => {
    const target = scope.registry.node(property.source);
    if (target === undefined) throw unboundView(place, property.source);
    return conditionOf(where, target, deeper(scope, place));
  };
}

const equality = ["equals", "in", "exists"];
const range = [...equality, "gt", "gte", "lt", "lte"];

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
