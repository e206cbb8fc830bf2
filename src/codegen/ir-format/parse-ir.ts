import * as v from "valibot";
import { type Diagnostic, ModelError } from "../../errors/index.js";
import { freeze, type IrModel } from "../../ir/index.js";
import { irSchema } from "./schema.js";

/**
 * Reads the intermediate representation of a model, as `pygen inspect --format json` prints it.
 *
 * @param json - what `JSON.parse` gave, or `parseJson`, which rounds no integers
 * @throws ModelError `MODEL.INVALID` with every problem and its place, also for another version of the format
 *
 * @example
 * ```ts
 * import { parseIr } from "pygen/codegen";
 * for (const view of parseIr(JSON.parse(text)).views) console.log(view.id.externalId, view.properties.length);
 * ```
 */
export function parseIr(json: unknown): IrModel {
  const result = v.safeParse(irSchema, json);
  // The schema says no more of filters and default values than that they are there.
  if (result.success) return freeze(result.output as IrModel);
  const problems = result.issues.map((issue): Diagnostic => {
    const place = v.getDotPath(issue) ?? "";
    const message = `${place === "" ? "it" : place} ${issue.message}`;
    return { code: "MODEL.INVALID", severity: "error", place, message, hint: "docs/ir.schema.json is the format." };
  });
  throw new ModelError("MODEL.INVALID", `not an intermediate representation: ${problems[0]?.message ?? ""}`, problems);
}
