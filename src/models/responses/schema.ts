import * as v from "valibot";
import type { CheckResult } from "./check-result.js";

/** A check of an answer that is there already; made ready at its first use. */
export interface AnswerCheck<T> {
  /** The same value, typed, when it has the promised form. Fields we do not know pass. */
  check(value: unknown): CheckResult<T>;
}

/** A schema whose answers are known to fit `T`: the compiler compares them. */
export type SchemaOf<T> = v.GenericSchema<unknown, T>;

/**
 * Makes a check of a schema that is built at the first answer, so that importing the package costs nothing.
 * The value passes as it is, not as a copy: answers can be large, and unknown fields are kept.
 */
export function answerCheck<T>(build: () => SchemaOf<T>): AnswerCheck<T> {
  const schema = once(build);
  const fits = (value: unknown): value is T => v.is(schema(), value);
  return {
    check(value) {
      if (fits(value)) return { ok: true, value };
      const [issue] = v.safeParse(schema(), value, { abortEarly: true }).issues ?? [];
      return { ok: false, path: pathOf(issue?.path), message: issue?.message ?? "not as promised" };
    },
  };
}

/** A function that builds its value at the first call and gives the same one ever after. */
export function once<T>(build: () => T): () => T {
  let built: { readonly value: T } | undefined;
  return () => {
    built ??= { value: build() };
    return built.value;
  };
}

function pathOf(path: readonly { readonly key: unknown }[] = []): string {
  return path
    .map(({ key }) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
}
