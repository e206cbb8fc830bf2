import type { Diagnostic } from "../errors/index.js";
import type { IrModel } from "../ir/index.js";
import { originOf, withHash } from "./origin.js";
import { checkPaths } from "./safe-paths.js";
import type { JsonTypes } from "./select/index.js";
import type { Target, TargetModel } from "./target.js";
import { type SdkModel, targetModels } from "./target-model.js";

/** The files of an SDK, and what was told of its names. */
export interface RenderedSdk {
  readonly files: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Renders the models of one SDK.
 *
 * @param whole - a model of the views of all of them
 * @throws ConfigError `CONFIG.TARGET` for paths that are not safe
 */
export function renderSdk<Role extends string>(
  models: readonly SdkModel[],
  whole: IrModel,
  target: Target<Role>,
  jsonTypes: JsonTypes,
): RenderedSdk {
  const shares = models.length > 1 && target.renderSeveral !== undefined;
  const files = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  const add = (rendered: ReadonlyMap<string, string>, folder: string, { names }: TargetModel<Role>): void => {
    for (const [path, text] of rendered) files.set(folder + path, withHash(text));
    diagnostics.push(...names.diagnostics);
  };
  if (shares) {
    const named = targetModels(models, whole, target, jsonTypes);
    const [first] = named.models;
    const origin = originOf(models.map(({ model }) => model.id));
    if (first) add(target.renderSeveral(named.models, named.views, origin), "", first);
  } else {
    for (const sdkModel of models) {
      const [model] = targetModels([sdkModel], sdkModel.model, target, jsonTypes).models;
      if (model) add(target.render(model), models.length > 1 ? `${sdkModel.folder}/` : "", model);
    }
  }
  checkPaths(files.keys());
  return { files, diagnostics };
}
