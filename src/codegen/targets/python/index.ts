import type { NamedView } from "../../../ir/index.js";
import type { Target, TargetModel } from "../../target.js";
import { clientModule } from "./client-module.js";
import { comment } from "./docstring.js";
import { initModule } from "./init-module.js";
import { type PythonRole, pythonNaming } from "./naming.js";
import { runtimeFiles } from "./runtime/index.js";
import { pythonTypes } from "./types.js";
import { viewModule } from "./view-module.js";

/**
 * Python 3.10 and newer: a typed package on pydantic 2 and httpx, with one module per view, a synchronous and an
 * asynchronous client, and all that they stand on inside.
 *
 * @example
 * ```ts
 * import { generate, python, readModelDocument } from "pygen/codegen";
 * const { files } = generate({ document: readModelDocument(json), target: python() });
 * ```
 */
export function python(): Target<PythonRole> {
  return {
    naming: pythonNaming,
    types: pythonTypes,
    render: (model) => packageFiles([model], model.views, model.origin),
    renderSeveral: packageFiles,
  };
}

function packageFiles(
  models: readonly TargetModel<PythonRole>[],
  views: readonly NamedView[],
  origin: string,
): ReadonlyMap<string, string> {
  const [model] = models;
  if (!model) return new Map();
  const files = new Map([
    ["__init__.py", initModule(models, views, origin)],
    ["client.py", clientModule(models, views, origin)],
    ["py.typed", ""],
  ]);
  for (const file of [...new Set(views.map((view) => view.file))].sort()) {
    const halves = views.filter((view) => view.file === file);
    files.set(`${file}.py`, viewModule(halves, model, views));
  }
  for (const [path, text] of runtimeFiles) files.set(`_runtime/${path}`, comment(model.originOf()) + text);
  return files;
}
