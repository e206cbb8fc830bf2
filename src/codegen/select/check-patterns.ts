import type { Diagnostic } from "../../errors/index.js";
import { Diagnostics, type IrModel } from "../../ir/index.js";
import type { Exclude } from "./exclude.js";
import { matchesProperty, matchesView } from "./patterns.js";
import type { Rename } from "./renames.js";

/** Tells of exclusions and renames that mean nothing in any of the models: most likely they are misspelt. */
export function checkPatterns(models: readonly IrModel[], exclude: Exclude, rename: Rename): readonly Diagnostic[] {
  const diagnostics = new Diagnostics();
  const views = models.flatMap((model) => model.views);
  const check = (what: string, patterns: readonly string[], matches: (pattern: string) => boolean): void => {
    for (const pattern of patterns.filter((each) => !matches(each))) {
      diagnostics.add("IR.PATTERN_UNUSED", pattern, `${what} names ${JSON.stringify(pattern)}, which no model has`);
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
  return diagnostics.all();
}
