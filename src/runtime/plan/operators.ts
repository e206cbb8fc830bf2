import { QueryError } from "../../errors/index.js";
import { type FilterValue, type JsonValue, type PropertyPath, writeJson } from "../../models/index.js";
import { kindOf, type Place, placeText, unknownName } from "../problems.js";
import { type Condition, every, negate, some } from "./condition.js";
import type { Operand } from "./operand.js";

/** Values that the service takes in one `in` (contract 3.4). */
const mostValues = 1_000;

/** What operators apply to. */
export interface Subject {
  readonly place: Place;
  readonly path: PropertyPath;
  /** What it is called in messages: its type. */
  readonly type: string;
  readonly operators: readonly string[];
  readonly operand: Operand;
  /** `in` is spelt out as alternatives: the service refuses it for enums (contract 9.2). */
  readonly spellOut?: boolean;
  /** That the node is so which a relation points to. */
  readonly nested?: ((where: unknown) => Condition) | undefined;
}

type Operator = (subject: Subject, operand: unknown) => Condition;

const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ["equals", equals],
  ["in", isIn],
  ["exists", exists],
  ["prefix", ({ path: property, operand }, value) => ({ prefix: { property, value: operand(value) } })],
  ["containsAny", containsAny],
  ["containsAll", containsAll],
  ["is", is],
]);

/** Names of the bounds of a range. */
export const bounds = ["gt", "gte", "lt", "lte"] as const;

/** Operators of what can only be equal. */
export const equality: readonly string[] = ["equals", "in", "exists"];

/** Operators of what has an order. */
export const range: readonly string[] = [...equality, ...bounds];

/** All operators of a condition, which must all hold (E90: values of 0, false, "" and [] are values). */
export function applyOperators(subject: Subject, given: Readonly<Record<string, unknown>>): Condition {
  const conditions: Condition[] = [];
  for (const [name, operand] of Object.entries(given)) {
    if (!subject.operators.includes(name)) {
      throw unknownName(
        "QUERY.UNKNOWN_OPERATOR",
        name,
        `an operator for ${placeText(subject.place)} (${subject.type})`,
        subject.operators,
      );
    }
    const apply = operators.get(name);
    if (operand !== undefined && apply) conditions.push(apply(subject, operand));
  }
  return every([...conditions, ...ranges(subject, given)]);
}

/** Equality; `null` means: not set (E120). */
export function equals(subject: Subject, value: unknown): Condition {
  if (value === null) return exists(subject, false);
  return { equals: { property: subject.path, value: subject.operand(value) } };
}

function exists({ path: property, place }: Subject, value: unknown): Condition {
  if (typeof value !== "boolean") throw wrongOperand(place, "exists", "a boolean", value);
  return value ? { exists: { property } } : negate({ exists: { property } });
}

function isIn(subject: Subject, list: unknown): Condition {
  const values = valuesOf(subject, "in", list);
  const { path: property } = subject;
  if (subject.spellOut) return some(values.map((value) => ({ equals: { property, value } })));
  return some(chunksOf(values).map((chunk) => ({ in: { property, values: chunk } })));
}

function containsAny(subject: Subject, list: unknown): Condition {
  const chunks = chunksOf(valuesOf(subject, "containsAny", list));
  return some(chunks.map((values) => ({ containsAny: { property: subject.path, values } })));
}

function containsAll(subject: Subject, list: unknown): Condition {
  const chunks = chunksOf(valuesOf(subject, "containsAll", list));
  // Every list contains all of nothing, but an absent one is no list.
  if (chunks.length === 0) return exists(subject, true);
  return every(chunks.map((values) => ({ containsAll: { property: subject.path, values } })));
}

function is({ nested, place }: Subject, where: unknown): Condition {
  if (nested === undefined) throw wrongOperand(place, "is", "on a relation", where);
  return nested(where);
}

/** One range for all bounds, or two where a side is bounded twice, which the service refuses (contract 9.2). */
function ranges(subject: Subject, given: Readonly<Record<string, unknown>>): Condition[] {
  const { path: property, operand } = subject;
  const set = bounds.filter((bound) => subject.operators.includes(bound) && given[bound] !== undefined);
  const pick = (names: readonly string[]): Record<string, FilterValue> =>
    Object.fromEntries(set.flatMap((name) => (names.includes(name) ? [[name, operand(given[name])]] : [])));
  const twice = (set.includes("gt") && set.includes("gte")) || (set.includes("lt") && set.includes("lte"));
  const groups = twice ? [pick(["gt", "lt"]), pick(["gte", "lte"])] : [pick(set)];
  return groups.flatMap((group) => (Object.keys(group).length > 0 ? [{ range: { property, ...group } }] : []));
}

function valuesOf({ place, operand }: Subject, operator: string, list: unknown): JsonValue[] {
  if (!Array.isArray(list)) throw wrongOperand(place, operator, "an array", list);
  const byText = new Map(list.map((value: unknown) => operand(value)).map((value) => [writeJson(value), value]));
  return [...byText.values()];
}

/** A list in parts of so many. */
export function chunksOf<T>(values: readonly T[], size: number = mostValues): T[][] {
  const count = Math.ceil(values.length / size);
  return Array.from({ length: count }, (_, index) => values.slice(index * size, (index + 1) * size));
}

function wrongOperand(place: Place, operator: string, expected: string, value: unknown): QueryError {
  return new QueryError(
    "QUERY.INVALID_VALUE",
    `'${operator}' of ${placeText(place)} must be ${expected}, got ${kindOf(value)}.`,
  );
}
