import type { Diagnostic } from "../errors/index.js";
import { buildIr, type DocumentDataModel } from "../ir/index.js";
import { formatVersionedId } from "../models/index.js";
import { folderNames } from "./folders.js";
import { type NamingOptions, withNaming } from "./naming-options.js";
import { renderSdk } from "./render-sdk.js";
import { type ModelOptions, resolveModels } from "./resolve-models.js";
import { checkPatterns, type Exclude, type Rename, withoutExcluded, withRenames } from "./select/index.js";
import type { Target } from "./target.js";
import { typescript } from "./targets/typescript/index.js";

/** What to generate, and how. */
export interface GenerateOptions extends ModelOptions {
  /**
   * The language, and how to write it: `typescript()`, `python()`, or a target of your own.
   * @defaultValue typescript()
   */
  readonly target?: Target;
  /** What is left out. */
  readonly exclude?: Exclude;
  /** Names of your own choosing. */
  readonly rename?: Rename;
  /** How names are written, where the language's own way is not wanted. */
  readonly naming?: NamingOptions;
  /** Takes warnings for errors. @defaultValue false */
  readonly strict?: boolean;
}

/** What was generated. */
export interface Generated {
  /** Text by path, with `/` between folders; every path is relative and stays below the folder it is written to. */
  readonly files: ReadonlyMap<string, string>;
  /** Everything that is odd about the models; where there are errors the files lack what is at fault. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Generates an SDK, of one data model or of several that share their views.
 * A pure function: equal input gives equal bytes, whatever the order of views and properties (E131).
 *
 * @throws ModelError `MODEL.NOT_FOUND` when the document has no such data model, or none at all
 * @throws ConfigError `CONFIG.TARGET` when a target of your own makes paths that are not safe
 *
 * @example
 * ```ts
 * import { generate, readModelDocument } from "pygen/codegen";
 * const { files, diagnostics } = generate({ document: readModelDocument(json), exclude: { spaces: ["scratch"] } });
 * for (const [path, text] of files) console.log(path, text.length);
 * ```
 */
export function generate(options: GenerateOptions): Generated {
  const { exclude = {}, rename = {}, naming = {}, strict = false } = options;
  const target = withRenames(withNaming(options.target ?? typescript(), naming), rename);
  const { chosen, built: all, schema } = resolveModels(options);
  const built = all.map((each) => withoutExcluded(each, exclude));
  const folders = folderNames(chosen);
  const calledLike = chosen.length === 1 ? rename.model : undefined;
  const sdkModels = built.map(({ model }) => ({
    model,
    folder: folders.get(formatVersionedId(model.id)) ?? "",
    ...(calledLike === undefined ? {} : { calledLike }),
  }));
  const whole = chosen.length === 1 ? built[0]?.model : undefined;
  const sdk = renderSdk(sdkModels, whole ?? withoutExcluded(buildIr(wholeOf(chosen), schema), exclude).model, target);
  const patterns = checkPatterns(
    all.map(({ model }) => model),
    exclude,
    rename,
  );
  const diagnostics = new Map<string, Diagnostic>();
  for (const found of [...built.flatMap((each) => each.diagnostics), ...patterns, ...sdk.diagnostics]) {
    const severity = strict && found.severity === "warning" ? "error" : found.severity;
    diagnostics.set(JSON.stringify(found), { ...found, severity });
  }
  return { files: sdk.files, diagnostics: [...diagnostics.values()] };
}

/** A data model of all views of several: relations from one to another of them are known. */
function wholeOf(dataModels: readonly DocumentDataModel[]): DocumentDataModel {
  return { space: "", externalId: "", version: "", views: dataModels.flatMap(({ views }) => views) };
}
