import type { Page } from "../../models/index.js";
import { badRequest } from "./fault.js";

/** Where to continue, and how much to give. */
export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string;
}

/**
 * One page of resources in the order of their keys. The cursor names the last key given, so
 * adding or removing resources between two pages neither repeats nor drops others.
 *
 * @param kind - what is listed; a cursor of another kind is refused
 */
export function pageOf<T>(
  kind: string,
  resources: Iterable<T>,
  keyOf: (resource: T) => string,
  { limit, cursor }: PageRequest,
): Page<T> {
  const after = cursor === undefined ? undefined : readCursor(kind, cursor);
  const rest = [...resources]
    .map((resource) => ({ key: keyOf(resource), resource }))
    .filter(({ key }) => after === undefined || key > after)
    .sort((left, right) => (left.key < right.key ? -1 : 1));
  const given = rest.slice(0, limit);
  const last = given.at(-1);
  const items = given.map(({ resource }) => resource);
  return last && rest.length > given.length ? { items, nextCursor: writeCursor(kind, last.key) } : { items };
}

/** The cursor for a key. Keys are made of ids, which hold ASCII only (contract 3.6). */
export function writeCursor(kind: string, key: string): string {
  return btoa(`${kind}:${key}`).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The key that a cursor holds; a cursor of another kind is refused. */
export function readCursor(kind: string, cursor: string): string {
  const prefix = `${kind}:`;
  try {
    const text = atob(cursor.replaceAll("-", "+").replaceAll("_", "/"));
    if (text.startsWith(prefix)) return text.slice(prefix.length);
  } catch {
    // Not Base64: refused below like any other text that is no cursor.
  }
  throw badRequest("Invalid cursor. Use the nextCursor of the previous page of the same list, unchanged.");
}
