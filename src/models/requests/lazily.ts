import type * as v from "valibot";

/** Gives the schema of a request, building it when first asked for. */
export type RequestSchema<T> = () => v.GenericSchema<unknown, T>;

/** Builds a schema once, on first use: importing this folder costs nothing. */
export function lazily<T>(build: () => v.GenericSchema<unknown, T>): RequestSchema<T> {
  let schema: v.GenericSchema<unknown, T> | undefined;
  return () => {
    schema ??= build();
    return schema;
  };
}
