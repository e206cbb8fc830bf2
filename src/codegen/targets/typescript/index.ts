import { compareText, type NamedView } from "../../../ir/index.js";
import type { Target, TargetModel } from "../../target.js";
import { indexFile, modelFile, severalIndexFile } from "./index-file.js";
import { type TypescriptRole, typescriptNaming } from "./naming.js";
import { schemaFile, sharedSchemas, sharedSchemasFile } from "./schema-file.js";
import type { TypescriptOptions, TypescriptStyle } from "./style.js";
import { typescriptTypes } from "./types.js";
import { viewFile } from "./view-file.js";

export type { TypescriptOptions } from "./style.js";

/**
 * TypeScript: one file per view with an interface and a metadata constant, and an `index.ts` that ties them to a client.
 *
 * @example
 * ```ts
 * import { generate, readModelDocument, typescript } from "pygen/codegen";
 * const { files } = generate({ document: readModelDocument(json), target: typescript({ int64: "bigint" }) });
 * ```
 */
export function typescript(options: TypescriptOptions = {}): Target<TypescriptRole> {
  const style: TypescriptStyle = {
    ...{ importExtension: ".js", runtimeImport: "pygen", int64: "number", timestamps: "date" },
    ...{ schemas: false, typesOnly: false },
    ...options,
  };
  const { int64, timestamps } = style;
  return {
    naming: typescriptNaming,
    types: typescriptTypes(style),
    representation: { int64, timestamps },
    render: (model) =>
      new Map([
        ["index.ts", `// ${model.origin}\n${indexFile(model, style)}`],
        ...viewFiles(model, model.views, style),
      ]),
    renderSeveral: (models, views, origin) => {
      const [model] = models;
      if (!model) return new Map();
      return new Map([
        ["index.ts", `// ${origin}\n${severalIndexFile(models, views, style)}`],
        ...models.map((each): [string, string] => [
          `models/${each.folder}.ts`,
          `// ${each.origin}\n${modelFile(each, style)}`,
        ]),
        ...viewFiles(model, views, style),
      ]);
    },
  };
}

/** A file for each view, and one with its schemas where these are wanted. */
function viewFiles(
  model: TargetModel<TypescriptRole>,
  views: readonly NamedView[],
  style: TypescriptStyle,
): readonly [string, string][] {
  const halves = new Map<string, NamedView[]>();
  for (const view of views) halves.set(view.file, [...(halves.get(view.file) ?? []), view]);
  const files = [...halves].sort(([a], [b]) => compareText(a, b));
  const all = (folder: string, render: (of: readonly NamedView[]) => string): readonly [string, string][] =>
    files.map(([file, of]) => [`${folder}${file}.ts`, `// ${model.originOf(of[0])}\n${render(of)}`]);
  const written = all("", (of) => viewFile(of, model, style));
  if (!style.schemas) return written;
  const shared: [string, string] = [`${sharedSchemas}.ts`, `// ${model.originOf()}\n${sharedSchemasFile(style)}`];
  return [...written, shared, ...all("schemas/", (of) => schemaFile(of, style))];
}
