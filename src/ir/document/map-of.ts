import * as v from "valibot";
import { isRecord } from "../../models/index.js";

/**
 * A schema of objects with keys of the user's choosing. Unlike `v.record`, keys such as `constructor` and
 * `__proto__` are kept: they are legal names of properties.
 */
export function mapOf<T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, Readonly<Record<string, T>>> {
  return v.pipe(
    v.custom<Record<string, unknown>>(isRecord, "must be an object"),
    v.rawTransform(({ dataset, addIssue }): Readonly<Record<string, T>> => {
      const entries: [string, T][] = [];
      for (const [key, value] of Object.entries(dataset.value)) {
        const result = v.safeParse(schema, value);
        if (result.success) entries.push([key, result.output]);
        const here: v.IssuePathItem = { type: "object", origin: "value", input: dataset.value, key, value };
        for (const issue of result.issues ?? []) {
          addIssue({ message: issue.message, path: [here, ...(issue.path ?? [])] });
        }
      }
      return Object.fromEntries(entries);
    }),
  );
}
