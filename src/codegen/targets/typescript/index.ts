import { describeViews, type IrModel, type ModelNames, type NamedView } from "../../../ir/index.js";
import { formatVersionedId, VERSION } from "../../../models/index.js";
import { oneLine } from "../../text/index.js";
import { indexFile } from "./index-file.js";
import type { Interfaces } from "./property-type.js";
import { header, type TypescriptStyle } from "./style.js";
import { viewFile } from "./view-file.js";

export type { TypescriptStyle } from "./style.js";

/** The files of a model's SDK by path, `index.ts` first: a function from data to data. */
export function typescriptFiles(
  model: IrModel,
  names: ModelNames,
  style: TypescriptStyle,
): ReadonlyMap<string, string> {
  const views = describeViews(model, names, style);
  const byId = (instanceType: NamedView["instanceType"]): ReadonlyMap<string, NamedView> =>
    new Map(
      views.filter((view) => view.instanceType === instanceType).map((view) => [formatVersionedId(view.view.id), view]),
    );
  const interfaces: Interfaces = { nodes: byId("node"), edges: byId("edge"), int64: style.int64 };
  const first = header(oneLine(formatVersionedId(model.id)), VERSION);
  const files = new Map([["index.ts", first + indexFile(model, names, views, style)]]);
  for (const file of [...new Set(views.map((view) => view.file))].sort()) {
    const halves = views.filter((view) => view.file === file);
    files.set(`${file}.ts`, first + viewFile(halves, interfaces, style));
  }
  return files;
}
