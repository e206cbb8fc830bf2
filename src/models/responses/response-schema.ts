import type { CheckResult } from "./check-result.js";

/** A check of an answer. */
export interface ResponseSchema<T> {
  /** The same value, typed, when it has the promised form. Fields we do not know pass. */
  check(value: unknown): CheckResult<T> | Promise<CheckResult<T>>;
}

/** All schemas of answers. */
type Schemas = typeof import("./schemas.js");

/**
 * A check by one of the schemas, which are loaded with the library under them when the first answer asks for them.
 *
 * @param usual - tells the answers that usually come by hand-written checks, which take a fraction of the time; only the
 * others are held against the schema
 */
export function responseSchema<T>(
  pick: (schemas: Schemas) => { check(value: unknown): CheckResult<T> },
  usual?: (value: unknown) => boolean,
): ResponseSchema<T> {
  const fits = (value: unknown): value is T => usual?.(value) === true;
  return {
    check: (value) => (fits(value) ? { ok: true, value } : loadSchemas().then((schemas) => pick(schemas).check(value))),
  };
}

/** Here alone, so that all of them are one file of a bundle. */
function loadSchemas(): Promise<Schemas> {
  return import("./schemas.js");
}
