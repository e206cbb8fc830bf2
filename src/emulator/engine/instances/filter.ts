import {
  exactInteger,
  type Filter,
  type FilterOperators,
  type FilterValue,
  type PropertyPath,
  type RangeBounds,
} from "../../../models/index.js";
import { badRequest } from "../fault.js";
import { containerKey, instanceKey, type ProjectState, rowKey, type StoredInstance } from "../state.js";
import { type Comparable, compareValues } from "./compare.js";
import { mappedKeys } from "./has-data.js";
import { jsonEquals } from "./json-values.js";
import { type FilterContext, propertyOperand, propertyValues, valueOperand, valueOperands } from "./operand.js";
import { type Property, resolveProperty } from "./property.js";
import { referencesIn } from "./references.js";

/** A filter made ready: whether an instance matches. */
export type Predicate = (instance: StoredInstance) => boolean;

/** Matches everything. */
export const always: Predicate = () => true;

/**
 * Compiles a filter once, so that trying an instance costs no look-up of names (contract 9.2).
 * A comparison with a missing value is false, and `not` inverts it.
 *
 * @throws {@link Fault} 400 for unknown properties, wrong value types and operators that do not apply.
 */
export function compileFilter(context: FilterContext, filter: Filter): Predicate {
  if ("and" in filter) {
    return allOf(filter.and.map((inner) => compileFilter(context, inner)));
  }
  if ("or" in filter) {
    const any = filter.or.map((inner) => compileFilter(context, inner));
    return (instance) => any.some((matches) => matches(instance));
  }
  if ("not" in filter) {
    const inner = compileFilter(context, filter.not);
    return (instance) => !inner(instance);
  }
  const matches = compileLeaf(context, filter);
  const { work } = context;
  return (instance) => {
    work.step();
    return matches(instance);
  };
}

/** Whether all match. Loops, where `every` would make a function for each instance that is tried. */
export function allOf(predicates: readonly Predicate[]): Predicate {
  return (instance) => {
    for (const matches of predicates) if (!matches(instance)) return false;
    return true;
  };
}

/** Whether an instance has a row in each of some containers. */
export function hasRows(containers: readonly string[]): Predicate {
  const [only] = containers;
  if (only !== undefined && containers.length === 1) return ({ rows }) => rows.has(only);
  return ({ rows }) => {
    for (const key of containers) if (!rows.has(key)) return false;
    return true;
  };
}

type Leaf = Exclude<Filter, { and: unknown } | { or: unknown } | { not: unknown }>;

function compileLeaf(context: FilterContext, filter: Leaf): Predicate {
  if ("equals" in filter) return compileEquals(context, filter.equals);
  if ("in" in filter) return compileIn(context, filter.in);
  if ("range" in filter) return compileRange(context, filter.range);
  if ("prefix" in filter) return compilePrefix(context, filter.prefix);
  if ("exists" in filter) return compileExists(context, filter.exists.property);
  if ("containsAny" in filter) return compileContains(context, "containsAny", filter.containsAny);
  if ("containsAll" in filter) return compileContains(context, "containsAll", filter.containsAll);
  if ("matchAll" in filter) return always;
  if ("nested" in filter) return compileNested(context, filter.nested);
  if ("overlaps" in filter) return compileOverlaps(context, filter.overlaps);
  if ("hasData" in filter) return compileHasData(context.state, filter.hasData);
  if ("instanceReferences" in filter) {
    const keys = new Set(filter.instanceReferences.map(instanceKey));
    return (instance) => keys.has(instanceKey(instance));
  }
  // What is left of a stored view's filter after something it named was deleted matches nothing.
  return () => false;
}

function compileEquals(context: FilterContext, { property: path, value }: FilterOperators["equals"]): Predicate {
  const property = single(context, path);
  const read = propertyOperand(property);
  const wanted = valueOperand(context, property, value);
  return (instance) => same(read(instance), wanted(instance));
}

/** On a list of direct relations `in` asks for any of them, which is how reverse lists are read (contract 8.1). */
function compileIn(context: FilterContext, { property: path, values }: FilterOperators["in"]): Predicate {
  const property = resolveProperty(context.state, path);
  if (property.kind !== "direct") refuseList(property);
  const read = propertyValues(property);
  const contains = membership(context, property, values);
  return (instance) => {
    const held = read(instance);
    if (held === undefined) return false;
    context.work.step(held.length);
    const has = contains(instance);
    return held.some(has);
  };
}

function compileContains(
  context: FilterContext,
  operator: "containsAny" | "containsAll",
  { property: path, values }: FilterOperators["containsAny"],
): Predicate {
  const property = resolveProperty(context.state, path);
  if (!property.list) {
    throw badRequest(`Cannot use ${operator} on property '${property.name}': it is not a list`);
  }
  const read = propertyValues(property);
  if (operator === "containsAny") {
    const contains = membership(context, property, values);
    return (instance) => {
      const held = read(instance) ?? [];
      context.work.step(held.length);
      return held.some(contains(instance));
    };
  }
  const wanted = valueOperands(context, property, values);
  return (instance) => {
    const held = read(instance);
    if (held === undefined) return false;
    const all = wanted(instance);
    context.work.step(held.length + all.length);
    return all.every(among(property, held));
  };
}

type Among = (value: Comparable) => boolean;

/** Whether a value is among others; those that are the same for every instance are prepared once. */
function membership(
  context: FilterContext,
  property: Property,
  values: readonly FilterValue[] | FilterValue,
): (instance: StoredInstance) => Among {
  const wanted = valueOperands(context, property, values);
  let list: readonly Comparable[] | undefined;
  let has: Among = () => false;
  return (instance) => {
    const current = wanted(instance);
    if (current !== list) {
      list = current;
      has = among(property, current);
    }
    return has;
  };
}

