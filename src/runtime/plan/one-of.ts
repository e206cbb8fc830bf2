import type { Filter, JsonValue, PropertyPath } from "../../models/index.js";
import { nothing, some } from "./condition.js";
import { chunksOf } from "./operators.js";
import { isGiven, type Kinds, type ValueKind } from "./value-kind.js";

/** That a single-valued property has one of some values, by what tells them apart. */
export interface OneOf {
  readonly property: PropertyPath;
  readonly kind: ValueKind;
  readonly values: ReadonlyMap<unknown, JsonValue>;
}

/** What a filter says, where that is which values one property may have: `equals`, `in`, and alternatives of these. */
export function oneOf(filter: Filter, kinds: Kinds): OneOf | undefined {
  if ("or" in filter) {
    const parts = filter.or.map((part) => oneOf(part, kinds));
    const [first] = parts;
    if (first === undefined) return undefined;
    const property = first.property.join("\n");
    const same = parts.flatMap((part) => (part?.property.join("\n") === property ? [part] : []));
    if (same.length < parts.length) return undefined;
    return { ...first, values: new Map(same.flatMap(({ values }) => [...values])) };
  }
  if ("equals" in filter) return valuesOf(filter.equals.property, [filter.equals.value], kinds);
  if (!("in" in filter) || !Array.isArray(filter.in.values)) return undefined;
  return valuesOf(filter.in.property, filter.in.values, kinds);
}

/** The filter that says so. */
export function oneOfFilter({ property, kind, values }: OneOf): Filter {
  const given = [...values.values()];
  const [only] = given;
  const filters: Filter[] =
    kind.spellOut || given.length === 1
      ? given.map((value) => ({ equals: { property, value } }))
      : chunksOf(given).map((chunk) => ({ in: { property, values: chunk } }));
  const filter = only === undefined ? nothing : some(filters);
  return filter === true ? nothing : filter;
}

function valuesOf(property: PropertyPath, given: readonly unknown[], kinds: Kinds): OneOf | undefined {
  const kind = kinds(property);
  if (kind === undefined) return undefined;
  const values = new Map<unknown, JsonValue>();
  for (const value of given) {
    if (!isGiven(kind, value)) return undefined;
    values.set(kind.key(value), value);
  }
  return { property, kind, values };
}
