import { QueryError } from "../../errors/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import { isRecord, type SortKey } from "../../models/index.js";
import { invalidValue, type Place, placeText, unknownProperty } from "../problems.js";
import { isStored, propertyOf } from "../registry.js";
import { factOf, factPath, pathOf } from "./paths.js";

/** Most keys of a sort (contract 3.4). */
const mostKeys = 5;

const sortableFacts = ["space", "externalId", "$createdTime", "$lastUpdatedTime"];

/**
 * A sort as the service takes it.
 *
 * @throws QueryError naming the key that is wrong, or that there are more than 5
 */
export function toSortKeys(sort: unknown, view: ViewDescriptor): SortKey[] {
  if (sort === undefined) return [];
  if (!Array.isArray(sort)) throw new QueryError("QUERY.INVALID_SORT", "A sort must be an array of one-key objects.");
  if (sort.length > mostKeys) {
    throw new QueryError("QUERY.INVALID_SORT", `A sort has at most ${mostKeys} keys, got ${sort.length}.`);
  }
  return sort.map((entry: unknown) => sortKey(entry, view));
}

/** The same, told apart to the last by id, without which pages of a sorted list could overlap (contract 7.5). */
export function withTieBreakers(keys: readonly SortKey[], view: ViewDescriptor): SortKey[] {
  if (keys.length === 0) return [];
  const named = new Set(keys.map(({ property }) => property.join("/")));
  const ties = ["externalId", "space"]
    .map((fact) => factPath(view.instanceType, fact))
    .filter((path) => !named.has(path.join("/")));
  return [...keys, ...ties.map((property) => ({ property }))].slice(0, mostKeys);
}

function sortKey(entry: unknown, view: ViewDescriptor): SortKey {
  const pairs = isRecord(entry) ? Object.entries(entry).filter(([, order]) => order !== undefined) : [];
  const [pair] = pairs;
  if (pair === undefined || pairs.length > 1) {
    throw new QueryError(
      "QUERY.INVALID_SORT",
      `Each entry of a sort is an object with exactly one key, got ${pairs.length}.`,
      { hint: "Write [{ a: 'asc' }, { b: 'desc' }]: the order of keys in one object is no order." },
    );
  }
  const [name, order] = pair;
  const place = { view, name };
  return { property: sortPath(place), ...orderOf(place, order) };
}

function sortPath(place: Place): SortKey["property"] {
  const { view, name } = place;
  if (sortableFacts.includes(name)) return factPath(view.instanceType, factOf(name));
  const property = propertyOf(view, name);
  if (property === undefined) throw unknownProperty(place, [...sortableNames(view), ...sortableFacts]);
  if (!isSortable(property)) {
    throw new QueryError(
      "QUERY.INVALID_SORT",
      `${placeText(place)} has no order: lists, JSON and connections have none.`,
    );
  }
  return pathOf(view, name);
}

function isSortable(property: ViewDescriptor["properties"][string]): boolean {
  return isStored(property) && !property.list && property.type !== "json";
}

function sortableNames(view: ViewDescriptor): string[] {
  return Object.entries(view.properties).flatMap(([name, property]) => (isSortable(property) ? [name] : []));
}

function orderOf(place: Place, order: unknown): Omit<SortKey, "property"> {
  const { order: direction, nulls = "last" } = isRecord(order) ? order : { order };
  if ((direction !== "asc" && direction !== "desc") || (nulls !== "first" && nulls !== "last")) {
    throw invalidValue(place, "'asc', 'desc', or { order: 'asc' | 'desc', nulls: 'first' | 'last' }", order);
  }
  return { direction: direction === "asc" ? "ascending" : "descending", nullsFirst: nulls === "first" };
}
