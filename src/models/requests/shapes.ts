import * as v from "valibot";
import { isRecord } from "../json.js";

/**
 * An object with exactly these fields. Unlike `strictObject` alone it also refuses fields
 * named like members of `Object.prototype`, such as `constructor`.
 */
export function fields<const E extends v.ObjectEntries>(entries: E): v.StrictObjectSchema<E, undefined> {
  return v.strictObject(Object.assign(Object.create(null), entries) as E);
}

/**
 * An object with keys of the user's choosing, `constructor` among them (valibot's `record` drops it).
 *
 * @param key - says what is wrong with a key, if anything
 * @param value - what every value must be
 * @param size - fewest and most keys
 */
export function dictionary<T>(
  key: (key: string) => string | undefined,
  value: v.GenericSchema<unknown, T>,
  size: { readonly min?: number; readonly max?: number } = {},
): v.GenericSchema<unknown, Readonly<Record<string, T>>> {
  const { min = 0, max = Number.POSITIVE_INFINITY } = size;
  return v.pipe(
    v.custom<Record<string, unknown>>(isRecord, "must be an object"),
    v.rawTransform(({ dataset, addIssue, NEVER }): Readonly<Record<string, T>> => {
      const input = dataset.value;
      const given = Object.entries(input);
      const wrongSize = given.length < min || given.length > max;
      if (wrongSize) addIssue({ message: sizeMessage(min, max) });
      const parsed: [string, T][] = [];
      for (const [id, entry] of given) {
        const item: v.IssuePathItem = { type: "object", origin: "value", input, key: id, value: entry };
        const wrongKey = key(id);
        if (wrongKey !== undefined) addIssue({ message: wrongKey, path: [item] });
        const result = v.safeParse(value, entry);
        if (result.success && wrongKey === undefined) parsed.push([id, result.output]);
        for (const issue of result.issues ?? []) addIssue(relocate(issue, item));
      }
      return wrongSize || parsed.length < given.length ? NEVER : Object.fromEntries(parsed);
    }),
  );
}

/** An issue of an entry as an issue of the dictionary that holds it. */
function relocate(
  { expected, received, message, path }: v.BaseIssue<unknown>,
  item: v.IssuePathItem,
): v.RawTransformIssueInfo<Record<string, unknown>> {
  return { message, received, ...(expected === null ? {} : { expected }), path: [item, ...(path ?? [])] };
}

/** A schema chosen by looking at the input: its issues name the fields of the chosen form only. */
export function choose<T>(
  pick: (input: Record<string, unknown>) => v.GenericSchema<unknown, T>,
): v.GenericSchema<unknown, T> {
  const notAnObject = v.custom<T>(() => false, "must be an object");
  return v.lazy((input) => (isRecord(input) ? pick(input) : notAnObject));
}

/** A list of `min` to `max` items. */
export function items<T>(
  item: v.GenericSchema<unknown, T>,
  min: number,
  max: number,
): v.GenericSchema<unknown, readonly T[]> {
  const message = sizeMessage(min, max);
  return v.pipe(v.array(item), v.minLength(min, message), v.maxLength(max, message));
}

/** An integer of a range, both ends included. */
export function integer(min: number, max: number): v.GenericSchema<unknown, number> {
  const message = `must be between ${min} and ${max}`;
  return v.pipe(v.number(), v.integer("must be an integer"), v.minValue(min, message), v.maxValue(max, message));
}

/** A text of at most `max` characters. */
export function text(max: number, min = 0): v.GenericSchema<unknown, string> {
  const message = sizeMessage(min, max);
  return v.pipe(v.string(), v.minLength(min, message), v.maxLength(max, message));
}

function sizeMessage(min: number, max: number): string {
  return Number.isFinite(max) ? `size must be between ${min} and ${max}` : `size must be at least ${min}`;
}
