import type { Target } from "../../target.js";
import { indexFile } from "./index-file.js";
import { type TypescriptRole, typescriptNaming } from "./naming.js";
import type { TypescriptOptions } from "./style.js";
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
  const { importExtension = ".js", runtimeImport = "pygen", int64 = "number" } = options;
  const style = { importExtension, runtimeImport };
  return {
    naming: typescriptNaming,
    types: typescriptTypes(int64),
    representation: { int64 },
    render: (model) => {
      const first = `// ${model.origin}\n`;
      const files = new Map([["index.ts", first + indexFile(model, style)]]);
      for (const file of [...new Set(model.views.map((view) => view.file))].sort()) {
        const halves = model.views.filter((view) => view.file === file);
        files.set(`${file}.ts`, first + viewFile(halves, model, style));
      }
      return files;
    },
  };
}
