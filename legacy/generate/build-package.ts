import { camelCase, kebabCase } from "../../src/ir/index.js";
import { VERSION } from "../../src/models/index.js";
import { warnOnce } from "../deprecation.js";
import { generated, type ModelOptions, type ModelSource } from "./generate-sdk.js";

/** What is used of the package `typescript`, version 5.5 to 6. */
export interface TypeScriptCompiler {
  readonly ScriptTarget: { readonly ES2022: number };
  readonly ModuleKind: { readonly ESNext: number };
  transpileModule(text: string, options: { readonly compilerOptions?: object }): { readonly outputText: string };
  transpileDeclaration(text: string, options: { readonly compilerOptions?: object }): { readonly outputText: string };
}

/** Options of v1's `build_wheel`. */
export interface BuildPackageOptions extends ModelOptions {
  /** `import typescript from "typescript"`: what makes JavaScript and declarations of the SDK. */
  readonly typescript: TypeScriptCompiler;
  /** The folder to write the package to. @defaultValue "dist" */
  readonly outputDir?: string;
  /** What the package is called. @defaultValue the external id of the first data model, in kebab case */
  readonly topLevelPackage?: string;
}

/**
 * v1's `build_wheel`: the SDK of a data model as an npm package, of modules with declarations. The same data model gives the
 * same bytes (G6). Its version is made of the data model's: `v1` is `1.0.0`, and what is no number follows as `0.0.0-name`.
 *
 * @returns the path of the `.tgz`, which `npm install` takes
 * @throws as `generateSdk`
 * @deprecated `pygen generate` into the source of a package of your own
 *
 * @example
 * ```ts
 * import { buildPackage } from "pygen/legacy";
 * import typescript from "typescript";
 *
 * const tarball = await buildPackage({ space: "wind", externalId: "WindFarm", version: "v1" }, { client, typescript });
 * ```
 */
export async function buildPackage(
  model: ModelSource | readonly ModelSource[],
  options: BuildPackageOptions,
): Promise<string> {
  const { typescript, outputDir = "dist", logger = console } = options;
  warnOnce(logger, "buildPackage()", "pygen generate, and npm pack in a package of your own");
  const { archiveOf, builtin } = await import("../../src/output/index.js");
  const { mkdirSync, writeFileSync } = builtin("node:fs");
  const { join } = builtin("node:path");
  const { files, first } = await generated(model, options);
  const name = options.topLevelPackage ?? kebabCase(camelCase(first.externalId));
  const version = packageVersion(first.version);
  const entries = [...compiled(files, typescript), ["package.json", manifest(name, version)] as const];
  const bytes = await archiveOf(new Map(entries.map(([path, text]) => [`package/${path}`, text])), "tar.gz");
  const tarball = join(outputDir, `${name.replace(/^@/, "").replaceAll("/", "-")}-${version}.tgz`);
  mkdirSync(outputDir, { recursive: true });
  writeFileSync(tarball, bytes);
  return tarball;
}

/** A version of npm's form. */
export function packageVersion(version: string): string {
  const [, major = "", minor = "0", patch = "0"] = /^v?(\d+)(?:[._](\d+))?(?:[._](\d+))?$/i.exec(version) ?? [];
  if (major !== "") return [major, minor, patch].map((part) => part.replace(/^0+(?=\d)/, "")).join(".");
  return `0.0.0-x${version.replace(/[^0-9A-Za-z-]/g, "-")}`;
}

function compiled(
  files: ReadonlyMap<string, string>,
  { transpileModule, transpileDeclaration, ScriptTarget, ModuleKind }: TypeScriptCompiler,
): readonly (readonly [string, string])[] {
  const compilerOptions = { target: ScriptTarget.ES2022, module: ModuleKind.ESNext, verbatimModuleSyntax: true };
  return [...files].flatMap(([path, text]) => {
    const stem = path.replace(/\.ts$/, "");
    return [
      [`${stem}.js`, transpileModule(text, { compilerOptions }).outputText],
      [
        `${stem}.d.ts`,
        transpileDeclaration(text, { compilerOptions: { ...compilerOptions, declaration: true } }).outputText,
      ],
    ] as const;
  });
}

function manifest(name: string, version: string): string {
  const entry = { types: "./index.d.ts", default: "./index.js" };
  const content = {
    name,
    version,
    type: "module",
    sideEffects: false,
    exports: { ".": entry },
    peerDependencies: { pygen: `>=${VERSION}` },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
