import { QueryError } from "../src/errors/index.js";
import type { ViewDescriptor } from "../src/ir/index.js";
import { optionsOf, type UntypedArgs } from "../src/runtime/index.js";
import { type FilterKind, filterKind } from "./filter-kind.js";
import { optionNames } from "./options.js";

/** What a filter of v1 asks of a property. */
interface FilterKey {
  readonly property: string;
  readonly operator: "gte" | "lte" | "equals" | "prefix";
}

const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** v1's filters of a view by their names, made as the types make them. */
function filterKeys(view: ViewDescriptor): ReadonlyMap<string, FilterKey | undefined> {
  const named = (...kinds: readonly (FilterKind | undefined)[]): string[] =>
    Object.entries(view.properties).flatMap(([name, property]) => (kinds.includes(filterKind(property)) ? [name] : []));
  const bounded = named("number", "time");
  const keys = new Map<string, FilterKey | undefined>();
  const options: ReadonlySet<string> = new Set(optionNames);
  const taken = new Set([...options, ...Object.keys(view.properties)]);
  const add = (wanted: string, isTaken: ReadonlySet<string>, filter: FilterKey): void => {
    const key = isTaken.has(wanted) ? `${wanted}_` : wanted;
    // Which of two was meant cannot be told.
    keys.set(key, keys.has(key) ? undefined : filter);
  };
  for (const property of named("boolean", "text", "enum", "relation")) {
    add(property, options, { property, operator: "equals" });
  }
  for (const property of bounded) {
    add(`min${capitalized(property)}`, taken, { property, operator: "gte" });
    add(`max${capitalized(property)}`, taken, { property, operator: "lte" });
  }
  const withBounds = new Set([
    ...taken,
    ...bounded.flatMap((name) => [`min${capitalized(name)}`, `max${capitalized(name)}`]),
  ]);
  for (const property of named("text")) {
    add(`${property}Prefix`, withBounds, { property, operator: "prefix" });
  }
  return keys;
}

/**
 * The condition that v1's filters stand for.
 *
 * @param given - the arguments of a call, filters and others
 * @param call - how messages name it
 * @param options - names of its arguments that are no filters
 * @throws QueryError `QUERY.UNKNOWN_OPTION` naming what is neither, `QUERY.AMBIGUOUS_OPTION` for a filter of two properties
 */
export function whereOf(
  view: ViewDescriptor,
  given: UntypedArgs,
  call: string,
  options: readonly string[],
): UntypedArgs | undefined {
  const keys = filterKeys(view);
  const { externalIdPrefix, space, filter } = optionsOf(given, call, [
    "externalIdPrefix",
    "space",
    "filter",
    ...options,
    ...keys.keys(),
  ]);
  const conditions = new Map<string, Record<string, unknown>>();
  for (const [name, value] of Object.entries(given)) {
    if (!keys.has(name) || value === undefined) continue;
    const key = keys.get(name);
    if (key === undefined) throw ambiguous(name, call);
    conditions.set(key.property, { ...conditions.get(key.property), ...operatorOf(view, key, value) });
  }
  if (externalIdPrefix !== undefined) conditions.set("externalId", { prefix: externalIdPrefix });
  if (space !== undefined) conditions.set("space", oneOrMany(space));
  const where = { ...Object.fromEntries(conditions), ...(filter === undefined ? {} : { $raw: filter }) };
  return Object.keys(where).length === 0 ? undefined : where;
}

function operatorOf(view: ViewDescriptor, { property, operator }: FilterKey, value: unknown): Record<string, unknown> {
  if (operator !== "equals") return { [operator]: value };
  const described = view.properties[property];
  if (described?.type === "direct" && described.list) return { containsAny: Array.isArray(value) ? value : [value] };
  return oneOrMany(value);
}

/** That something is a value, or one of several. */
export function oneOrMany(value: unknown): Record<string, unknown> {
  return Array.isArray(value) ? { in: value } : { equals: value };
}

function ambiguous(name: string, call: string): QueryError {
  return new QueryError("QUERY.AMBIGUOUS_OPTION", `'${name}' of ${call} would be a filter of two properties.`, {
    hint: "Use list({ where }) of the generated SDK, whose conditions name the property.",
  });
}
