import { QueryError } from "../../errors/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import type { SearchOperator } from "../../models/index.js";
import { listOf } from "../list-of.js";
import { invalidValue, kindOf, type Place, placeText, unknownProperty } from "../problems.js";
import { propertyId, propertyOf } from "../registry.js";

/** Instances and groups that searches and aggregates give at most, without further pages (contract 3.4). */
export const mostFound = 1_000;

/** Which words to look for, and in which texts. */
export interface WordSearch {
  readonly query?: string;
  readonly properties?: readonly string[];
  readonly operator?: SearchOperator;
}

/**
 * The words of a search or an aggregate, as the service takes them.
 *
 * @throws QueryError naming what is wrong, and the view
 */
export function planWords(
  view: ViewDescriptor,
  words: { readonly query?: unknown; readonly properties?: unknown; readonly operator?: unknown },
): WordSearch {
  const { query, properties, operator } = words;
  const place = (name: string): Place => ({ view, name });
  if (query !== undefined && typeof query !== "string") throw invalidValue(place("query"), "a string", query);
  if (operator !== undefined && operator !== "AND" && operator !== "OR") {
    throw invalidValue(place("operator"), "'AND' or 'OR'", operator);
  }
  return {
    ...(query === undefined ? {} : { query }),
    ...(properties === undefined ? {} : { properties: textIds(view, properties) }),
    ...(operator === undefined ? {} : { operator }),
  };
}

function textIds(view: ViewDescriptor, given: unknown): string[] {
  const names = listOf(given, "The properties to search in");
  if (names.length === 0) throw invalidValue({ view, name: "properties" }, "a list of at least one name", given);
  return names.map((one) => {
    const name = String(one);
    const property = propertyOf(view, name);
    if (property?.type === "text") return propertyId(view, name);
    if (property === undefined) throw unknownProperty({ view, name }, textNames(view));
    throw new QueryError("QUERY.NOT_SEARCHABLE", `${placeText({ view, name })} holds no text to search in.`, {
      hint: `Those that do: ${textNames(view).join(", ") || "none"}.`,
    });
  });
}

function textNames(view: ViewDescriptor): string[] {
  return Object.entries(view.properties).flatMap(([name, { type }]) => (type === "text" ? [name] : []));
}

/**
 * How many to ask for where there are no further pages.
 *
 * @throws QueryError `QUERY.INVALID_LIMIT` for anything but a whole number from 1 to 1,000
 */
export function foundLimit(limit: unknown, of: string): number {
  if (limit === undefined) return mostFound;
  if (typeof limit === "number" && Number.isSafeInteger(limit) && limit >= 1 && limit <= mostFound) return limit;
  const got = typeof limit === "number" ? String(limit) : kindOf(limit);
  throw new QueryError("QUERY.INVALID_LIMIT", `The limit of ${of} must be a whole number from 1 to 1,000; got ${got}.`);
}
