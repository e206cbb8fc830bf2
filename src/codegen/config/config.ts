import type { JsonValue } from "../../models/index.js";
import type { NamingOptions } from "../naming-options.js";
import type { Exclude, JsonTypes, Rename } from "../select/index.js";
import type { Target } from "../target.js";
import type { TypescriptOptions } from "../targets/typescript/index.js";

/** Where the service is. What is left out is taken from the environment (`CDF_URL`, `CDF_CLUSTER`, `CDF_PROJECT`). */
export interface ServiceConfig {
  /** Address of the service or the emulator. */
  readonly url?: string;
  readonly cluster?: string;
  readonly project?: string;
}

/** One SDK: where its models come from, and what becomes of them. Paths are relative to the file. */
export interface SdkConfig {
  /** What the command line calls it: `pygen generate --sdk wind`. @defaultValue the last part of `out` */
  readonly name?: string;
  /** Files and folders with models. */
  readonly models?: readonly string[];
  /** Data models of the service, each as `space/externalId@version`. With `snapshot`, `pygen pull` gets them, and generation is offline. */
  readonly dataModels?: readonly string[];
  /** The file that `pygen pull` writes `dataModels` to, and that is generated from: `wind.model.json`. */
  readonly snapshot?: string;
  readonly service?: ServiceConfig;
  /** Files and folders with what the models build on. */
  readonly dependsOn?: readonly string[];
  /** Which data model of the files. @defaultValue all */
  readonly dataModel?: string;
  /** Values of placeholders in files of the CDF toolkit. */
  readonly variables?: Readonly<Record<string, JsonValue>>;
  /** Files with values of placeholders. */
  readonly variableFiles?: readonly string[];
  /** The folder to write to. */
  readonly out: string;
  /** @defaultValue "typescript" */
  readonly language?: "typescript" | "python";
  /** A target of your own in place of `language`; in a configuration that is a program. */
  readonly target?: Target;
  /** Takes warnings for errors. @defaultValue false */
  readonly strict?: boolean;
  readonly exclude?: Exclude;
  readonly rename?: Rename;
  /** Types of your own for JSON properties, by `Turbine.settings`, with any of the forms of a view, or `*.settings`. */
  readonly jsonTypes?: JsonTypes;
  readonly naming?: NamingOptions;
  /** How TypeScript is written: ending of imports, int64 and more, as the options of `typescript()`. */
  readonly typescript?: TypescriptOptions;
}

/** What `pygen.config.ts`, `.mjs`, `.json` or `.yaml` holds. */
export interface PygenConfig {
  /** Where editors find what may stand here; not used otherwise. */
  readonly $schema?: string;
  readonly sdks: readonly SdkConfig[];
}

/**
 * The configuration as it is given; for the sake of its type.
 *
 * @example
 * ```ts
 * import { defineConfig } from "pygen/codegen";
 *
 * export default defineConfig({
 *   sdks: [{ models: ["models/wind"], out: "src/wind", exclude: { spaces: ["scratch"] } }],
 * });
 * ```
 */
export function defineConfig(config: PygenConfig): PygenConfig {
  return config;
}
