import { type Container, isListType, type JsonValue } from "../../../models/index.js";
import type { IndexEntries, IndexKey } from "../index-entries.js";
import { type ListPlace, SortedList } from "../sorted-list.js";
import { containerKey, type ProjectState } from "../state.js";
import type { Row } from "../stored-row.js";
import { compareText, compareValues, type Kind, kindOf } from "./compare.js";
import { isDirectValue } from "./references.js";

/** An index that a container declares, as far as the engine uses it. */
export interface PropertyIndex {
  /** As in {@link ProjectState.propertyIndexes}. */
  readonly key: string;
  readonly containerKey: string;
  readonly id: string;
  readonly type: "btree" | "inverted";
  /** Orders by the space of instances first. */
  readonly bySpace: boolean;
  readonly columns: readonly string[];
  /** Orders keys; one that is shorter is equal to all that begin with it. */
  readonly compare: (a: IndexKey, b: IndexKey) => number;
}

const known = new WeakMap<Container, readonly PropertyIndex[]>();

/** The indexes that a container declares. Those over values without order are never used. */
export function indexesOf(container: Container | undefined): readonly PropertyIndex[] {
  if (!container) return [];
  const before = known.get(container);
  if (before) return before;
  const key = containerKey(container);
  const indexes = Object.entries(container.indexes ?? {}).flatMap(([id, index]): PropertyIndex[] => {
    const types = index.properties.map((property) => container.properties[property]?.type);
    const inverted = index.indexType === "inverted";
    if (types.some((type) => !type || type.type === "json" || isListType(type) !== inverted)) return [];
    if (inverted && types.length > 1) return [];
    const bySpace = index.indexType !== "inverted" && index.bySpace === true;
    const kinds = types.map((type) => (type ? ORDERS[kindOf(type.type)] : compareColumn));
    const orders = bySpace ? [compareColumn, ...kinds] : kinds;
    return [
      {
        key: `${key}|${id}`,
        containerKey: key,
        id,
        type: inverted ? "inverted" : "btree",
        bySpace,
        columns: index.properties,
        compare: orders.length === 1 ? (orders[0] as typeof compareColumn) : tupleOrder(orders),
      },
    ];
  });
  known.set(container, indexes);
  return indexes;
}

/** How many values make up a key. */
export function widthOf({ bySpace, columns }: PropertyIndex): number {
  return columns.length + (bySpace ? 1 : 0);
}

/** The key of some values, which may be the first ones only. */
export function keyOf(index: PropertyIndex, values: readonly JsonValue[]): IndexKey {
  return widthOf(index) === 1 ? (values[0] ?? null) : values;
}

/** The keys by which an instance with a row is in an index. */
export function keysOf(index: PropertyIndex, space: string, row: Row): readonly IndexKey[] {
  const [first = ""] = index.columns;
  if (index.type === "inverted") {
    const values = row.get(first);
    return Array.isArray(values) ? distinct(index, values) : [];
  }
  if (widthOf(index) === 1) return [row.get(first) ?? null];
  const values = index.columns.map((column) => row.get(column) ?? null);
  return [index.bySpace ? [space, ...values] : values];
}

/** The entries of an index, built when they are first asked for. */
export function entriesOf(state: ProjectState, index: PropertyIndex): IndexEntries {
  const built = state.propertyIndexes.get(index.key);
  if (built) return built;
  const entries: IndexEntries = new SortedList(index.compare);
  const members = [...(state.containerRows.get(index.containerKey)?.all() ?? [])];
  entries.fill(
    members.flatMap((member) => {
      const row = member.rows.get(index.containerKey);
      return row ? keysOf(index, member.space, row).map((of) => ({ key: of, member })) : [];
    }),
  );
  state.propertyIndexes.set(index.key, entries);
  return entries;
}

/** Before every entry with a key, or with one that begins with it. */
export function before(key: IndexKey): ListPlace<IndexKey> {
  return { key, sequence: Number.NEGATIVE_INFINITY };
}

/** After every entry with a key, or with one that begins with it. */
export function behind(key: IndexKey): ListPlace<IndexKey> {
  return { key, sequence: Number.POSITIVE_INFINITY };
}

function distinct(index: PropertyIndex, values: readonly JsonValue[]): readonly JsonValue[] {
  const sorted = [...values].sort(index.compare);
  return sorted.filter((value, at) => at === 0 || index.compare(sorted[at - 1] as JsonValue, value) !== 0);
}

/** Missing values come last. */
function compareColumn(a: JsonValue, b: JsonValue): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compareValues(a, b);
}

/** Whole numbers of any length among them. */
function compareNumbers(a: JsonValue, b: JsonValue): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -1 : Number(a > b);
}

/** References in the order of space, then external id. */
function compareReferences(a: JsonValue, b: JsonValue): number {
  if (!isDirectValue(a) || !isDirectValue(b)) return Number(a === null) - Number(b === null);
  return (a.space === b.space ? 0 : compareText(a.space, b.space)) || compareText(a.externalId, b.externalId);
}

const ORDERS: Readonly<Record<Kind, typeof compareColumn>> = {
  text: compareColumn,
  number: compareNumbers,
  boolean: compareColumn,
  direct: compareReferences,
  json: compareColumn,
};

function tupleOrder(orders: readonly ((a: JsonValue, b: JsonValue) => number)[]): PropertyIndex["compare"] {
  return (a, b) => {
    if (!Array.isArray(a) || !Array.isArray(b)) return 0;
    const shared = Math.min(a.length, b.length);
    for (let at = 0; at < shared; at++) {
      const order = orders[at]?.(a[at], b[at]) ?? 0;
      if (order !== 0) return order;
    }
    return 0;
  };
}
