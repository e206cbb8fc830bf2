export type {
  DirectDescriptor,
  EdgeDescriptor,
  PropertyDescriptor,
  ReverseDescriptor,
  ScalarDescriptor,
  ViewDescriptor,
} from "./descriptor.js";
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
export { throughType, type ViewReadForm, viewReadForm } from "./read-form.js";
