import * as v from "valibot";

/** What a check of an answer found: the value itself, or the first problem and where it is. */
export type CheckResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly path: string; readonly message: string };

/** A check of an answer; made ready at its first use. */
export interface ResponseSchema<T> {
  /** The same value, typed, when it has the promised form. Fields we do not know pass. */
  check(value: unknown): CheckResult<T>;
}

/** A schema whose answers are known to fit `T`: the compiler compares them. */
export type SchemaOf<T> = v.GenericSchema<unknown, T>;

/**
 * Makes a check of a schema that is built at the first answer, so that importing the package costs nothing.
 * The value passes as it is, not as a copy: answers can be large, and unknown fields are kept.
 *
 * @param usual - tells the answers that usually come by hand-written checks, which take a fraction of the time; only the
 * others are held against the schema
 */
export function responseSchema<T>(build: () => SchemaOf<T>, usual?: (value: unknown) => boolean): ResponseSchema<T> {
  const schema = once(build);
  const fits = (value: unknown): value is T => usual?.(value) || v.is(schema(), value);
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
