import type { Diagnostic } from "../../errors/index.js";
import { Diagnostics, type IrModel } from "../../ir/index.js";
import type { Exclude } from "./exclude.js";
import { isJson, type JsonTypes } from "./json-types.js";
import { matchesProperty, matchesView } from "./patterns.js";
import type { Rename } from "./renames.js";

/** What names views and properties of models. */
export interface Patterns {
  readonly exclude: Exclude;
  readonly rename: Rename;
  readonly jsonTypes: JsonTypes;
}

/** Tells of exclusions, renames and types that mean nothing in any of the models: most likely they are misspelt. */
export function checkPatterns(
  models: readonly IrModel[],
  { exclude, rename, jsonTypes }: Patterns,
): readonly Diagnostic[] {
  const diagnostics = new Diagnostics();
  const views = models.flatMap((model) => model.views);
  const check = (
    what: string,
    patterns: readonly string[],
    matches: (pattern: string) => boolean,
    none = "which no model has",
  ): void => {
    for (const pattern of patterns.filter((each) => !matches(each))) {
      diagnostics.add("IR.PATTERN_UNUSED", pattern, `${what} names ${JSON.stringify(pattern)}, ${none}`);
    }
  };
  const isView = (pattern: string): boolean => views.some(({ id }) => matchesView(pattern, id));
  const isProperty = (pattern: string): boolean =>
    views.some(({ id, properties }) => properties.some((property) => matchesProperty(pattern, id, property.id)));
  check("exclude.views", exclude.views ?? [], isView);
  check("exclude.spaces", exclude.spaces ?? [], (space) => views.some(({ id }) => id.space === space));
  check("exclude.properties", exclude.properties ?? [], isProperty);
  check("rename.views", Object.keys(rename.views ?? {}), isView);
  check("rename.properties", Object.keys(rename.properties ?? {}), isProperty);
  const isJsonProperty = (pattern: string): boolean =>
    views.some(({ id, properties }) => properties.some((one) => isJson(one) && matchesProperty(pattern, id, one.id)));
  check("jsonTypes", Object.keys(jsonTypes), isJsonProperty, "which is no JSON property of any model");
  return diagnostics.all();
}
