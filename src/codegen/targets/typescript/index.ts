import type { NamedView } from "../../../ir/index.js";
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
    ...{ importExtension: ".js", runtimeImport: "pygen", int64: "number", schemas: false, typesOnly: false },
    ...options,
  };
  const { int64 } = style;
  return {
    naming: typescriptNaming,
    types: typescriptTypes(int64),
    representation: { int64 },
    render: (model) => {
      const first = `// ${model.origin}\n`;
      return new Map([["index.ts", first + indexFile(model, style)], ...viewFiles(model, model.views, style)]);
    },
    renderSeveral: (models, views) => {
      const [model] = models;
      if (!model) return new Map();
      const first = `// ${model.origin}\n`;
      return new Map([
        ["index.ts", first + severalIndexFile(models, views, style)],
        ...models.map((each): [string, string] => [`models/${each.folder}.ts`, first + modelFile(each, style)]),
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
  const first = `// ${model.origin}\n`;
  const halves = new Map<string, NamedView[]>();
  for (const view of views) halves.set(view.file, [...(halves.get(view.file) ?? []), view]);
  const files = [...halves.keys()].sort();
  const halvesOf = (file: string): readonly NamedView[] => halves.get(file) ?? [];
  const schemas = files.map((file): [string, string] => [
    `schemas/${file}.ts`,
    first + schemaFile(halvesOf(file), style),
  ]);
  return [
    ...files.map((file): [string, string] => [`${file}.ts`, first + viewFile(halvesOf(file), model, style)]),
    ...(style.schemas
      ? [[`${sharedSchemas}.ts`, first + sharedSchemasFile(style)] as [string, string], ...schemas]
      : []),
  ];
}
