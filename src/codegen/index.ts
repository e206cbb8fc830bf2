export type { Diagnostic } from "../errors/index.js";
export {
  asciiOnly,
  type BuiltModel,
  buildIr,
  camelCase,
  compareText,
  type DiagnosticCode,
  type DocumentDataModel,
  dataModelsOf,
  type InstanceNames,
  type IrDirect,
  type IrEdge,
  type IrModel,
  type IrProperty,
  type IrReverse,
  type IrScalar,
  type IrView,
  kebabCase,
  type MemberRules,
  type ModelDocument,
  type ModelNames,
  type ModelRule,
  type NamedProperty,
  type NamedView,
  type NameRule,
  type NamingRules,
  pascalCase,
  type Representation,
  readModelDocument,
  type ScalarKind,
  type Schema,
  type SchemaParts,
  schemaOf,
  snakeCase,
  type TypeRule,
  type ViewDescriptor,
  type ViewNames,
} from "../ir/index.js";
export { parseJson, VERSION } from "../models/index.js";
export { compareModels, type ModelChange } from "./compare/index.js";
export {
  defineConfig,
  type GenerationConfig,
  generationOf,
  type PygenConfig,
  readConfig,
  type SdkConfig,
  type ServiceConfig,
  takeConfig,
} from "./config/index.js";
export {
  type AnyDiagnosticCode,
  type DiagnosticPage,
  type DiagnosticText,
  diagnosticPages,
} from "./diagnostics/index.js";
export { type Generated, type GenerateOptions, generate } from "./generate.js";
export { mermaidText, svgText, typeText } from "./inspect/index.js";
export { parseIr } from "./ir-format/index.js";
export type { NameCase, NamingOptions } from "./naming-options.js";
export { type ModelOptions, resolveModels } from "./resolve-models.js";
export { checkPaths, isSafePath } from "./safe-paths.js";
export type { Exclude, JsonType, JsonTypes, Rename } from "./select/index.js";
export { snapshotText } from "./snapshot/index.js";
export { readModelFiles, type SourceFile, type SourceOptions } from "./sources/index.js";
export type { Target, TargetModel, TypeMap, ValueType } from "./target.js";
export { python } from "./targets/python/index.js";
export { type TypescriptOptions, typescript } from "./targets/typescript/index.js";
export { aboutProperty, aboutView } from "./text/index.js";
