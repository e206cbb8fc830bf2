import type { JsonValue } from "../../../models/index.js";
import type { IndexKey } from "../index-entries.js";
import type { ListPlace } from "../sorted-list.js";
import type { ProjectState, StoredInstance } from "../state.js";
import type { Comparable } from "./compare.js";
import type { ColumnBounds, Narrowing } from "./narrowing.js";
import { before, behind, entriesOf, keyOf, type PropertyIndex, widthOf } from "./property-index.js";
import { partKey } from "./row-indexes.js";

/** A part of an index: what is between two places. */
export interface IndexRange {
  readonly from: ListPlace<IndexKey> | undefined;
  readonly to: ListPlace<IndexKey>;
  /** Whether all of it has one and the same key, so that it is in creation order. */
  readonly exact: boolean;
}

/** Most parts of an index that one access reads. */
const MAX_RANGES = 1000;

/** The parts of an index in which every match is; `undefined` when it does not help. */
export function rangesIn(
  state: ProjectState,
  index: PropertyIndex,
  narrowing: Narrowing,
): readonly IndexRange[] | undefined {
  const boundsOf = (column: string): ColumnBounds | undefined =>
    narrowing.columns.get(partKey(index.containerKey, column));
  if (index.type === "inverted") return listRanges(state, index, boundsOf(index.columns[0] ?? ""));
  const spaces = narrowing.facts.get("space") ?? (index.bySpace ? [...state.spaces.keys()] : []);
  const parts: readonly (ColumnBounds | undefined)[] = [
    ...(index.bySpace ? [{ values: spaces }] : []),
    ...index.columns.map(boundsOf),
  ];
  let points: readonly (readonly JsonValue[])[] = [[]];
  let used = 0;
  for (const part of parts) {
    if (!part?.values) break;
    points = distinctPoints(points, part.values);
    if (points.length > MAX_RANGES) return undefined;
    used += 1;
  }
  const range = parts[used];
  const bounded = range?.lower !== undefined || range?.upper !== undefined;
  // A space alone is no more than what every instance has.
  if (!bounded && used <= (index.bySpace ? 1 : 0)) return undefined;
  return points.map((point) => (bounded ? within(index, point, range) : exactly(index, point)));
}

/** How many entries a range has. */
export function countIn(state: ProjectState, index: PropertyIndex, { from, to }: IndexRange): number {
  const entries = entriesOf(state, index);
  return Math.max(0, entries.rank(to) - (from ? entries.rank(from) : 0));
}

/** The members of a range; of an exact one, those after a place in creation order. */
export function membersIn(
  state: ProjectState,
  index: PropertyIndex,
  { from, to, exact }: IndexRange,
  after: number,
): Iterable<StoredInstance> {
  const entries = entriesOf(state, index);
  // All of what is in no order are needed before the first can be told.
  return exact && from ? entries.between({ key: from.key, sequence: after }, to) : entries.range(from, to);
}

function exactly(index: PropertyIndex, point: readonly JsonValue[]): IndexRange {
  const key = keyOf(index, point);
  return { from: before(key), to: behind(key), exact: point.length === widthOf(index) };
}

/** Missing values are behind all others, and never within bounds. */
function within(index: PropertyIndex, point: readonly JsonValue[], { lower, upper }: ColumnBounds): IndexRange {
  const from =
    lower !== undefined
      ? before(keyOf(index, [...point, lower]))
      : point.length > 0
        ? before(keyOf(index, point))
        : undefined;
  const to = upper === undefined ? before(keyOf(index, [...point, null])) : behind(keyOf(index, [...point, upper]));
  return { from, to, exact: false };
}

function listRanges(
  state: ProjectState,
  index: PropertyIndex,
  bounds: ColumnBounds | undefined,
): readonly IndexRange[] | undefined {
  if (bounds?.values) {
    const points = distinctPoints([[]], bounds.values);
    return points.length > MAX_RANGES ? undefined : points.map((point) => exactly(index, point));
  }
  if (!bounds?.all || bounds.all.length === 0) return undefined;
  const ranges = bounds.all.slice(0, MAX_RANGES).map((value) => exactly(index, [asKey(value)]));
  const counts = ranges.map((range) => countIn(state, index, range));
  return ranges.slice(counts.indexOf(Math.min(...counts))).slice(0, 1);
}

function distinctPoints(
  points: readonly (readonly JsonValue[])[],
  values: readonly Comparable[],
): readonly (readonly JsonValue[])[] {
  const distinct = [...new Set(values)].map(asKey);
  return points.flatMap((point) => distinct.map((value) => [...point, value]));
}

/** A value as indexes hold it: references are not made a text there, which would take memory. */
function asKey(value: Comparable): JsonValue {
  if (typeof value !== "string") return value;
  const end = value.indexOf("\0");
  // No text that is stored holds a NUL.
  return end < 0 ? value : { space: value.slice(0, end), externalId: value.slice(end + 1) };
}
