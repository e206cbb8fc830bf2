export {
  type BuiltModel,
  buildIr,
  buildModel,
  dataModelsOf,
  memberViews,
  type Schema,
  type SchemaParts,
  schemaOf,
} from "./build/index.js";
export { canonical, canonicalJson, compareText } from "./canonical-json.js";
export { describeMembers, describeViews, type NamedProperty, type NamedView, type Representation } from "./describe.js";
export type {
  DirectDescriptor,
  EdgeDescriptor,
  PropertyDescriptor,
  ReverseDescriptor,
  ScalarDescriptor,
  ViewDescriptor,
} from "./descriptor.js";
export { type DiagnosticCode, type DiagnosticSink, Diagnostics, diagnosticRules, untold } from "./diagnostics.js";
export { type DocumentDataModel, type ModelDocument, readModelDocument } from "./document/index.js";
export { freeze } from "./freeze.js";
export { ancestors, type InheritedProperty, inheritedProperties, type SchemaLookup } from "./inherit.js";
export type {
  IrDirect,
  IrEdge,
  IrEnumValue,
  IrModel,
  IrProperty,
  IrReverse,
  IrScalar,
  IrThrough,
  IrView,
  ScalarKind,
} from "./model.js";
export {
  asciiOnly,
  camelCase,
  type InstanceNames,
  isDeviceName,
  kebabCase,
  type MemberRules,
  type ModelNames,
  type ModelRule,
  memberNames,
  type NamedModel,
  type NameOverrides,
  type NameRule,
  type NamingRules,
  nameModel,
  nameModels,
  pascalCase,
  snakeCase,
  type TypeRule,
  typescriptMembers,
  typescriptWords,
  type ViewNames,
} from "./naming/index.js";
export { throughType, type ViewReadForm, viewReadForm } from "./read-form.js";
export { coreModel, olderCoreModel, type SystemModel } from "./system/index.js";
