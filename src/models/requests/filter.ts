import * as v from "valibot";
import type { Filter, FilterValue, PropertyPath, RangeBounds, SortKey } from "../filter.js";
import { nodeReference, sourceReference } from "./common.js";
import { lazily, type RequestSchema } from "./lazily.js";
import { choose, fields, items, list, text } from "./shapes.js";

/** Deepest nesting of a filter or query, in levels of JSON; the service names no bound of its own. */
const MAX_DEPTH = 500;

/** Most keys of one sort order (contract 3.4). */
export const MAX_SORT_KEYS = 5;

/** Checks the nesting before the schema, which is recursive, sees the value. */
export function shallow<T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, T> {
  return v.pipe(v.custom<unknown>(isShallow, `must not nest deeper than ${MAX_DEPTH} levels`), schema);
}

function isShallow(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    level = level.flatMap((entry) => (typeof entry === "object" && entry !== null ? Object.values(entry) : []));
    if (level.length === 0) return true;
  }
  return false;
}

/** A property as filters and sorts name it (contract 9.1). */
export const propertyPath: RequestSchema<PropertyPath> = lazily(() => items(v.string(), 1, 4));

const filterValue: RequestSchema<FilterValue> = lazily(() =>
  v.custom<FilterValue>((value) => value !== undefined && value !== null, "must not be null: use not and exists"),
);

const filterValues: RequestSchema<readonly FilterValue[] | FilterValue> = lazily(() =>
  v.custom<readonly FilterValue[] | FilterValue>(isValueList, "must be an array, a property or a parameter"),
);

function isValueList(value: unknown): boolean {
  if (Array.isArray(value)) return !value.includes(null);
  return typeof value === "object" && value !== null && ("property" in value || "parameter" in value);
}

/** The bounds that ranges and overlaps share. */
function bounds(): {
  readonly [K in keyof RangeBounds]-?: v.ExactOptionalSchema<v.GenericSchema<unknown, FilterValue>, undefined>;
} {
  const bound = v.exactOptional(filterValue());
  return { gt: bound, gte: bound, lt: bound, lte: bound };
}

function bounded<T extends RangeBounds>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, T> {
  return v.pipe(
    schema,
    v.check(({ gt, gte, lt, lte }) => [gt, gte, lt, lte].some((bound) => bound !== undefined), "must have a bound"),
    v.check(({ gt, gte }) => gt === undefined || gte === undefined, "must not have both gt and gte"),
    v.check(({ lt, lte }) => lt === undefined || lte === undefined, "must not have both lt and lte"),
  );
}

type Schema = v.GenericSchema<unknown, Filter>;

function operatorSchemas(): ReadonlyMap<string, Schema> {
  const property = propertyPath();
  const comparison = fields({ property, value: filterValue() });
  const membership = fields({ property, values: filterValues() });
  const filters = items(oneOperator, 1, Number.POSITIVE_INFINITY);
  const operators: readonly (readonly [string, Schema])[] = [
    ["and", fields({ and: filters })],
    ["or", fields({ or: filters })],
    ["not", fields({ not: oneOperator })],
    ["equals", fields({ equals: comparison })],
    ["in", fields({ in: membership })],
    ["range", fields({ range: bounded(fields({ property, ...bounds() })) })],
    ["prefix", fields({ prefix: comparison })],
    ["exists", fields({ exists: fields({ property }) })],
    ["containsAny", fields({ containsAny: membership })],
    ["containsAll", fields({ containsAll: membership })],
    ["matchAll", fields({ matchAll: fields({}) })],
    ["nested", fields({ nested: fields({ scope: items(text(255, 1), 1, 3), filter: oneOperator }) })],
    [
      "overlaps",
      fields({ overlaps: bounded(fields({ startProperty: property, endProperty: property, ...bounds() })) }),
    ],
    ["hasData", fields({ hasData: list(sourceReference()) })],
    ["instanceReferences", fields({ instanceReferences: list(nodeReference()) })],
  ];
  return new Map(operators);
}

let known: ReadonlyMap<string, Schema> | undefined;

/** One operator and its body; picked by its key, so that errors name fields of that operator only. */
const oneOperator: Schema = /* @__PURE__ */ choose<Filter>((input) => {
  known ??= operatorSchemas();
  const names = Object.keys(input);
  const [name] = names;
  const schema = name !== undefined && names.length === 1 ? known.get(name) : undefined;
  return schema ?? refused(names);
});

function refused(names: readonly string[]): Schema {
  const given = names.length === 0 ? "none" : names.map((name) => `'${name}'`).join(", ");
  return v.custom<Filter>(() => false, `must have exactly one operator of the service, got ${given}`);
}

/** A filter: an object with exactly one operator, to any sensible depth (contract 9.2). `invalid` cannot be sent. */
export const filterSchema: RequestSchema<Filter> = lazily(() => shallow(oneOperator));

/** A filter inside a body that {@link shallow} has already checked. */
export function innerFilter(): v.GenericSchema<unknown, Filter> {
  return oneOperator;
}

/** A sort order of up to 5 keys (contract 9.3). */
export const sortKeys: RequestSchema<readonly SortKey[]> = lazily(() =>
  items(
    fields({
      property: propertyPath(),
      direction: v.exactOptional(v.picklist(["ascending", "descending"])),
      nullsFirst: v.exactOptional(v.boolean()),
    }),
    0,
    MAX_SORT_KEYS,
  ),
);
