import type { Filter, FilterOperators, FilterValue, NodeReference, PropertyPath } from "../../../models/index.js";
import { containerKey } from "../state.js";
import type { Comparable } from "./compare.js";
import { mappedKeys } from "./has-data.js";
import { constantIn, constantsIn, type FilterContext } from "./operand.js";
import { type Property, resolveProperty } from "./property.js";
import { partKey } from "./row-indexes.js";

/** What every match has in a property; bounds belong to it, whether the filter lets them in or not. */
export interface ColumnBounds {
  /** It is one of these, or a list with one of these. */
  readonly values?: readonly Comparable[];
  /** It is a list with all of these. */
  readonly all?: readonly Comparable[];
  readonly lower?: Comparable;
  readonly upper?: Comparable;
}

/** What every match of a filter is sure to have; it lets a scan skip the rest. */
export interface Narrowing {
  /** Containers in which every match has a row, by key. */
  readonly containers: readonly string[];
  /** The only instances that can match, if known. */
  readonly ids: readonly NodeReference[] | undefined;
  /** What the instance's own facts are, by name: each is one of these. */
  readonly facts: ReadonlyMap<string, readonly Comparable[]>;
  /** What is in properties of containers, by container and property. */
  readonly columns: ReadonlyMap<string, ColumnBounds>;
  /** Of each list, every match has what one of its members says. */
  readonly either: readonly (readonly Narrowing[])[];
}

const NONE: ReadonlyMap<string, never> = /* @__PURE__ */ new Map<string, never>();

/** Nothing is known. */
export const everything: Narrowing = { containers: [], ids: undefined, facts: NONE, columns: NONE, either: [] };

/** Only that there are rows in containers. */
export function inContainers(containers: readonly string[]): Narrowing {
  return { ...everything, containers };
}

/** Only who they are. */
export function among(ids: readonly NodeReference[]): Narrowing {
  return { ...everything, ids };
}

/** What matches of a filter are sure to have. The filter has been compiled, so all that it names is there. */
export function narrowingOf(context: FilterContext, filter: Filter): Narrowing {
  if ("and" in filter) return both(filter.and.map((inner) => narrowingOf(context, inner)));
  if ("or" in filter) return { ...everything, either: [filter.or.map((inner) => narrowingOf(context, inner))] };
  if ("instanceReferences" in filter) return among(filter.instanceReferences);
  if ("hasData" in filter) return inContainers(dataKeys(context, filter.hasData));
  const path = comparedProperty(filter);
  if (!path) return everything;
  const property = resolveProperty(context.state, path);
  const bounds = property.kind === "json" ? undefined : boundsIn(context, property, filter);
  if (property.containerKey === undefined) {
    return bounds?.values ? { ...everything, facts: new Map([[path[1] ?? "", bounds.values]]) } : everything;
  }
  const columns = bounds ? new Map([[partKey(property.containerKey, property.containerProperty ?? ""), bounds]]) : NONE;
  return { ...everything, containers: [property.containerKey], columns };
}

/** What holds when several narrowings do. */
export function both(narrowings: readonly Narrowing[]): Narrowing {
  const facts = new Map<string, readonly Comparable[]>();
  const columns = new Map<string, ColumnBounds>();
  for (const narrowing of narrowings) {
    for (const [name, values] of narrowing.facts) facts.set(name, values);
    for (const [name, bounds] of narrowing.columns) columns.set(name, { ...columns.get(name), ...bounds });
  }
  return {
    containers: [...new Set(narrowings.flatMap(({ containers }) => containers))],
    ids: narrowings.find(({ ids }) => ids !== undefined)?.ids,
    facts,
    columns,
    either: narrowings.flatMap(({ either }) => either),
  };
}

/** Sorts after all that may follow a prefix: no text has this many of the unit that sorts last. */
const LAST = "\uDFFF".repeat(64);

function boundsIn(context: FilterContext, property: Property, filter: Filter): ColumnBounds | undefined {
  const one = (value: FilterValue | undefined): Comparable | undefined =>
    value === undefined ? undefined : constantIn(context, property, value);
  if ("equals" in filter) {
    const value = one(filter.equals.value);
    return value === undefined ? undefined : { values: [value] };
  }
  if ("range" in filter) {
    const lower = one(filter.range.gte) ?? one(filter.range.gt);
    const upper = one(filter.range.lte) ?? one(filter.range.lt);
    return { ...(lower === undefined ? {} : { lower }), ...(upper === undefined ? {} : { upper }) };
  }
  if ("prefix" in filter) {
    const prefix = one(filter.prefix.value);
    return typeof prefix === "string" ? { lower: prefix, upper: prefix + LAST } : undefined;
  }
  const several = "in" in filter ? filter.in : "containsAny" in filter ? filter.containsAny : undefined;
  if (several) {
    const values = constantsIn(context, property, several.values);
    return values && { values };
  }
  if (!("containsAll" in filter)) return undefined;
  const all = constantsIn(context, property, filter.containsAll.values);
  return all && { all };
}

function dataKeys({ state }: FilterContext, sources: FilterOperators["hasData"]): readonly string[] {
  return sources.flatMap((source) => (source.type === "view" ? mappedKeys(state, source) : [containerKey(source)]));
}

/** The property whose value must be there for the filter to hold, of the operators that compare one. */
function comparedProperty(filter: Filter): PropertyPath | undefined {
  if ("equals" in filter) return filter.equals.property;
  if ("in" in filter) return filter.in.property;
  if ("range" in filter) return filter.range.property;
  if ("prefix" in filter) return filter.prefix.property;
  if ("exists" in filter) return filter.exists.property;
  if ("containsAny" in filter) return filter.containsAny.property;
  // What has all values of an empty list may be any list, yet a list it is.
  if ("containsAll" in filter) return filter.containsAll.property;
  return "nested" in filter ? filter.nested.scope : undefined;
}