/** Whether a value is among others; texts, numbers and booleans are looked up in a set. */
function among({ kind }: Property, values: readonly Comparable[]): Among {
  if (kind === "json") return (value) => values.some((entry) => same(entry, value));
  const set = new Set(values.map(exactInteger));
  return (value) => set.has(exactInteger(value));
}

function compileRange(context: FilterContext, { property: path, ...bounds }: FilterOperators["range"]): Predicate {
  const property = single(context, path);
  const read = propertyOperand(property);
  const within = compileBounds(context, property, "range", bounds);
  return (instance) => {
    const value = read(instance);
    if (value === undefined) return false;
    for (const { holds } of within) if (!holds(value, instance)) return false;
    return true;
  };
}

interface Bound {
  readonly side: "lower" | "upper";
  readonly holds: (value: Comparable, instance: StoredInstance) => boolean;
}

const BOUNDS: readonly (readonly [keyof RangeBounds, Bound["side"], (order: number) => boolean])[] = [
  ["gt", "lower", (order) => order > 0],
  ["gte", "lower", (order) => order >= 0],
  ["lt", "upper", (order) => order < 0],
  ["lte", "upper", (order) => order <= 0],
];

function compileBounds(
  context: FilterContext,
  property: Property,
  operator: "range" | "overlaps",
  bounds: RangeBounds,
): readonly Bound[] {
  const type = property.type.type;
  if (property.kind !== "number" && !["text", "timestamp", "date"].includes(type)) {
    throw badRequest(`Cannot use ${operator} on property '${property.name}' of type ${type}: it has no ranges`);
  }
  return BOUNDS.flatMap(([name, side, accepts]) => {
    const value = bounds[name];
    if (value === undefined) return [];
    const limit = valueOperand(context, property, value);
    return [{ side, holds: (held, instance) => ordered(held, limit(instance), accepts) }];
  });
}

function ordered(value: Comparable, limit: Comparable | undefined, accepts: (order: number) => boolean): boolean {
  return limit !== undefined && accepts(compareValues(value, limit));
}

/** The range from start to end meets the bounds: it ends above the lower one and starts below the upper one. */
function compileOverlaps(
  context: FilterContext,
  { startProperty, endProperty, ...bounds }: FilterOperators["overlaps"],
): Predicate {
  const start = single(context, startProperty);
  const end = single(context, endProperty);
  const onEnd = compileBounds(context, end, "overlaps", bounds).filter(({ side }) => side === "lower");
  const onStart = compileBounds(context, start, "overlaps", bounds).filter(({ side }) => side === "upper");
  const readStart = propertyOperand(start);
  const readEnd = propertyOperand(end);
  return (instance) => {
    const from = readStart(instance);
    const to = readEnd(instance);
    if (from === undefined || to === undefined) return false;
    return onEnd.every(({ holds }) => holds(to, instance)) && onStart.every(({ holds }) => holds(from, instance));
  };
}

function compilePrefix(context: FilterContext, { property: path, value }: FilterOperators["prefix"]): Predicate {
  const property = single(context, path);
  if (property.type.type !== "text") {
    throw badRequest(`Cannot use prefix on property '${property.name}' of type ${property.type.type}: it is not text`);
  }
  const read = propertyOperand(property);
  const wanted = valueOperand(context, property, value);
  return (instance) => {
    const held = read(instance);
    const prefix = wanted(instance);
    return typeof held === "string" && typeof prefix === "string" && held.startsWith(prefix);
  };
}

function compileExists(context: FilterContext, path: PropertyPath): Predicate {
  const { read } = resolveProperty(context.state, path);
  return (instance) => read(instance) !== undefined;
}

/** The filter holds for the node that the relation points at, or for one of those in a list. */
function compileNested(context: FilterContext, { scope, filter }: FilterOperators["nested"]): Predicate {
  const property = resolveProperty(context.state, scope);
  if (property.kind !== "direct") {
    throw badRequest(`Cannot use nested on property '${property.name}': it is not a direct relation`);
  }
  const inner = once(compileFilter(context, filter));
  const { instances } = context.state;
  return (instance) => {
    const references = referencesIn(property.read(instance));
    context.work.step(references.length);
    return references.some((reference) => {
      const target = instances.get(reference);
      return target !== undefined && inner(target);
    });
  };
}

/** Tries each instance once: lists that point at each other would else cost a power of their length. */
function once(matches: Predicate): Predicate {
  const known = new Map<StoredInstance, boolean>();
  return (instance) => {
    const before = known.get(instance);
    if (before !== undefined) return before;
    const result = matches(instance);
    known.set(instance, result);
    return result;
  };
}

function compileHasData(state: ProjectState, sources: FilterOperators["hasData"]): Predicate {
  const keys = sources.flatMap((source) =>
    source.type === "view" ? mappedKeys(state, source) : [existingContainer(state, source)],
  );
  return hasRows(keys);
}

function existingContainer(
  state: ProjectState,
  source: { readonly space: string; readonly externalId: string },
): string {
  const key = containerKey(source);
  if (!state.containers.has(key)) {
    throw badRequest(`One or more containers do not exist: '${source.space}:${source.externalId}'`);
  }
  return rowKey(state, source);
}

function single(context: FilterContext, path: PropertyPath): Property {
  const property = resolveProperty(context.state, path);
  refuseList(property);
  return property;
}

function refuseList(property: Property): void {
  if (property.list) {
    throw badRequest(`Invalid value for list property '${property.name}': use containsAny or containsAll`);
  }
}

function same(a: Comparable | undefined, b: Comparable | undefined): boolean {
  return a !== undefined && b !== undefined && jsonEquals(a, b);
}
