import type { Diagnostic } from "../errors/index.js";
import type { IrModel } from "../ir/index.js";
import { formatVersionedId } from "../models/index.js";
import { folderNames } from "./folders.js";
import { type NamingOptions, withNaming } from "./naming-options.js";
import { renderSdk } from "./render-sdk.js";
import { chooseModels, type ModelOptions, partOf, resolveModels, resolveTogether } from "./resolve-models.js";
import {
  checkPatterns,
  type Exclude,
  type JsonTypes,
  type Rename,
  withoutExcluded,
  withRenames,
} from "./select/index.js";
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
  /** Types of your own for JSON properties. */
  readonly jsonTypes?: JsonTypes;
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
 * @throws ConfigError `CONFIG.TARGET` when a target of your own makes paths that are not safe, or one of `jsonTypes` is no name
 *
 * @example
 * ```ts
 * import { generate, readModelDocument } from "pygen/codegen";
 * const { files, diagnostics } = generate({ document: readModelDocument(json), exclude: { spaces: ["scratch"] } });
 * for (const [path, text] of files) console.log(path, text.length);
 * ```
 */
export function generate(options: GenerateOptions): Generated {
  const { rename = {}, naming = {}, jsonTypes = {}, strict = false } = options;
  const target = withRenames(withNaming(options.target ?? typescript(), naming), rename);
  const { whole, models, diagnostics: found } = resolved(options, target);
  const folders = folderNames(models.map(({ id }) => id));
  const calledLike = models.length === 1 ? rename.model : undefined;
  const sdkModels = models.map((model) => ({
    model,
    folder: folders.get(formatVersionedId(model.id)) ?? "",
    ...(calledLike === undefined ? {} : { calledLike }),
  }));
  const sdk = renderSdk(sdkModels, whole, target, jsonTypes);
  const diagnostics = new Map<string, Diagnostic>();
  for (const each of [...found, ...sdk.diagnostics]) {
    const severity = strict && each.severity === "warning" ? "error" : each.severity;
    diagnostics.set(JSON.stringify(each), { ...each, severity });
  }
  return { files: sdk.files, diagnostics: [...diagnostics.values()] };
}

/** The models of an SDK without what is excluded, and a model of all their views. */
function resolved(
  options: GenerateOptions,
  { renderSeveral }: Target,
): { readonly whole: IrModel; readonly models: readonly IrModel[]; readonly diagnostics: readonly Diagnostic[] } {
  const { exclude = {}, rename = {}, jsonTypes = {} } = options;
  const { chosen, schema } = chooseModels(options);
  const shares = chosen.length > 1 && renderSeveral !== undefined;
  const all = shares ? [resolveTogether({ chosen, schema })] : resolveModels(options);
  const kept = all.map((each) => withoutExcluded(each, exclude));
  const whole = kept[0]?.model ?? { irVersion: 1, id: { space: "", externalId: "", version: "" }, views: [] };
  const parts = shares ? chosen.map((choice) => partOf(choice, whole, schema)) : kept;
  const patterns = checkPatterns(
    all.map(({ model }) => model),
    { exclude, rename, jsonTypes },
  );
  const wholeId = formatVersionedId(whole.id);
  // What there is to be said of the whole as a data model is said of its parts.
  const told = [...(shares ? kept : []), ...parts].flatMap((each) => each.diagnostics);
  return {
    whole,
    models: parts.map(({ model }) => model),
    diagnostics: [...told.filter(({ place }) => !shares || place !== wholeId), ...patterns],
  };
}
