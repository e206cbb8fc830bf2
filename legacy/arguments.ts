import type { NodeReference } from "../src/models/index.js";
import type { CallOptions } from "../src/runtime/index.js";

type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** The arguments that are given. */
export function defined<T extends object>(args: T): Defined<T> {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined)) as Defined<T>;
}

/** What every call takes. */
export function callOptions({ signal, timeout }: CallOptions): CallOptions {
  return defined({ signal, timeout });
}

/** What was given alone or in an array, in an array. */
export function several<T>(given: T | readonly T[]): readonly T[] {
  return isMany(given) ? given : [given];
}

function isMany<T>(given: T | readonly T[]): given is readonly T[] {
  return Array.isArray(given);
}

/** Which texts are looked at for words. */
export function searchedIn(properties: string | readonly string[] | undefined): {
  readonly properties?: readonly string[];
} {
  return properties === undefined ? {} : { properties: several(properties) };
}

/** Ids, those that are texts in a space where one is given. */
export function inSpace(ids: readonly (string | NodeReference)[], space: unknown): readonly (string | NodeReference)[] {
  return ids.map((id) => (typeof id === "string" && typeof space === "string" ? { space, externalId: id } : id));
}
