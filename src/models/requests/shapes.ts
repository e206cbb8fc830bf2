import * as v from "valibot";
import { isRecord } from "../json.js";

/**
 * An object with exactly these fields. Unlike `strictObject` alone it also refuses lists, and fields
 * named like members of `Object.prototype`, such as `constructor`. A field that may be left out may also be null, which
 * is the same, unless null means something there.
 */
export function fields<const E extends v.ObjectEntries>(
  entries: E,
): v.GenericSchema<unknown, v.InferOutput<v.StrictObjectSchema<E, undefined>>> {
  const object = v.strictObject(Object.assign(Object.create(null), entries) as E);
  const notAnObject = v.custom<v.InferOutput<typeof object>>(() => false, "must be an object");
  const optional = Object.keys(entries).filter((key) => meansNothingAsNull(entries[key]));
  const read = v.lazy(
    (input): v.GenericSchema<unknown, v.InferOutput<typeof object>> => (Array.isArray(input) ? notAnObject : object),
  );
  if (optional.length === 0) return read;
  return v.pipe(
    v.unknown(),
    v.transform((input) => withoutNulls(input, optional)),
    read,
  );
}

function meansNothingAsNull(entry: v.ObjectEntries[string] | undefined): boolean {
  if (entry?.type !== "exact_optional") return false;
  return (entry as v.ExactOptionalSchema<v.GenericSchema, undefined>).wrapped.type !== "nullable";
}

function withoutNulls(input: unknown, keys: readonly string[]): unknown {
  if (!isRecord(input) || !keys.some((key) => input[key] === null)) return input;
  return Object.fromEntries(Object.entries(input).filter(([key, value]) => value !== null || !keys.includes(key)));
}

/** Violations of one list or dictionary after which the rest is not looked at: hostile bodies could hold millions. */
const MAX_ISSUES = 1000;

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
      if (given.length < min || given.length > max) {
        addIssue({ message: sizeMessage(min, max) });
        return NEVER;
      }
      const parsed: [string, T][] = [];
      let wrong = 0;
      for (const [id, entry] of given) {
        const issues = entryIssues(key(id), v.safeParse(value, entry), (output) => parsed.push([id, output]));
        for (const issue of issues) {
          addIssue(relocate(issue, { type: "object", origin: "value", input, key: id, value: entry }));
        }
        wrong += issues.length;
        if (wrong >= MAX_ISSUES) break;
      }
      return wrong === 0 ? Object.fromEntries(parsed) : NEVER;
    }),
  );
}

type EntryIssue = Pick<v.BaseIssue<unknown>, "expected" | "received" | "message" | "path">;

/** What is wrong with a key and its value; hands on the value of an entry in order. */
function entryIssues<T>(
  wrongKey: string | undefined,
  result: v.SafeParseResult<v.GenericSchema<unknown, T>>,
  accept: (output: T) => void,
): readonly EntryIssue[] {
  if (result.success && wrongKey === undefined) accept(result.output);
  const ofKey =
    wrongKey === undefined
      ? []
      : [{ message: wrongKey, expected: null, received: "", path: undefined } satisfies EntryIssue];
  return [...ofKey, ...(result.issues ?? [])];
}

/** An issue of an entry as an issue of the list or dictionary that holds it. */
function relocate<T>(
  { expected, received, message, path }: EntryIssue,
  item: v.IssuePathItem,
): v.RawTransformIssueInfo<T> {
  return { message, received, ...(expected === null ? {} : { expected }), path: [item, ...(path ?? [])] };
}

/** A schema chosen by looking at the input: its issues name the fields of the chosen form only. */
export function choose<T>(
  pick: (input: Record<string, unknown>) => v.GenericSchema<unknown, T>,
): v.GenericSchema<unknown, T> {
  const notAnObject = v.custom<T>(() => false, "must be an object");
  return v.lazy((input) => (isRecord(input) ? pick(input) : notAnObject));
}

/** A list of `min` to `max` items; the items of one that is too long or too short are not looked at. */
export function items<T>(
  item: v.GenericSchema<unknown, T>,
  min: number,
  max: number,
): v.GenericSchema<unknown, readonly T[]> {
  const message = sizeMessage(min, max);
  return v.pipe(v.array(v.unknown()), v.minLength(min, message), v.maxLength(max, message), each(item));
}

/** A list of any number of items. */
export function list<T>(item: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, readonly T[]> {
  return v.pipe(v.array(v.unknown()), each(item));
}

function each<T>(item: v.GenericSchema<unknown, T>): v.RawTransformAction<unknown[], readonly T[]> {
  return v.rawTransform(({ dataset, addIssue, NEVER }): readonly T[] => {
    const input = dataset.value;
    const parsed: T[] = [];
    let wrong = 0;
    for (const [key, value] of input.entries()) {
      const result = v.safeParse(item, value);
      if (result.success) parsed.push(result.output);
      for (const issue of result.issues ?? []) {
        addIssue(relocate(issue, { type: "array", origin: "value", input, key, value }));
      }
      wrong += result.issues?.length ?? 0;
      if (wrong >= MAX_ISSUES) break;
    }
    return wrong === 0 ? parsed : NEVER;
  });
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

/** A query parameter that is true or false, in any case: the older official Python client writes `True`. */
export function flag(): v.GenericSchema<unknown, boolean> {
  return v.pipe(
    v.string(),
    v.toLowerCase(),
    v.picklist(["true", "false"], "must be true or false"),
    v.transform((value) => value === "true"),
  );
}
