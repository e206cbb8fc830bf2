import type { SortKey } from "../../../models/index.js";
import type { IndexEntries, IndexKey } from "../index-entries.js";
import type { ProjectState, StoredInstance } from "../state.js";
import type { Narrowing } from "./narrowing.js";
import { resolveProperty } from "./property.js";
import { before, behind, entriesOf, indexesOf, widthOf } from "./property-index.js";
import type { Place } from "./sort.js";

/** A way to instances in the order of a property. */
export interface SortedAccess {
  readonly by: string;
  readonly count: number;
  readonly walk: () => Iterable<StoredInstance>;
}

/** A way through an index that has the order asked for, after a place in it; there is one where all matches are in it. */
export function sortedAccess(
  state: ProjectState,
  narrowing: Narrowing,
  [key, ...others]: readonly SortKey[],
  after: Place | undefined,
): SortedAccess | undefined {
  if (!key || others.length > 0) return undefined;
  const { containerKey, containerProperty, kind } = resolveProperty(state, key.property);
  // An index holds references in another form than cursors do.
  if (containerKey === undefined || kind === "direct" || !narrowing.containers.includes(containerKey)) return undefined;
  const index = indexesOf(state.containers.get(containerKey)).find(
    (one) => one.type === "btree" && widthOf(one) === 1 && one.columns[0] === containerProperty,
  );
  if (!index) return undefined;
  const entries = entriesOf(state, index);
  return {
    by: `btree ${containerKey} ${index.id}`,
    count: entries.size,
    walk: () => walk(entries, key, after),
  };
}

const MISSING: IndexKey = null;

function* walk(
  entries: IndexEntries,
  { direction, nullsFirst }: SortKey,
  after: Place | undefined,
): Generator<StoredInstance, void, undefined> {
  const reached = after?.values[0] ?? null;
  const amongMissing = after !== undefined && reached === null;
  const amongValues = after !== undefined && reached !== null;
  const missing = entries.between(
    amongMissing ? { key: null, sequence: after.sequence } : before(MISSING),
    behind(MISSING),
  );
  const start = amongValues ? { key: reached, sequence: after.sequence } : undefined;
  const values = direction === "descending" ? descending(entries, start) : entries.between(start, before(MISSING));
  if (nullsFirst === true) {
    if (!amongValues) yield* missing;
    yield* values;
  } else {
    if (!amongMissing) yield* values;
    yield* missing;
  }
}

/** From the largest value to the smallest; those with the same one stay in creation order. */
function* descending(
  entries: IndexEntries,
  start: { readonly key: IndexKey; readonly sequence: number } | undefined,
): Generator<StoredInstance, void, undefined> {
  if (start) yield* entries.between(start, behind(start.key));
  let end = before(start ? start.key : MISSING);
  for (let key = entries.keyBefore(end); key !== undefined; key = entries.keyBefore(end)) {
    end = before(key);
    yield* entries.between(end, behind(key));
  }
}
