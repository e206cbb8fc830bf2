import { InputError } from "../errors/index.js";

/**
 * Refuses what is no list of things with ids, before anything is sent.
 *
 * @param keys - what must be a text that is not empty: all that the id has, unless given
 * @throws InputError `INPUT.ITEM` with the path of the first offender
 */
export function checkItems<T>(items: readonly T[], idOf: (item: T) => object, keys?: readonly string[]): void {
  if (!Array.isArray(items)) throw wrong("items", "a list");
  for (let index = 0; index < items.length; index++) {
    const item: T = items[index];
    if (item === null || item === undefined) throw wrong(`items[${index}]`, "an item");
    const id = idOf(item) as Readonly<Record<string, unknown>>;
    for (const key of keys ?? Object.keys(id)) {
      const value = id[key];
      if (typeof value !== "string" || value === "") throw wrong(`items[${index}].${key}`, "a text that is not empty");
    }
  }
}

/**
 * The items of an argument.
 *
 * @throws InputError `INPUT.ITEM` for what is no list, and for what in it is no object
 */
export function listOf<T>(items: readonly T[], path: string): readonly T[] {
  if (!Array.isArray(items)) throw wrong(path, "a list");
  for (const [place, item] of items.entries()) {
    if (typeof item !== "object" || item === null) throw wrong(`${path}[${place}]`, "an object");
  }
  return items;
}

/** Refuses a number of items that is not whole or out of range. */
export function checkCount(value: number | undefined, path: string, least: number, most: number): void {
  if (value === undefined || value === most) return;
  if (!Number.isInteger(value) || value < least || value > most) {
    throw wrong(path, `a whole number from ${least} to ${most}`);
  }
}

function wrong(path: string, expected: string): InputError {
  return new InputError("INPUT.ITEM", `Expected ${expected} as ${path}.`, { path });
}
