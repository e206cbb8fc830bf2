import type { Filter, PropertyPath, RangeBounds } from "../../models/index.js";
import { nothing } from "./condition.js";
import { oneOf, oneOfFilter } from "./one-of.js";
import type { Kinds, ValueKind } from "./value-kind.js";

type Bound = number | bigint;

/** What conditions that must all hold say of one property. */
interface Met {
  readonly property: PropertyPath;
  readonly kind: ValueKind | undefined;
  readonly filters: Filter[];
}

/** Conditions that must all hold, those on one property made one. `[nothing]` where they leave it no value. */
export function meetOnProperties(parts: readonly Filter[], kinds: Kinds): Filter[] {
  const byProperty = new Map<string, Met>();
  for (const filter of parts) {
    const property = propertyOf(filter, kinds);
    const key = property?.join("\n") ?? `\n${byProperty.size}`;
    const met = byProperty.get(key) ?? { property: property ?? [], kind: property && kinds(property), filters: [] };
    met.filters.push(filter);
    byProperty.set(key, met);
  }
  const filters = [...byProperty.values()].flatMap(meet);
  return filters.includes(nothing) ? [nothing] : filters;

  function meet({ property, kind, filters }: Met): Filter[] {
    if (filters.length === 1 && !isOpenRange(filters[0])) return filters;
    const needValue = filters.filter((filter) => !("exists" in filter || "not" in filter));
    const without = filters.some((filter) => "not" in filter && "exists" in filter.not);
    if (without && needValue.length > 0) return [nothing];
    const present = needValue.length > 0 ? filters.filter((filter) => !("exists" in filter)) : filters;
    return kind === undefined ? present : meetValues(property, kind, present);
  }

  function meetValues(property: PropertyPath, kind: ValueKind, filters: readonly Filter[]): Filter[] {
    const lists = filters.flatMap((filter) => oneOf(filter, kinds) ?? []);
    const [first, ...others] = lists;
    const ranges = filters.flatMap((filter) => rangeOf(filter, kind) ?? []);
    const prefixes = filters.flatMap((filter) => prefixOf(filter, kind) ?? []);
    const rest = filters.filter(
      (filter) => !(oneOf(filter, kinds) || rangeOf(filter, kind) || prefixOf(filter, kind) !== undefined),
    );
    if (first === undefined) return [...rangeFilters(property, ranges), ...prefixFilters(property, prefixes), ...rest];
    const banned = rest.flatMap((filter) => ("not" in filter ? (oneOf(filter.not, kinds) ?? []) : []));
    const kept = [...first.values].filter(
      ([key]) =>
        others.every(({ values }) => values.has(key)) &&
        !banned.some(({ values }) => values.has(key)) &&
        ranges.every((range) => isWithin(key as Bound, range)) &&
        prefixes.every((prefix) => String(key).startsWith(prefix)),
    );
    const undecided = rest.filter((filter) => !("not" in filter && oneOf(filter.not, kinds)));
    return [oneOfFilter({ ...first, values: new Map(kept) }), ...undecided];
  }
}

/** The property that a filter is about, alone. */
function propertyOf(filter: Filter, kinds: Kinds): PropertyPath | undefined {
  if ("not" in filter) return propertyOf(filter.not, kinds);
  const values = oneOf(filter, kinds);
  if (values) return values.property;
  for (const body of Object.values(filter) as { readonly property?: PropertyPath }[]) {
    if (Array.isArray(body.property)) return body.property;
  }
  return undefined;
}

interface Range {
  readonly low?: { readonly value: Bound; readonly open: boolean };
  readonly high?: { readonly value: Bound; readonly open: boolean };
}

function isOpenRange(filter: Filter | undefined): boolean {
  return filter !== undefined && "range" in filter;
}

/** A range between numbers. */
function rangeOf(filter: Filter, kind: ValueKind): Range | undefined {
  if (!("range" in filter) || !kind.ordered) return undefined;
  const { gt, gte, lt, lte } = filter.range;
  if ([gt, gte, lt, lte].some((bound) => bound !== undefined && !isBound(bound))) return undefined;
  const end = (open: unknown, closed: unknown) =>
    isBound(open) ? { value: open, open: true } : isBound(closed) ? { value: closed, open: false } : undefined;
  const [low, high] = [end(gt, gte), end(lt, lte)];
  return { ...(low ? { low } : {}), ...(high ? { high } : {}) };
}

function isBound(value: unknown): value is Bound {
  return typeof value === "number" || typeof value === "bigint";
}

function isWithin(value: Bound, { low, high }: Range): boolean {
  if (low && (low.open ? value <= low.value : value < low.value)) return false;
  return !(high && (high.open ? value >= high.value : value > high.value));
}

/** The stretch that all ranges have in common. */
function rangeFilters(property: PropertyPath, ranges: readonly Range[]): Filter[] {
  if (ranges.length === 0) return [];
  const low = ranges.reduce<Range["low"]>((most, { low: one }) => {
    if (one === undefined || most === undefined) return one ?? most;
    return one.value > most.value || (one.value === most.value && one.open) ? one : most;
  }, undefined);
  const high = ranges.reduce<Range["high"]>((least, { high: one }) => {
    if (one === undefined || least === undefined) return one ?? least;
    return one.value < least.value || (one.value === least.value && one.open) ? one : least;
  }, undefined);
  if (low && high && (low.value > high.value || (low.value === high.value && (low.open || high.open)))) {
    return [nothing];
  }
  const bounds: RangeBounds = {
    ...(low ? { [low.open ? "gt" : "gte"]: low.value } : {}),
    ...(high ? { [high.open ? "lt" : "lte"]: high.value } : {}),
  };
  return [{ range: { property, ...bounds } }];
}

function prefixOf(filter: Filter, { text }: ValueKind): string | undefined {
  return text && "prefix" in filter && typeof filter.prefix.value === "string" ? filter.prefix.value : undefined;
}

/** The longest of prefixes of each other. */
function prefixFilters(property: PropertyPath, prefixes: readonly string[]): Filter[] {
  if (prefixes.length === 0) return [];
  const longest = prefixes.reduce((most, one) => (one.length > most.length ? one : most));
  if (!prefixes.every((one) => longest.startsWith(one))) return [nothing];
  return [{ prefix: { property, value: longest } }];
}
