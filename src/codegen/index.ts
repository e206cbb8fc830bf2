export type { Diagnostic } from "../errors/index.js";
export {
  type BuiltModel,
  buildIr,
  type DiagnosticCode,
  type DocumentDataModel,
  dataModelsOf,
  type IrModel,
  type IrProperty,
  type IrView,
  type ModelDocument,
  readModelDocument,
  type Schema,
  type SchemaParts,
  schemaOf,
} from "../ir/index.js";
export { parseJson, VERSION } from "../models/index.js";
export { type Generated, type GenerateOptions, generate } from "./generate.js";
export { readModelFiles, type SourceFile, type SourceOptions } from "./sources/index.js";
