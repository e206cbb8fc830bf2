import { InputError } from "../errors/index.js";

/**
 * How many items a call may give; `undefined` where there is no bound.
 *
 * @throws InputError `INPUT.LIMIT` for what is no whole number from 1
 */
export function checkedLimit(limit: number | undefined, path: string): number | undefined {
  if (limit === undefined || limit === Number.POSITIVE_INFINITY) return undefined;
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new InputError("INPUT.LIMIT", `${path} must be a whole number from 1, or Infinity; it is ${limit}.`, { path });
}
