import type { GenerateOptions } from "../generate.js";
import { python } from "../targets/python/index.js";
import { typescript } from "../targets/typescript/index.js";
import type { SdkConfig } from "./config.js";

/** What of a configuration says how code is made: all but where models come from and files go to. */
export type GenerationConfig = Pick<
  SdkConfig,
  "language" | "target" | "strict" | "exclude" | "rename" | "jsonTypes" | "naming" | "typescript"
>;

/**
 * The options of `generate` that a configuration stands for.
 *
 * @example
 * ```ts
 * import { generate, generationOf, readModelDocument } from "pygen/codegen";
 * const { files } = generate({ document: readModelDocument(json), ...generationOf({ language: "python" }) });
 * ```
 */
export function generationOf(config: GenerationConfig): Omit<GenerateOptions, "document" | "dependencies"> {
  const { language = "typescript", strict = false, exclude = {}, rename = {}, jsonTypes = {}, naming = {} } = config;
  const target = config.target ?? (language === "python" ? python() : typescript(config.typescript));
  return { target, exclude, rename, jsonTypes, naming, strict };
}
