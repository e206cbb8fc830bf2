import { QueryError } from "../errors/index.js";
import { kindOf } from "./problems.js";

/** A list that a call takes: a text is none, although one can iterate over its letters. */
export function listOf(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new QueryError("QUERY.INVALID_VALUE", `${what} must be an array, got ${kindOf(value)}.`);
}
